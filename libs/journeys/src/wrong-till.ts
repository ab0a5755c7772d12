/** A fee in cash, and a till that was counted wrongly: what it differs by is in the books from the moment it is closed, and ends with minutes, not with silence. */
import { dossier as pb, intake, payments } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20335-202507', area = '20335@2025-07-01';
/** Whole đồng in the till before, and by how much the first count is wrong. */
const float = 200_000, missing = 10_000;

export async function wrongTill(walk: Walk): Promise<JourneyReport> {
  const clerk = { office: counter, officer: walk.unique.request('thu-ngan') };
  await walk.call(() => walk.hub.payments.openTill(payments.OpenTillRequest.fromPartial({ requestId: walk.unique.request('open'), floatAmount: float, rehearsal: true }), clerk));
  walk.tell(`Mở ca thu với ${float} đồng đầu ca`, counter);
  const owner = citizen(walk.unique, 'Lê Văn Tám');
  await walk.submit(counter, '2026-10-07T09:00:00+07:00', {
    procedure: '1.001612', case: 'standard', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: area }),
    declaration: { businessName: `Hộ kinh doanh Tám ${walk.unique.request('tam').replace('tam-', '')}`, industryCodes: '5610', capital: '50000000', address: '7 Trần Cao Vân, phường Bàn Thạch' }, documents: shown('application-form'),
    returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.COUNTER, office: counter }),
  });
  const { amount, receipt } = await payInCash(walk, clerk);
  const closed = await countAndClose(walk, clerk, float + amount);
  const resolved = await walk.call(() => walk.hub.payments.resolveTill(payments.ResolveTillRequest.fromPartial({ requestId: walk.unique.request('resolve'), till: closed.till, way: 'made-good', ground: '12/BB-TTPVHCC', rehearsal: true }), clerk));
  walk.tell(`Chênh lệch ${closed.difference} đồng: cán bộ nộp bù theo biên bản 12/BB-TTPVHCC`, counter);
  for (const leg of ['registration', 'tax-code', 'certificate']) { await walk.moveClock(3); await walk.complete(leg); }
  await walk.returnResult(counter);
  const ended = await walk.closed();
  const right = closed.difference === -missing && resolved.till?.resolution === 'made-good' && await isBalanced(walk);
  return reportOf(walk, right && ended.status!.state === pb.DossierState.RETURNED, `thu ${amount} đồng, biên lai ${receipt}; ca thu thiếu ${missing} đồng, đã nộp bù, sổ cái cân`);
}

type Clerk = { readonly office: string; readonly officer: string };

async function payInCash(walk: Walk, clerk: Clerk): Promise<{ readonly amount: number; readonly receipt: string }> {
  const charge = await walk.until('the fee', (dossier) => dossier.status!.charges.find((one) => one.state === pb.ChargeState.OPEN));
  const pay = payments.PayChargeRequest.fromPartial({ requestId: walk.unique.request('fee'), code: walk.code, charge: charge.charge, amount: charge.amount, method: { $case: 'cash', value: {} } });
  const { receiptNumber } = await walk.heard(() => walk.hub.payments.payCharge(pay, clerk));
  walk.tell(`Nộp lệ phí ${charge.amount} đồng tiền mặt, biên lai ${receiptNumber}`, counter);
  return { amount: charge.amount, receipt: receiptNumber };
}

async function countAndClose(walk: Walk, clerk: Clerk, expected: number): Promise<payments.Till> {
  const counted = await walk.call(() => walk.hub.payments.countTill(payments.CountTillRequest.fromPartial({ requestId: walk.unique.request('count'), counted: expected - missing, rehearsal: true }), clerk));
  walk.tell(`Kiểm quỹ: đếm được ${counted.till!.counted} đồng, sổ ghi ${counted.till!.expected} đồng`, counter);
  const { till } = await walk.call(() => walk.hub.payments.closeTill(payments.CloseTillRequest.fromPartial({ requestId: walk.unique.request('close'), rehearsal: true }), clerk));
  walk.tell('Đóng ca: tiền về quỹ, chênh lệch chờ xử lý trong sổ', counter);
  return till!;
}

async function isBalanced(walk: Walk): Promise<boolean> {
  const { imbalance } = await walk.call(() => walk.hub.payments.getLedger(payments.GetLedgerRequest.fromPartial({ rehearsal: true }), { office: counter }));
  return imbalance === 0;
}
