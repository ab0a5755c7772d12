import { dossier as pb, postal } from '@lienthong/contract';
import { asideName } from '@lienthong/law';
import { copiesEqual } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDigit } from '../src/consignment-numbers.ts';
import { delivery, list, nextRequest, postOffice, postalHub, scan, sent, traMy } from './postal-hub.ts';

let hub: MemoryHub;
beforeAll(async () => { hub = await postalHub(); });
afterAll(() => hub.stop());

const { COLLECTED, IN_TRANSIT, OUT_FOR_DELIVERY } = postal.ScanState;
const intake = (): MemoryHub['modules'][number] => hub.modules[0]!;

function deliver(number: string, more: Partial<postal.DeliverConsignmentRequest> = {}): Promise<postal.DeliverConsignmentResponse> {
  return hub.call('postal', 'deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: nextRequest(), number, place: 'xã Trà My', ...more }), postOffice(hub, traMy));
}

describe('a result by post', () => {
  test('is accepted by itself with a number, after the address has come; the list of the post office shows where to', async () => {
    const one = await sent(hub);
    expect(one.number).toMatch(/^RL\d{9}VN$/);
    expect(Number(one.number[10])).toBe(checkDigit(one.number.slice(2, 10)));
    const { consignments } = await list(hub, { code: one.code });
    expect(consignments).toMatchObject([{
      code: one.code, fromOffice: one.counter, toOffice: '', receiverName: delivery.receiver, receiverAddress: delivery.address, receiverPhone: delivery.phone, rehearsal: false,
      consignment: { consignment: one.consignment, number: one.number, carries: pb.Carries.RESULT, state: pb.ConsignmentState.ACCEPTED },
    }]);
    expect((await list(hub)).consignments.map((item) => item.consignment!.number)).toContain(one.number);
    expect((await list(hub, {}, postOffice(hub, traMy))).consignments).toEqual([]);
  });

  test('is scanned, delivered and thereby returned; the dossier closes; nothing of it names anybody', async () => {
    const one = await sent(hub, { area: traMy });
    await scan(hub, one.number, COLLECTED, 'Trà My', postOffice(hub, traMy));
    await scan(hub, one.number, IN_TRANSIT, 'Tam Kỳ');
    await scan(hub, one.number.toLowerCase(), OUT_FOR_DELIVERY, 'Trà My', postOffice(hub, traMy));
    await deliver(one.number, { receiverName: 'Hồ Văn Bảy' });
    await copiesEqual(hub, one.folder);
    const root = await intake().participant.view(one.folder, (view) => ({ way: view.state.dossier.root!.returned[0]?.way, closed: view.state.dossier.root!.closed?.outcome }));
    expect(root).toEqual({ way: 'post', closed: 'returned' });
    const track = await hub.call<postal.TrackConsignmentResponse>('postal', 'trackConsignment', { number: one.number }, one.counter);
    expect(track.scans.map((item) => [item.state, item.place])).toEqual([
      [pb.ConsignmentState.COLLECTED, 'Trà My'], [pb.ConsignmentState.IN_TRANSIT, 'Tam Kỳ'], [pb.ConsignmentState.OUT_FOR_DELIVERY, 'Trà My'], [pb.ConsignmentState.DELIVERED, 'xã Trà My'],
    ]);
    const bytes = await hub.modules[1]!.participant.view(one.folder, (view) => view.state.dossier.entries.map((entry) => Buffer.from(entry.bytes).toString('utf8')).join('\n')) ?? '';
    expect(bytes).toContain('consignment-ended');
    expect(bytes).not.toMatch(/Hồ|0905000111|Thôn 2/);
    await expect(scan(hub, one.number, IN_TRANSIT)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('a repeat is answered identically and writes nothing', async () => {
    const one = await sent(hub), request = postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number: one.number, state: COLLECTED, place: 'Hội An' });
    const first = await hub.call<postal.ScanConsignmentResponse>('postal', 'scanConsignment', request, postOffice(hub));
    await scan(hub, one.number, IN_TRANSIT);
    const again = await hub.call<postal.ScanConsignmentResponse>('postal', 'scanConsignment', request, postOffice(hub));
    expect(postal.ScanConsignmentResponse.encode(again).finish()).toEqual(postal.ScanConsignmentResponse.encode(first).finish());
    const track = await hub.call<postal.TrackConsignmentResponse>('postal', 'trackConsignment', { number: one.number }, one.counter);
    expect(track.scans).toHaveLength(2);
  });

  test('a failed attempt is followed by another; a returned one ends', async () => {
    const one = await sent(hub);
    const fail = (kind: postal.FailureKind): Promise<unknown> => hub.call('postal', 'failConsignment', postal.FailConsignmentRequest.create({ requestId: nextRequest(), number: one.number, kind, place: 'Hội An' }), postOffice(hub));
    await scan(hub, one.number, COLLECTED);
    await scan(hub, one.number, OUT_FOR_DELIVERY);
    await fail(postal.FailureKind.ATTEMPT);
    await scan(hub, one.number, OUT_FOR_DELIVERY);
    await fail(postal.FailureKind.RETURNED);
    expect((await list(hub, { code: one.code, states: [pb.ConsignmentState.RETURNED] })).consignments).toHaveLength(1);
    await expect(deliver(one.number)).rejects.toMatchObject({ code: 'CONSIGNMENT_ENDED' });
  });
});

describe('refusals', () => {
  test.each<[string, (number: string) => Promise<unknown>, string, string]>([
    ['an unknown number', () => scan(hub, 'RL999999999VN', COLLECTED), 'CONSIGNMENT_UNKNOWN', 'number'],
    ['a number that is too long', () => scan(hub, 'R'.repeat(65), COLLECTED), 'FIELD_INVALID', 'number'],
    ['no number', () => scan(hub, '', COLLECTED), 'FIELD_MISSING', 'number'],
    ['no state', (number) => scan(hub, number, postal.ScanState.UNSPECIFIED), 'FIELD_MISSING', 'state'],
    ['no place', (number) => scan(hub, number, COLLECTED, ' '), 'FIELD_MISSING', 'place'],
    ['a long place', (number) => scan(hub, number, COLLECTED, 'x'.repeat(201)), 'FIELD_INVALID', 'place'],
    ['a place with what nobody sees', (number) => scan(hub, number, COLLECTED, 'Hội\u202eAn'), 'FIELD_INVALID', 'place'],
    ['a signature with what nobody sees', (number) => hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number, state: COLLECTED, place: 'Hội An', signedBy: '\u200b' }), postOffice(hub)), 'FIELD_INVALID', 'signed_by'],
    ['out of order', (number) => scan(hub, number, OUT_FOR_DELIVERY), 'CONSIGNMENT_OUT_OF_ORDER', ''],
    ['delivered before it was collected', (number) => deliver(number), 'CONSIGNMENT_OUT_OF_ORDER', ''],
    ['no post office', (number) => scan(hub, number, COLLECTED, 'Hội An', hub.environment.reference.competentOffice('counter', '20410@2025-07-01', '2026-06-01')!.id), 'NOT_A_POST_OFFICE', 'office'],
  ])('%s', async (_what, act, code, field) => {
    const { number } = await sent(hub);
    await expect(act(number)).rejects.toMatchObject({ code, field });
  });

  test('cash that nobody asked for', async () => {
    const one = await sent(hub);
    await scan(hub, one.number, COLLECTED);
    await expect(deliver(one.number, { codCollected: 10_000 })).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', field: 'cod_collected' });
  });

  test('accepting by hand what was accepted by itself names the number; numbers of the hub are given by the hub', async () => {
    const one = await sent(hub);
    const accept = (number: string): Promise<unknown> => hub.call('postal', 'acceptConsignment', postal.AcceptConsignmentRequest.create({ requestId: nextRequest(), code: one.code, consignment: one.consignment, number }), postOffice(hub));
    await expect(accept('')).rejects.toMatchObject({ code: 'CONSIGNMENT_ACCEPTED', meta: { number: one.number } });
    await expect(accept('RL000000014VN')).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'number' });
    await expect(accept('số 1')).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'number' });
  });

  test('offices outside the dossier see nothing of it, offices of it see no names', async () => {
    const one = await sent(hub), police = hub.environment.reference.offices.find((office) => office.roles.includes('police') && office.validTo === null)!.id;
    await expect(list(hub, { code: one.code }, police)).rejects.toMatchObject({ code: 'CALLER_NOT_ALLOWED' });
    expect((await list(hub, { code: one.code }, one.counter)).consignments).toMatchObject([{ receiverName: '', receiverAddress: '', receiverPhone: '' }]);
  });

  test('only the post may have the address, and only for what it carries', async () => {
    const one = await sent(hub);
    const name = await intake().participant.view(one.folder, (view) => asideName(view.state.dossier.root!.particulars.get('delivery')!.commitment)) ?? '';
    const applicant = await intake().participant.view(one.folder, (view) => asideName(view.state.dossier.root!.particulars.get('applicant')!.commitment)) ?? '';
    const pull = (service: string, item: string, names: string[]): Promise<unknown> => intake().participant.peerService.pullAsides(hub.world.keys.incarnationOf(service), one.folder, item, names);
    await expect(pull('postal', one.consignment, [name])).resolves.toHaveLength(1);
    await expect(pull('general-agency', one.consignment, [name])).rejects.toMatchObject({ code: 'NOT_PERMITTED_TO_PULL' });
    await expect(pull('postal', one.consignment, [applicant])).rejects.toMatchObject({ code: 'NOT_PERMITTED_TO_PULL' });
    await expect(pull('postal', 'intake~0/1/1', [name])).rejects.toMatchObject({ code: 'NOT_PERMITTED_TO_PULL' });
  });
});

