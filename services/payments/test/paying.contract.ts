import { agency, dossier as pb, payments } from '@lienthong/contract';
import { askPlainly, copiesEqual, testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chargeOf, gateway, nextRequest, owing, pay, payRequest, paymentsHub, traMy } from './payments-hub.ts';
import type { Owed, Paying } from './payments-hub.ts';

let hub: MemoryHub;
beforeAll(async () => { hub = await paymentsHub(); });
afterAll(async () => { await hub.stop(); });

const year = String(new Date().getFullYear()).slice(2);
const numberOf = (receipt: string): number => Number(receipt.slice(receipt.indexOf('/') + 1));

describe('paying', () => {
  test('settles the charge with a numbered receipt, everywhere; a repeat gets the same bytes and writes nothing', async () => {
    const owed = await owing(hub), request = payRequest(owed, { payerName: 'Trần Thị Năm' });
    const first = await hub.call<payments.PayChargeResponse>('payments', 'payCharge', request, owed.counter);
    expect(first.receiptNumber).toMatch(new RegExp(`^AA-${year}/0{6}\\d$`));
    await copiesEqual(hub, owed.folder);
    const again = await hub.call<payments.PayChargeResponse>('payments', 'payCharge', request, owed.counter);
    expect(payments.PayChargeResponse.encode(again).finish()).toEqual(payments.PayChargeResponse.encode(first).finish());
    expect(await chargeOf(hub, owed)).toMatchObject({ state: pb.ChargeState.PAID, receiptNumber: first.receiptNumber });
    const seen = await hub.modules[0]!.participant.view(owed.folder, (view) => [...view.state.dossier.charges.values()].map((one) => one.status));
    expect(seen).toEqual(['paid']);
    await expect(hub.call('payments', 'payCharge', { ...request, amount: 1 }, owed.counter)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
    await expect(pay(hub, owed)).rejects.toMatchObject({ code: 'CHARGE_NOT_OPEN' });
  });

  test.each<[string, Parameters<typeof pay>[2], string, string]>([
    ['another amount', { amount: 1 }, 'AMOUNT_DIFFERS', 'amount'],
    ['no amount', { amount: 0 }, 'AMOUNT_INVALID', 'amount'],
    ['no method', { method: undefined }, 'FIELD_MISSING', 'method'],
    ['a transfer without reference', { method: { $case: 'transfer', value: { bank: 'VCB', reference: '', paidTime: undefined } } }, 'FIELD_MISSING', 'transfer.reference'],
    ['a transfer of tomorrow', { method: { $case: 'transfer', value: { bank: 'VCB', reference: 'T-0', paidTime: new Date(Date.now() + 86_400_000) } } }, 'FIELD_INVALID', 'paid_time'],
    ['a long name', { payerName: 'x'.repeat(201) }, 'FIELD_INVALID', 'payer_name'],
    ['collected with an unknown consignment', { method: { $case: 'post', value: { consignment: 'postal~0/1/1' } } }, 'UNKNOWN_ITEM', 'post.consignment'],
    ['collected by post, says an office that is none', { method: { $case: 'post', value: { consignment: '' } } }, 'NOT_A_POST_OFFICE', 'office'],
    ['no request id', { requestId: '' }, 'REQUEST_ID_MISSING', 'request_id'],
  ])('%s is refused and spends nothing', async (_what, more, code, field) => {
    const owed = await owing(hub), before = numberOf((await pay(hub, await owing(hub))).receiptNumber);
    await expect(pay(hub, owed, more)).rejects.toMatchObject({ code, field });
    expect(numberOf((await pay(hub, owed)).receiptNumber)).toBe(before + 1);
  });

  test('an office that takes no money, an unknown charge, an unknown dossier', async () => {
    const owed = await owing(hub);
    const police = hub.environment.reference.offices.find((one) => one.roles.includes('police') && one.validTo === null)!;
    await expect(pay(hub, owed, {}, police.id)).rejects.toMatchObject({ code: 'MAY_NOT_COLLECT' });
    await expect(pay(hub, { ...owed, charge: 'intake~0/1/7' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(pay(hub, { ...owed, code: 'x' })).rejects.toMatchObject({ code: 'UNKNOWN_DOSSIER' });
  });
});

describe('receipt numbers', () => {
  test('follow one another per office without a gap, however many are paid at once', async () => {
    const many = [];
    for (let n = 0; n < 12; n++) many.push(await owing(hub));
    const far = await owing(hub, { area: traMy });
    const [elsewhere, ...numbers] = await Promise.all([pay(hub, far), ...many.map((one) => pay(hub, one))]);
    const sorted = numbers.map((one) => numberOf(one.receiptNumber)).sort((a, b) => a - b);
    expect(sorted).toEqual(sorted.map((_one, n) => sorted[0]! + n));
    expect(numberOf(elsewhere.receiptNumber)).toBe(1);
  });

  test('two who pay the same charge at once: one receipt, and the next charge gets the next number', async () => {
    const owed = await owing(hub), next = await owing(hub);
    const settled = await Promise.allSettled([pay(hub, owed), pay(hub, owed), pay(hub, owed, gateway('G-race'))]);
    const paid = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.receiptNumber] : []));
    expect(paid).toHaveLength(1);
    expect(settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(['CHARGE_NOT_OPEN', 'CHARGE_NOT_OPEN']);
    expect(numberOf((await pay(hub, next)).receiptNumber)).toBe(numberOf(paid[0]!) + 1);
  });

  test('two offices that take the same charge at once: the number of the loser goes to its next charge', async () => {
    const owed = await owing(hub), treasury = hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;
    const settled = await Promise.allSettled([pay(hub, owed, {}, treasury), pay(hub, owed)]);
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const numbers = [];
    for (let n = 0; n < 3; n++) numbers.push(numberOf((await pay(hub, await owing(hub), {}, treasury)).receiptNumber));
    const first = settled[0].status === 'fulfilled' ? 2 : 1;
    expect(numbers).toEqual([first, first + 1, first + 2]);
  });

  test('a rehearsal has its own series', async () => {
    const owed = await owing(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
    expect((await pay(hub, owed)).receiptNumber).toBe('DT-26/0000001');
  });
});

describe('a reference settles one charge', () => {
  test('the second charge is refused, whatever the case of its letters, and costs no number', async () => {
    const [one, other] = [await owing(hub), await owing(hub)];
    const first = await pay(hub, one, gateway('GD-001a'));
    await expect(pay(hub, other, gateway('gd-001A'))).rejects.toMatchObject({ code: 'REFERENCE_USED', field: 'gateway.reference' });
    expect(numberOf((await pay(hub, other)).receiptNumber)).toBe(numberOf(first.receiptNumber) + 1);
  });

  test.each([['FT26-1', 'FT 26-1'], ['FT26-2', 'ＦＴ26-2'], ['FT26-3', 'ft26- 3']])('%s also where it was copied as "%s"', async (written, copied) => {
    const [one, other] = [await owing(hub), await owing(hub)], transfer = (reference: string): Paying => ({ method: { $case: 'transfer', value: { bank: 'VCB', reference, paidTime: undefined } } });
    await pay(hub, one, transfer(written));
    await expect(pay(hub, other, transfer(copied))).rejects.toMatchObject({ code: 'REFERENCE_USED', field: 'transfer.reference' });
    await pay(hub, await owing(hub), gateway(written));
    await expect(pay(hub, other, gateway(copied))).rejects.toMatchObject({ code: 'REFERENCE_USED', field: 'gateway.reference' });
  });

  test.each([
    ['a payer', 'payer_name', { payerName: 'Mai\u202EX' }], ['a payer on two lines', 'payer_name', { payerName: 'Mai\nBiên lai' }],
    ['a reference', 'transfer.reference', { method: { $case: 'transfer', value: { bank: 'VCB', reference: 'FT\u200B1', paidTime: undefined } } }],
  ] as [string, string, Paying][])('%s with what nobody sees is named, and nothing is taken', async (_what, field, more) => {
    const owed = await owing(hub);
    await expect(pay(hub, owed, more)).rejects.toMatchObject({ code: 'FIELD_INVALID', field });
    expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.OPEN);
  });

  test('what a rehearsal makes up does not stand in the way of real money', async () => {
    const rehearsed = await owing(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) }), real = await owing(hub);
    await pay(hub, rehearsed, gateway('GD-002'));
    await expect(pay(hub, real, gateway('GD-002'))).resolves.toBeDefined();
  });

  test('money that arrives after the charge was cancelled is recorded, and can be given back', async () => {
    const owed = await owing(hub);
    await hub.call('payments', 'cancelCharge', payments.CancelChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, ground: '1204/TB-CCT', reason: 'lập nhầm' }), owed.counter);
    await expect(pay(hub, owed)).rejects.toMatchObject({ code: 'CHARGE_NOT_OPEN' });
    await pay(hub, owed, gateway('GD-003'));
    await hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '1204/TB-CCT', reason: 'đã hủy khoản thu' }), owed.counter);
    expect(await chargeOf(hub, owed)).toMatchObject({ state: pb.ChargeState.REFUNDED, amount: owed.amount, refundedAmount: owed.amount });
  });
});

