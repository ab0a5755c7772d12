import { describe, expect, test } from 'vitest';
import { chargeRefusal, decideChargeCommand } from '../src/decide/charge-commands.ts';
import type { ChargeCommand } from '../src/decide/charge-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import type { Charge } from '../src/dossier.ts';
import { owesRefund, refundGround } from '../src/closing.ts';
import { codDue } from '../src/collection.ts';
import { messageOf } from '../src/refusals.ts';
import { closedEverywhere, complete, kindsOf, withdrawal } from './world/sayings.ts';
import { contextWithTills, officer } from './world/tills-and-posts.ts';
import { World } from './world/world.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Saying = DistributiveOmit<ChargeCommand, 'charge' | 'by' | 'request'>;
type Case = { readonly given: readonly [Saying, string?][]; readonly say: Saying; readonly by?: string; readonly result: string };

const pay = (amount = 100_000, method: 'cash' | 'transfer' | 'gateway' | 'post' = 'cash'): Saying => ({ kind: 'pay', amount, method, receipt: 'AA-26/0000001' });
const cancel: Saying = { kind: 'cancel', ground: '1/2026/NĐ-CP' }, exempt: Saying = { kind: 'exempt', ground: '1/2026/NĐ-CP' };
const reduce = (amount: number, ground = '1/2026/NĐ-CP'): Saying => ({ kind: 'reduce', amount, ground });
const refund = (amount = 100_000): Saying => ({ kind: 'refund', amount, ground: '1/2026/NĐ-CP' });

function opened(): World {
  const hub = new World();
  hub.submit('land-transfer');
  hub.quiet();
  return hub;
}

/** The filing fee is paid, and the tax office has its leg. */
function atNotice(): World {
  const hub = opened();
  say(hub, pay());
  hub.quiet();
  hub.says('check', { kind: 'complete', results: [] });
  hub.quiet();
  return hub;
}

const fee = (hub: World, code = 'filing-fee'): Charge => [...hub.service('payments').dossier.charges.values()].find((one) => one.plan.code === code)!;

/** The kind written, or the code of the refusal. */
function say(hub: World, saying: Saying, by = 'counter-hoi-an', at = 'payments', charge = fee(hub).id): string {
  const service = hub.service(at);
  const outcome = decideChargeCommand({ ...saying, charge, by: officer(by), request: 'r' } as ChargeCommand, service.dossier, contextWithTills(hub, service));
  if (isRefused(outcome)) return outcome.refusal.code;
  hub.write(service, outcome.drafts);
  return outcome.drafts.map((one) => one.kind).join(' ');
}

