import { postal } from '@lienthong/contract';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextRequest, postOffice, postalHub, scan, sent, traMy } from './postal-hub.ts';

let hub: MemoryHub;
beforeAll(async () => { hub = await postalHub(); });
afterAll(() => hub.stop());

const { COLLECTED, IN_TRANSIT, OUT_FOR_DELIVERY } = postal.ScanState;

async function strays(number: string, office = postOffice(hub), rehearsal = false): Promise<postal.StrayScan[]> {
  const all: postal.StrayScan[] = [];
  let pageToken = '';
  do {
    const page = await hub.call<postal.ListStrayScansResponse>('postal', 'listStrayScans', postal.ListStrayScansRequest.create({ pageSize: 2, pageToken, rehearsal }), office);
    all.push(...page.scans);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return all.filter((one) => one.number === number);
}

function resolve(stray: string, ground = 'đã đối chiếu tại bưu cục', office = postOffice(hub)): Promise<unknown> {
  return hub.call('postal', 'resolveStrayScan', postal.ResolveStrayScanRequest.create({ requestId: nextRequest(), stray, ground }), office);
}

describe('a scan that does not fit is refused and kept until a person has looked', () => {
  test('of an unknown number; a repeat keeps nothing new', async () => {
    const number = 'RL999999997VN', request = postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number, state: COLLECTED, place: 'Hội An' });
    for (let n = 0; n < 2; n++) await expect(hub.call('postal', 'scanConsignment', request, postOffice(hub))).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN', field: 'number' });
    const found = await strays(number);
    expect(found).toMatchObject([{ number, code: '', office: postOffice(hub), officer: 'cb-04', command: 'collected', place: 'Hội An', reason: 'CONSIGNMENT_UNKNOWN', handOffice: '' }]);
    const seen = postal.ResolveStrayScanRequest.create({ requestId: nextRequest(), stray: found[0]!.stray, ground: 'đã đối chiếu tại bưu cục' });
    for (let n = 0; n < 2; n++) await hub.call('postal', 'resolveStrayScan', seen, postOffice(hub));
    expect(await strays(number)).toEqual([]);
    await expect(resolve(found[0]!.stray)).rejects.toMatchObject({ code: 'UNKNOWN_ITEM', field: 'stray' });
    await expect(hub.call('postal', 'scanConsignment', request, postOffice(hub))).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN' });
    expect(await strays(number)).toEqual([]);
  });

  test('with two at once: both offices see it, and the consignment stays where it was', async () => {
    const one = await sent(hub);
    await scan(hub, one.number, COLLECTED);
    await scan(hub, one.number, OUT_FOR_DELIVERY);
    await expect(scan(hub, one.number, IN_TRANSIT, 'Trà My', postOffice(hub, traMy))).rejects.toMatchObject({ code: 'CONSIGNMENT_ELSEWHERE', meta: { number: one.number, command: 'in-transit' } });
    const kept = { code: one.code, office: postOffice(hub, traMy), reason: 'CONSIGNMENT_ELSEWHERE', handOffice: postOffice(hub) };
    expect(await strays(one.number)).toMatchObject([kept]);
    expect(await strays(one.number, postOffice(hub, traMy))).toMatchObject([kept]);
    expect(await hub.call('postal', 'trackConsignment', { number: one.number }, one.counter)).toMatchObject({ hand: postal.Hand.POST, handOffice: postOffice(hub) });
  });

  test('out of order: what was missing comes, the same request is recorded, and nobody need look', async () => {
    const one = await sent(hub), early = postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number: one.number, state: IN_TRANSIT, place: 'Tam Kỳ' });
    await expect(hub.call('postal', 'scanConsignment', early, postOffice(hub))).rejects.toMatchObject({ code: 'CONSIGNMENT_OUT_OF_ORDER' });
    expect(await strays(one.number)).toHaveLength(1);
    await scan(hub, one.number, COLLECTED);
    await hub.call('postal', 'scanConsignment', early, postOffice(hub));
    expect(await strays(one.number)).toEqual([]);
  });

  test('of a rehearsal it is among rehearsals', async () => {
    await expect(scan(hub, 'ZZ999999997VN', COLLECTED)).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN' });
    expect(await strays('ZZ999999997VN')).toEqual([]);
    expect(await strays('ZZ999999997VN', postOffice(hub), true)).toHaveLength(1);
  });

  test('of money at the door that fits nothing it says how much the postman holds', async () => {
    const one = await sent(hub);
    await scan(hub, one.number, COLLECTED);
    const delivering = postal.DeliverConsignmentRequest.create({ requestId: nextRequest(), number: one.number, place: 'Hội An', signed: true, codCollected: 50_000 });
    await expect(hub.call('postal', 'deliverConsignment', delivering, postOffice(hub))).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS' });
    await expect(hub.call('postal', 'deliverConsignment', { ...delivering, requestId: nextRequest(), codCollected: -1 }, postOffice(hub))).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS' });
    expect((await strays(one.number)).map(({ command, codCollected }) => [command, codCollected]).sort()).toEqual([['delivered', 0], ['delivered', 50_000]]);
  });

  test.each([false, true])('of money at the door the treasury sees it until it has ended it itself, whatever the post office has found (rehearsal: %s)', async (rehearsal) => {
    const number = rehearsal ? 'ZZ999999995VN' : 'RL999999995VN', treasury = hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;
    const delivering = postal.DeliverConsignmentRequest.create({ requestId: nextRequest(), number, place: 'Hội An', signed: true, codCollected: 50_000 });
    await expect(hub.call('postal', 'deliverConsignment', delivering, postOffice(hub))).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN' });
    await expect(hub.call('postal', 'deliverConsignment', { ...delivering, requestId: nextRequest(), codCollected: 0 }, postOffice(hub))).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN' });
    const seen = async (office: string): Promise<number[]> => (await strays(number, office, rehearsal)).map(({ codCollected }) => codCollected).sort();
    expect([await seen(postOffice(hub)), await seen(treasury)]).toEqual([[0, 50_000], [50_000]]);
    const [found] = await strays(number, treasury, rehearsal), [without] = (await strays(number, postOffice(hub), rehearsal)).filter((one) => one.codCollected === 0);
    await resolve(found!.stray);
    expect([await seen(postOffice(hub)), await seen(treasury)]).toEqual([[0], [50_000]]);
    await expect(resolve(found!.stray)).rejects.toMatchObject({ code: 'UNKNOWN_ITEM', field: 'stray' });
    await expect(resolve(without!.stray, '12/BB-KBNN', treasury)).rejects.toMatchObject({ code: 'UNKNOWN_ITEM', field: 'stray' });
    await resolve(found!.stray, '12/BB-KBNN', treasury);
    expect([await seen(postOffice(hub)), await seen(treasury)]).toEqual([[0], []]);
  });

  test('what is wrong with the call is not kept', async () => {
    const one = await sent(hub);
    await expect(scan(hub, one.number, COLLECTED, ' ')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    expect(await strays(one.number)).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, string, string]>([
    ['without ground', () => resolve('0'.repeat(64), ' '), 'FIELD_MISSING', 'ground'],
    ['with a long one', () => resolve('0'.repeat(64), 'x'.repeat(1_001)), 'FIELD_INVALID', 'ground'],
    ['of none', () => resolve('0'.repeat(64)), 'UNKNOWN_ITEM', 'stray'],
    ['of another', () => resolve('ab'.repeat(32)), 'UNKNOWN_ITEM', 'stray'],
    ['of no id', () => resolve('x'), 'UNKNOWN_ITEM', 'stray'],
    ['of a dossier', async () => resolve((await sent(hub)).folder), 'UNKNOWN_ITEM', 'stray'],
  ])('resolving %s', (_what, act, code, field) => expect(act()).rejects.toMatchObject({ code, field }));

  test('another post office does not resolve it', async () => {
    await expect(scan(hub, 'RL999999996VN', COLLECTED)).rejects.toMatchObject({ code: 'CONSIGNMENT_UNKNOWN' });
    const [found] = await strays('RL999999996VN');
    await expect(resolve(found!.stray, 'x', postOffice(hub, traMy))).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    expect(await strays('RL999999996VN')).toHaveLength(1);
  });
});