test('a fine that an officer opens is listed as one, taken and receipted', async () => {
  const owed = await owing(hub), desk = testDesk(hub, 'business-registration');
  await desk.received(owed.code, 'registration');
  const { leg, office } = (await desk.work(owed.code, 'registration')).deskLeg!.leg!;
  const opened = await hub.call<agency.OpenChargeResponse>('business-registration', 'openCharge', agency.OpenChargeRequest.fromPartial({ requestId: nextRequest(), code: owed.code, leg, fee: 'late-registration', kind: pb.ChargeKind.FINE, amount: 1_500_000, ground: '122/2021/NĐ-CP, Điều 62' }), office);
  const charge = opened.receipt!.entries[0]!.created[0]!, fine = { ...owed, charge, amount: 1_500_000 };
  const listed = async (): Promise<unknown> => (await hub.call<payments.ListChargesResponse>('payments', 'listCharges', payments.ListChargesRequest.create({ code: owed.code }), owed.counter)).charges.map(({ charge: one }) => [one!.kind, one!.amount, one!.name!.vi, one!.state]);
  await expect.poll(listed, { timeout: 30_000 }).toEqual([[pb.ChargeKind.FEE, owed.amount, expect.any(String), pb.ChargeState.OPEN], [pb.ChargeKind.FINE, 1_500_000, 'Tiền phạt', pb.ChargeState.OPEN]]);
  expect((await pay(hub, fine)).receiptNumber).toMatch(/^AA-/);
});

