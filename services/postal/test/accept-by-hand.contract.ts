import { postal } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
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