describe('cancelling', () => {
  const cancel = (one: { readonly code: string; readonly consignment: string }, office: string): Promise<unknown> => hub.call('postal', 'cancelConsignment', postal.CancelConsignmentRequest.create({ requestId: nextRequest(), code: one.code, consignment: one.consignment }), office);

  test('before it is collected it stays with the sender; the number is never used again, and a scan of it is stray', async () => {
    const one = await sent(hub);
    await cancel(one, one.counter);
    expect(await hub.call('postal', 'trackConsignment', { number: one.number }, one.counter)).toMatchObject({ hand: postal.Hand.SENDER, handOffice: one.counter });
    await expect(scan(hub, one.number, COLLECTED)).rejects.toMatchObject({ code: 'CONSIGNMENT_ENDED' });
    expect(await strays(one.number)).toMatchObject([{ reason: 'CONSIGNMENT_ENDED', handOffice: '' }]);
    expect((await sent(hub)).number).not.toBe(one.number);
  });

  test('after that it is refused, as it is of an office that has nothing to do with it', async () => {
    const one = await sent(hub);
    await expect(cancel(one, postOffice(hub, traMy))).rejects.toMatchObject({ code: 'NOT_HOLDER' });
    await scan(hub, one.number, COLLECTED);
    await expect(cancel(one, one.counter)).rejects.toMatchObject({ code: 'CONSIGNMENT_COLLECTED', meta: { number: one.number } });
  });
});