describe('the fee receipt', () => {
  test('spells the amount, names the payer to the office that collected, and to nobody through the entries', async () => {
    const owed = await owing(hub), treasury = hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;
    await pay(hub, owed, { payerName: 'Huỳnh Thị Bảy', ...gateway('GD-004') });
    await copiesEqual(hub, owed.folder);
    const ask = (office: string): Promise<payments.GetFeeReceiptResponse> => hub.call('payments', 'getFeeReceipt', payments.GetFeeReceiptRequest.create({ code: owed.code, charge: owed.charge }), office);
    const { receipt } = await ask(owed.counter);
    expect(receipt).toMatchObject({ series: `AA-${year}`, office: owed.counter, code: owed.code, amount: owed.amount, method: payments.PaymentMethod.GATEWAY, payerName: 'Huỳnh Thị Bảy', rehearsal: false });
    expect(receipt!.amountInWords!.vi).toMatch(/^(Năm mươi|Một trăm) nghìn đồng$/);
    expect((await ask(treasury)).receipt!.payerName).toBe('');
    for (const module of hub.modules) {
      const bytes = await module.participant.view(owed.folder, (view) => view.state.dossier.entries.map((entry) => Buffer.from(entry.bytes).toString('utf8')).join('\n')) ?? '';
      expect(bytes).toContain('charge-paid');
      expect(bytes).not.toMatch(/Huỳnh|GD-004/);
    }
  });

  test('there is none before payment; strangers get none', async () => {
    const owed = await owing(hub), request = payments.GetFeeReceiptRequest.create({ code: owed.code, charge: owed.charge });
    await expect(hub.call('payments', 'getFeeReceipt', request, owed.counter)).rejects.toMatchObject({ code: 'CHARGE_NOT_PAID' });
    const police = hub.environment.reference.offices.find((one) => one.roles.includes('police') && one.validTo === null)!;
    await expect(hub.call('payments', 'getFeeReceipt', request, police.id)).rejects.toMatchObject({ code: 'CALLER_NOT_ALLOWED' });
  });
});

