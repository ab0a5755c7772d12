import { postal } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { Aside } from '@lienthong/kernel';
import { copiesEqual } from '@lienthong/testkit';
import { expect, test } from 'vitest';
import { consignmentOf, delivery, list, nextRequest, ordered, postOffice, postalHub } from './postal-hub.ts';

test('while intake does not answer nothing is accepted; then a post office may, with a number of its own that is used once', async () => {
  let down = true, refused = 0;
  const hub = await postalHub((by) => { if (down && by.startsWith('postal~')) { refused++; throw new HubError('PEER_UNREACHABLE', { service: 'intake', problem: 'down' }); } });
  const accept = async (dossier: Awaited<ReturnType<typeof ordered>>, number: string, requestId = nextRequest()): Promise<postal.AcceptConsignmentResponse> => {
    const { consignment } = (await consignmentOf(hub, dossier))!;
    return hub.call('postal', 'acceptConsignment', postal.AcceptConsignmentRequest.create({ requestId, code: dossier.code, consignment, number }), postOffice(hub));
  };
  const one = await ordered(hub), other = await ordered(hub);
  await expect.poll(() => refused, { interval: 2 }).toBeGreaterThanOrEqual(2);
  await expect(accept(one, 'EA123456785VN')).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
  expect((await consignmentOf(hub, one))!.number).toBe('');

  down = false;
  const requestId = nextRequest(), first = await accept(one, 'EA123456785VN', requestId);
  expect(first.number).toBe('EA123456785VN');
  await expect(accept(other, 'ea123456785vn')).rejects.toMatchObject({ code: 'NUMBER_USED', field: 'number' });
  expect((await accept(other, '')).number).toBe('RL000000014VN');
  expect(postal.AcceptConsignmentResponse.encode(await accept(one, 'EA123456785VN', requestId)).finish()).toEqual(postal.AcceptConsignmentResponse.encode(first).finish());
  expect((await list(hub, { code: one.code })).consignments).toMatchObject([{ receiverAddress: delivery.address, consignment: { number: 'EA123456785VN' } }]);
  // The acceptance by itself, which was to try again, leaves it alone.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await copiesEqual(hub, one.folder);
  expect((await consignmentOf(hub, one))!.number).toBe('EA123456785VN');
  await hub.stop();
});

test('while intake does not give the door, or gives another than it committed to, nothing is accepted', async () => {
  let given: readonly Aside[] | undefined = [];
  const hub = await postalHub((by) => (by.startsWith('postal~') ? given : undefined)), dossier = await ordered(hub);
  await expect.poll(() => consignmentOf(hub, dossier), { interval: 2 }).toBeDefined();
  const { consignment } = (await consignmentOf(hub, dossier))!;
  const accept = (): Promise<postal.AcceptConsignmentResponse> => hub.call('postal', 'acceptConsignment', postal.AcceptConsignmentRequest.create({ requestId: nextRequest(), code: dossier.code, consignment, number: 'EA123456785VN' }), postOffice(hub));
  for (given of [[], [{ name: 'p:other', bytes: new Uint8Array([1]) }]]) await expect(accept()).rejects.toMatchObject({ code: 'ASIDE_MISSING', meta: { names: 'delivery', folder: dossier.folder, from: 'intake' }, row: { next: 'retry' } });
  expect((await consignmentOf(hub, dossier))!.number).toBe('');
  given = undefined;
  expect((await accept()).number).toBe('EA123456785VN');
  await hub.stop();
});

test('numbers that a post office gives to rehearsals begin with letters of their own: a scan of a real one never meets them', async () => {
  let down = true;
  const hub = await postalHub((by) => { if (down && by.startsWith('postal~')) throw new HubError('PEER_UNREACHABLE', { service: 'intake', problem: 'down' }); });
  const accept = async (dossier: Awaited<ReturnType<typeof ordered>>, number: string): Promise<string> => {
    const { consignment } = (await consignmentOf(hub, dossier))!;
    const asked = hub.call<postal.AcceptConsignmentResponse>('postal', 'acceptConsignment', postal.AcceptConsignmentRequest.create({ requestId: nextRequest(), code: dossier.code, consignment, number }), postOffice(hub));
    return asked.then((one) => one.number, (error: { code: string; field?: string }) => `${error.code} ${error.field ?? ''}`);
  };
  const real = await ordered(hub), rehearsed = await ordered(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
  for (const one of [real, rehearsed]) await expect.poll(() => consignmentOf(hub, one), { interval: 2 }).toBeDefined();
  down = false;
  expect([await accept(rehearsed, 'EB123456785VN'), await accept(real, 'zz-7'), await accept(rehearsed, 'ZZ000000014VN')]).toEqual(['FIELD_INVALID number', 'FIELD_INVALID number', 'FIELD_INVALID number']);
  expect([await accept(rehearsed, 'zz-7'), await accept(real, 'EB123456785VN')]).toEqual(['zz-7', 'EB123456785VN']);
  await hub.stop();
});