test('numbers follow one another, and a rehearsal uses none of them', async () => {
  const before = await sent(hub);
  const rehearsed = await sent(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
  const several = await Promise.all([sent(hub), sent(hub), sent(hub)]);
  const first = Number(before.number.slice(2, 10));
  expect(several.map((one) => Number(one.number.slice(2, 10))).sort((a, b) => a - b)).toEqual([first + 1, first + 2, first + 3]);
  expect(rehearsed.number).toMatch(/^ZZ/);
  const accepted = await hub.modules[1]!.participant.view(rehearsed.folder, (view) => view.state.dossier.entries.find((entry) => entry.kind === 'consignment-accepted')!.effectiveAt);
  expect(accepted).toBe(Date.UTC(2026, 2, 2, 2));
});

test('the list of a post office holds no rehearsal unless it is asked for them: nobody goes out for what does not travel', async () => {
  const real = await sent(hub), rehearsed = await sent(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
  const numbers = async (rehearsal: boolean): Promise<(string | undefined)[]> => (await list(hub, { rehearsal, pageSize: 200 })).consignments.map((one) => one.consignment!.number);
  const [travels, does] = [await numbers(false), await numbers(true)];
  expect([travels.includes(real.number), travels.includes(rehearsed.number), does.includes(real.number), does.includes(rehearsed.number)]).toEqual([true, false, false, true]);
  expect((await list(hub, { code: rehearsed.code })).consignments).toMatchObject([{ rehearsal: true, consignment: { number: rehearsed.number } }]);
});