describe('the list of an office', () => {
  test('shows what is owed, page by page, each once; paid charges when asked', async () => {
    const mine: Owed[] = [];
    for (let n = 0; n < 5; n++) mine.push(await owing(hub, { area: traMy }));
    await pay(hub, mine[0]!);
    const read = async (states: pb.ChargeState[]): Promise<string[]> => {
      const found: string[] = [];
      for (let pageToken = ''; ;) {
        const page: payments.ListChargesResponse = await hub.call('payments', 'listCharges', payments.ListChargesRequest.create({ states, pageSize: 2, pageToken }), mine[0]!.counter);
        expect(page.charges.length).toBeLessThanOrEqual(2);
        found.push(...page.charges.map((one) => one.charge!.charge));
        if (page.nextPageToken === '') return found;
        pageToken = page.nextPageToken;
      }
    };
    expect((await read([])).sort()).toEqual(mine.slice(1).map((one) => one.charge).sort());
    expect(await read([pb.ChargeState.PAID])).toContain(mine[0]!.charge);
    await expect(hub.call('payments', 'listCharges', payments.ListChargesRequest.create({ pageSize: 201 }), mine[0]!.counter)).rejects.toMatchObject({ code: 'FIELD_INVALID' });
    await expect(hub.call('payments', 'listCharges', payments.ListChargesRequest.create({ pageToken: 'x' }), mine[0]!.counter)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'page_token' });
  });
});

test('the list of an office holds no rehearsal unless it is asked for them; a dossier shows its own charges either way', async () => {
  const area = '20197@2025-07-01';
  const real = await owing(hub, { area }), rehearsed = await owing(hub, { area, rehearsal: Date.UTC(2026, 2, 2, 2) });
  const list = async (more: Partial<payments.ListChargesRequest>): Promise<string[]> => {
    const { charges } = await hub.call<payments.ListChargesResponse>('payments', 'listCharges', payments.ListChargesRequest.create(more), real.counter);
    return charges.map((one) => `${one.code} ${one.rehearsal}`);
  };
  expect([await list({}), await list({ rehearsal: true })]).toEqual([[`${real.code} false`], [`${rehearsed.code} true`]]);
  expect([await list({ code: rehearsed.code }), await list({ code: real.code, rehearsal: true })]).toEqual([[`${rehearsed.code} true`], [`${real.code} false`]]);
});

describe('a withdrawal', () => {
  test('cancels what is owed', async () => {
    const owed = await owing(hub);
    await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
    await expect.poll(async () => (await chargeOf(hub, owed)).state).toBe(pb.ChargeState.CANCELLED);
  });

  test('of a rehearsal gives back what was paid, at once', async () => {
    const owed = await owing(hub, { rehearsal: Date.UTC(2026, 2, 2, 2), refundable: true });
    await pay(hub, owed);
    await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
    await expect.poll(async () => (await chargeOf(hub, owed)).state).toBe(pb.ChargeState.REFUNDED);
  });
});
