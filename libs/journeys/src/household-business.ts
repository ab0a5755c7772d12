/** Household business: fee at filing, name check, tax code by link, certificate at another counter; then suspension and termination, where silence of the tax office is consent. */
import { business, dossier as pb, intake, payments } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import { Walk } from './walk.ts';

const counter = 'counter-20410-202507', otherCounter = 'counter-20335-202507';
const area = '20410@2025-07-01';
const registrar = 'business-20410-202507';

export async function householdBusiness(walk: Walk): Promise<JourneyReport> {
  const { report } = await establish(walk);
  return report;
}

export async function businessSuspended(walk: Walk): Promise<JourneyReport> {
  const { owner, number } = await establish(walk);
  return change(walk, owner, number, '1.001570', 'suspend', 'suspend', 'tạm ngừng');
}

export async function businessTerminated(walk: Walk): Promise<JourneyReport> {
  const { owner, number } = await establish(walk);
  return change(walk, owner, number, '1.001266', 'standard', 'termination', 'chấm dứt, cơ quan thuế im lặng là đồng ý');
}

type Established = { readonly owner: Person; readonly number: string; readonly report: JourneyReport };

async function establish(walk: Walk): Promise<Established> {
  const owner = citizen(walk.unique, 'Đặng Thị Mai');
  const name = `Hộ kinh doanh Mì Quảng ${walk.unique.request('quan').replace('quan-', '')}`;
  const free = await walk.call(() => walk.hub.business.findName(business.FindNameRequest.fromPartial({ area, name, rehearsal: true }), { office: registrar }));
  walk.tell(`Tra tên "${name}": ${free.free ? 'chưa ai dùng' : 'đã có'}`, registrar);
  await walk.submit(counter, '2026-10-07T09:00:00+07:00', {
    procedure: '1.001612', case: 'standard', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: area }),
    declaration: { businessName: name, industryCodes: '5610', capital: '50000000', address: '12 Lê Lợi, phường Hội An' }, documents: shown('application-form'), returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.COUNTER, office: otherCounter }),
  });
  await payFee(walk);
  await walk.moveClock(3);
  await walk.complete('registration');
  await walk.moveClock(4);
  await walk.complete('tax-code', { registerValues: {} });
  await walk.complete('certificate');
  await walk.returnResult(otherCounter);
  const closed = await walk.closed();
  const found = await walk.call(() => walk.hub.business.listBusinesses(business.ListBusinessesRequest.fromPartial({ owner: owner.number, rehearsal: true }), { office: registrar }));
  const number = found.businesses.find((one) => one.name === name)?.business ?? '';
  const report = await reportOf(walk, number !== '' && closed.status!.state === pb.DossierState.RETURNED, `đăng ký ${name}, trả tại bộ phận một cửa khác`);
  return { owner, number, report };
}

/** The fee is paid at filing; the first office waits for it. */
export async function payFee(walk: Walk): Promise<void> {
  const charge = await walk.until('the fee', (dossier) => dossier.status!.charges.find((one) => one.state === pb.ChargeState.OPEN));
  const pay = payments.PayChargeRequest.fromPartial({ requestId: walk.unique.request('fee'), code: walk.code, charge: charge.charge, amount: charge.amount, method: { $case: 'cash', value: {} } });
  const paid = await walk.heard(() => walk.hub.payments.payCharge(pay, { office: counter, officer: 'thu-ngan' }));
  walk.tell(`Nộp lệ phí ${charge.amount} đồng, biên lai ${paid.receiptNumber}`, counter);
}

async function change(before: Walk, owner: Person, number: string, procedure: string, chosen: string, leg: string, result: string): Promise<JourneyReport> {
  const walk = before.next();
  await walk.submit(counter, '2026-10-12T09:00:00+07:00', {
    procedure, case: chosen, applicant: owner.party, areas: intake.Areas.fromPartial({ subject: area }), subject: intake.Subject.fromPartial({ business: number }), declaration: { fromDate: '2026-10-20', untilDate: '2027-04-20', reason: 'sửa chữa cửa hàng' },
    documents: shown('application-form'),
  });
  const working = await walk.working(leg);
  if (procedure === '1.001266') {
    await walk.moveClock(24 * 3);
    await walk.until('silence to be consent', (dossier) => dossier.status!.history.some((line) => line.kind === 'request-lapsed'));
    walk.tell('Cơ quan thuế không trả lời trong 2 ngày làm việc: coi là đồng ý', working.officeName?.vi ?? '');
  }
  await walk.complete(leg);
  await walk.returnResult(counter);
  const closed = await walk.closed();
  return reportOf(walk, closed.status!.state === pb.DossierState.RETURNED, result);
}