describe('what may be done with a charge', () => {
  test.each<Case>([
    { given: [], say: pay(), result: 'charge-paid' },
    { given: [], say: pay(100_000, 'post'), by: 'post-tra-my', result: 'charge-paid' },
    { given: [], say: pay(100_000, 'transfer'), by: 'treasury', result: 'charge-paid' },
    { given: [], say: pay(), by: 'police', result: 'MAY_NOT_COLLECT' },
    { given: [], say: pay(), by: 'counter-hoa-lien', result: 'OFFICE_NOT_IN_FORCE' },
    { given: [], say: pay(), by: 'nobody', result: 'UNKNOWN_OFFICE' },
    { given: [], say: pay(0), result: 'AMOUNT_INVALID' },
    { given: [], say: pay(-1), result: 'AMOUNT_NEGATIVE' },
    { given: [], say: pay(0.5), result: 'AMOUNT_FRACTIONAL' },
    { given: [], say: pay(10_000_000_000_001), result: 'AMOUNT_TOO_LARGE' },
    { given: [], say: pay(10_000_000_000_000), result: 'AMOUNT_DIFFERS' },
    { given: [], say: pay(99_999), result: 'AMOUNT_DIFFERS' },
    { given: [[pay()]], say: pay(), result: 'CHARGE_NOT_OPEN' },
    { given: [[pay()]], say: pay(100_000, 'gateway'), result: 'CHARGE_NOT_OPEN' },
    { given: [[cancel]], say: pay(), result: 'CHARGE_NOT_OPEN' },
    { given: [[cancel]], say: pay(100_000, 'gateway'), result: 'charge-paid' },
    { given: [[exempt]], say: pay(100_000, 'transfer'), result: 'charge-paid' },
    { given: [[exempt]], say: pay(100_000, 'post'), result: 'CHARGE_NOT_OPEN' },
    { given: [], say: cancel, result: 'charge-cancelled' },
    { given: [], say: cancel, by: 'treasury', result: 'NOT_HOLDER' },
    { given: [], say: { kind: 'cancel', ground: '' }, result: 'REASON_MISSING' },
    { given: [[pay()]], say: cancel, result: 'CHARGE_NOT_OPEN' },
    { given: [], say: exempt, result: 'charge-exempted' },
    { given: [], say: { kind: 'exempt', ground: '' }, result: 'REASON_MISSING' },
    { given: [[exempt]], say: exempt, result: 'CHARGE_NOT_OPEN' },
    { given: [], say: reduce(60_000), result: 'charge-reduced' },
    { given: [[reduce(60_000)]], say: reduce(1), result: 'charge-reduced' },
    { given: [[reduce(60_000)]], say: reduce(60_000), result: 'REDUCTION_NOT_LESS' },
    { given: [], say: reduce(100_000), result: 'REDUCTION_NOT_LESS' },
    { given: [], say: reduce(0), result: 'AMOUNT_INVALID' },
    { given: [], say: reduce(-1), result: 'AMOUNT_NEGATIVE' },
    { given: [], say: reduce(0.5), result: 'AMOUNT_FRACTIONAL' },
    { given: [], say: reduce(60_000, ''), result: 'REASON_MISSING' },
    { given: [], say: reduce(60_000), by: 'treasury', result: 'NOT_HOLDER' },
    { given: [[pay()]], say: reduce(60_000), result: 'CHARGE_NOT_OPEN' },
    { given: [[exempt]], say: reduce(60_000), result: 'CHARGE_NOT_OPEN' },
    { given: [[reduce(60_000)]], say: pay(), result: 'AMOUNT_DIFFERS' },
    { given: [[reduce(60_000)]], say: pay(60_000), result: 'charge-paid' },
    { given: [[reduce(60_000)], [pay(60_000)]], say: refund(60_001), result: 'AMOUNT_DIFFERS' },
    { given: [], say: refund(), result: 'CHARGE_NOT_PAID' },
    { given: [[pay()]], say: refund(), result: 'charge-refunded' },
    { given: [[pay()]], say: refund(1), by: 'treasury', result: 'charge-refunded' },
    { given: [[pay()]], say: refund(), by: 'post-tra-my', result: 'NOT_TAKEN_HERE' },
    { given: [[pay(100_000, 'gateway')]], say: refund(), by: 'post-tra-my', result: 'NOT_TAKEN_HERE' },
    { given: [[pay(100_000, 'post'), 'post-tra-my']], say: refund(), by: 'post-hoi-an', result: 'NOT_TAKEN_HERE' },
    { given: [[pay(100_000, 'post'), 'post-tra-my']], say: refund(), by: 'post-tra-my', result: 'charge-refunded' },
    { given: [[pay(100_000, 'post'), 'post-tra-my']], say: refund(), by: 'counter-hoi-an', result: 'charge-refunded' },
    { given: [[pay()]], say: refund(0), result: 'AMOUNT_INVALID' },
    { given: [[pay()]], say: refund(100_001), result: 'AMOUNT_DIFFERS' },
    { given: [[pay()]], say: { kind: 'refund', amount: 1, ground: '' }, result: 'REASON_MISSING' },
    { given: [[pay()], [refund()]], say: refund(), result: 'CHARGE_NOT_PAID' },
    { given: [[pay()], [refund()]], say: pay(), result: 'CHARGE_NOT_OPEN' },
  ])('$given.length before, $say.kind by $by → $result', ({ given, say: saying, by, result }) => {
    const hub = opened();
    for (const [before, office] of given) expect(say(hub, before, office)).toMatch(/^charge-/);
    expect(say(hub, saying, by)).toBe(result);
  });

  test('an unknown charge, and a service that does not hold it', () => {
    const hub = opened();
    expect(say(hub, pay(), 'counter-hoi-an', 'payments', 'intake~0000000000000001/1/99')).toBe('UNKNOWN_ITEM');
    expect(say(hub, pay(), 'counter-hoi-an', 'intake', fee(hub).id)).toBe('NOT_HOLDER');
  });

  test('the office of the leg that opened a tax cancels it and takes it; the counter may only take it', () => {
    const hub = atNotice();
    hub.says('notice', { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5_000_000, refundable: false, ground: '1/2026/NĐ-CP' });
    hub.quiet();
    const tax = fee(hub, 'income-tax').id;
    expect(say(hub, cancel, 'counter-hoi-an', 'payments', tax)).toBe('NOT_HOLDER');
    expect(say(hub, pay(5_000_000), 'tax', 'payments', tax)).toBe('charge-paid');
    expect(say(hub, refund(5_000_000), 'tax', 'payments', tax)).toBe('NOT_REFUNDABLE');
  });

  test('a fine stops the leg until it is paid, says what it is, and is given back to nobody who withdraws', () => {
    const hub = atNotice();
    const fine = { kind: 'open-charge', code: 'late-registration', charge: 'fine', amount: 1_500_000, refundable: false, ground: '123/2024/NĐ-CP, Điều 16' } as const;
    expect([hub.says('notice', { ...fine, refundable: true }), hub.says('notice', { ...fine, ground: '' })]).toMatchObject([{ code: 'FIELD_INVALID', field: 'refundable' }, { code: 'REASON_MISSING' }]);
    expect(hub.says('notice', fine)).toBeNull();
    hub.quiet();
    const { plan, id } = fee(hub, 'late-registration');
    // Who knows no fines reads a charge.
    expect([plan.fine, plan.kind, plan.name]).toEqual([true, 'charge', { vi: 'Tiền phạt', en: 'Fine' }]);
    expect(hub.says('notice', { kind: 'complete', results: [] })).not.toBeNull();
    expect(say(hub, pay(1_500_000), 'tax', 'payments', id)).toBe('charge-paid');
    expect(say(hub, refund(1_500_000), 'tax', 'payments', id)).toBe('NOT_REFUNDABLE');
  });

  test('less is owed once it is reduced, everywhere; not while a postman is on the way with the old sum', () => {
    const hub = opened();
    say(hub, reduce(60_000));
    hub.quiet();
    const seen = [...hub.service('oversight').dossier.charges.values()][0]!;
    expect([seen.plan.amount, seen.opened, seen.status, kindsOf(hub.service('intake')).includes('charge-reduced')]).toEqual([60_000, 100_000, 'open', true]);
    const door = new World();
    door.submit('permit', { return: { way: 'post', office: 'counter-hoi-an', cod: true } });
    door.quiet();
    door.says('permit', complete('permit'));
    door.quiet();
    const charge = fee(door, 'permit-fee').id;
    expect([say(door, reduce(1), 'counter-hoi-an', 'payments', charge), codDue(door.service('postal').dossier, [...door.service('postal').dossier.consignments.values()][0]!)]).toEqual(['COLLECTION_UNDER_WAY', 75_000]);
  });

  test('what was paid at a counter goes back only when it is known whether a postman has taken it, too', () => {
    const door = new World();
    door.submit('permit', { return: { way: 'post', office: 'counter-hoi-an', cod: true } });
    door.quiet();
    door.says('permit', complete('permit'));
    door.quiet();
    const paid = fee(door, 'permit-fee'), parcel = [...door.service('postal').dossier.consignments.values()][0]!;
    (paid.plan as { refundable: boolean }).refundable = true;
    const back = (): string => say(door, refund(75_000), 'counter-hoi-an', 'payments', paid.id);
    expect([say(door, pay(75_000), 'counter-hoi-an', 'payments', paid.id), back()]).toEqual(['charge-paid', 'COLLECTION_UNDER_WAY']);
    door.write(door.service('postal'), [{ item: parcel.id, kind: 'consignment-ended', ends: true, body: { state: 'returned', place: 'Hội An', by: officer('post-hoi-an'), request: 'p' } }]);
    door.quiet();
    expect(back()).toBe('charge-refunded');
  });

  test('what came in after the charge was cancelled goes back, whatever the rule of the fee', () => {
    const hub = opened();
    const charge = fee(hub);
    say(hub, cancel);
    say(hub, pay(100_000, 'gateway'));
    (charge.plan as { refundable: boolean }).refundable = false;
    expect(say(hub, refund(99_999))).toBe('AMOUNT_DIFFERS');
    expect(say(hub, refund())).toBe('charge-refunded');
    expect(fee(hub).refunded).toBe(100_000);
  });

  test('what is refused is said in words, not in codes', () => {
    expect((['paid', 'exempted', 'cancelled', 'refunded', 'settled'] as const).map((status) => messageOf(chargeRefusal('CHARGE_NOT_OPEN', 'Lệ phí', status), 'vi').split('.')[0])).toEqual([
      'Nghĩa vụ Lệ phí không chờ nộp: đã nộp', 'Nghĩa vụ Lệ phí không chờ nộp: được miễn', 'Nghĩa vụ Lệ phí không chờ nộp: không phải nộp nữa', 'Nghĩa vụ Lệ phí không chờ nộp: đã hoàn trả', 'Nghĩa vụ Lệ phí không chờ nộp: đã kết thúc',
    ]);
    expect([messageOf(chargeRefusal('CHARGE_NOT_PAID', 'Lệ phí', 'open'), 'vi'), messageOf(chargeRefusal('CHARGE_NOT_PAID', 'Lệ phí', 'open'), 'en')]).toEqual([expect.stringMatching(/^Nghĩa vụ Lệ phí không có tiền đã nộp: chưa nộp\./), expect.stringMatching(/^Charge Lệ phí has not been paid; it is open\./)]);
  });

  test('and is owed back before the dossier ends, however it does', () => {
    const hub = opened();
    say(hub, cancel);
    say(hub, pay(100_000, 'transfer'));
    hub.quiet();
    for (const at of ['payments', 'intake']) for (const { plan } of hub.service(at).dossier.charges.values()) (plan as { refundable: boolean }).refundable = false;
    expect([owesRefund(hub.service('payments').dossier, fee(hub)), refundGround(hub.service('payments').dossier, fee(hub))]).toEqual([false, '1/2026/NĐ-CP']);
    hub.asks(withdrawal);
    hub.quiet();
    expect([kindsOf(hub.service('payments')).includes('charge-refunded'), fee(hub).refunded, closedEverywhere(hub)]).toEqual([true, 100_000, 'withdrawn']);
  });

  test('and goes back, too, where it came in the moment in which somebody else closed the dossier', () => {
    const hub = opened(), payments = hub.service('payments');
    say(hub, cancel);
    hub.asks(withdrawal);
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('withdrawn');
    hub.write(payments, [{ item: fee(hub).id, kind: 'charge-paid', body: { amount: 100_000, method: 'transfer', receipt: 'AA-26/0000001', by: officer('treasury'), request: 'late' } }]);
    hub.quiet();
    expect([fee(hub).status, fee(hub).refunded, closedEverywhere(hub)]).toEqual(['refunded', 100_000, 'withdrawn']);
  });

  test('a closed dossier takes no money', () => {
    const hub = opened();
    hub.asks(withdrawal);
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('withdrawn');
    expect(kindsOf(hub.service('payments'))).toContain('charge-cancelled');
    expect(say(hub, pay(100_000, 'gateway'))).toBe('CLOSED');
  });
});
