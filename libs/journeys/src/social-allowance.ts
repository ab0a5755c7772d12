/** Monthly social allowance: posting, decision, payment list; then the beneficiary moves and the file travels to the new commune. */
import { dossier as pb, intake, social } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507', newCounter = 'counter-20335-202507';
const home = '20410@2025-07-01', newHome = '20335@2025-07-01';
/** The offices that serve the two communes: only they see names. */
const keeper = 'social-20410-202507', newKeeper = 'social-20335-202507';
const amount = 1_080_000;
/** Lines of a payment list asked for at once. */
const linesAtOnce = 500;

export async function socialAllowance(walk: Walk): Promise<JourneyReport> {
  const { report } = await start(walk);
  return report;
}

async function start(walk: Walk): Promise<{ readonly person: Person; readonly report: JourneyReport }> {
  const person = citizen(walk.unique, 'Bùi Thị Xuân');
  await walk.submit(counter, '2026-10-05T09:00:00+07:00', {
    procedure: '1.001776', case: 'start', applicant: person.party, areas: intake.Areas.fromPartial({ residence: home }), subject: intake.Subject.fromPartial({ beneficiary: person.number }),
    declaration: { subjectGroup: 'disability-severe', monthlyAmount: String(amount), fromMonth: '2026-11' }, documents: shown('application-form'),
  });
  const posting = await walk.until('the posting to begin', (dossier) => { const leg = walk.leg('verification', dossier); return leg?.state === pb.LegState.SUSPENDED && leg; });
  walk.tell('Đã thẩm định, niêm yết công khai', posting.officeName?.vi ?? posting.office, posting.sinceTime, posting.dueTime);
  await walk.moveClock(24 * 3);
  await walk.until('the posting to end', (dossier) => dossier.status!.suspensions.some((one) => one.cause === pb.SuspensionCause.POSTING && one.endTime !== undefined));
  walk.tell('Niêm yết công khai 2 ngày làm việc đã xong', counter);
  await walk.complete('verification');
  await walk.moveClock(24);
  await walk.complete('start-decision');
  await walk.complete('payment-list');
  await walk.returnResult(counter);
  const closed = await walk.closed();
  const file = await fileOf(walk, person, keeper);
  const paid = [await paidTo(walk, file, home, keeper, '2026-10'), await paidTo(walk, file, home, keeper, '2026-11')];
  walk.tell(`Danh sách chi trả tháng 11/2026: ${paid[1] ?? 'không có tên'} đồng`, keeper);
  const isPaid = file?.state === social.BeneficiaryState.ACTIVE && paid[0] === undefined && paid[1] === amount;
  const report = await reportOf(walk, isPaid && closed.status!.state === pb.DossierState.RETURNED, 'được hưởng trợ cấp hàng tháng');
  return { person, report };
}

/** The file travels: the old commune lets go, the new one decides and pays. */
export async function beneficiaryMoves(before: Walk): Promise<JourneyReport> {
  const { person } = await start(before);
  const walk = before.next();
  await walk.submit(newCounter, '2026-12-07T09:00:00+07:00', {
    procedure: '1.001776', case: 'move', applicant: person.party, areas: intake.Areas.fromPartial({ residence: home, target: newHome }), subject: intake.Subject.fromPartial({ beneficiary: person.number }),
    declaration: { newAddress: '7 Hùng Vương, phường Bàn Thạch' }, documents: shown('application-form'),
  });
  await walk.complete('move-out');
  await walk.moveClock(24);
  const decision = `social-allowance-decision/${walk.unique.run}-move`;
  await walk.complete('move-in', { results: [{ result: 'social-allowance-decision', number: decision, digest: '' }] });
  await walk.complete('move-payment-list');
  await walk.returnResult(newCounter);
  const closed = await walk.closed();
  // The file stood in for its papers: nothing was asked of the citizen but the form.
  const isRead = closed.documents.some((one) => one.document === 'beneficiary-file' && one.origin?.$case === 'evidence') && closed.documents.every((one) => one.document === 'application-form' || one.origin?.$case === 'evidence');
  const isMoved = await paysFromNextMonth(walk, person, decision);
  return reportOf(walk, isRead && isMoved && closed.status!.state === pb.DossierState.RETURNED, 'hồ sơ hưởng trợ cấp theo người đến xã mới');
}

/** The commune that was left pays the month of the move, the new one the next; no month is paid twice or not at all. */
async function paysFromNextMonth(walk: Walk, person: Person, decision: string): Promise<boolean> {
  const left = await fileOf(walk, person, keeper), file = await fileOf(walk, person, newKeeper);
  const payers = [[home, keeper], [newHome, newKeeper]] as const;
  const paid = await Promise.all(['2026-12', '2027-01'].map((month) => Promise.all(payers.map(([area, office]) => paidTo(walk, file, area, office, month)))));
  walk.tell(`Danh sách chi trả tháng 12/2026: nơi cũ ${paid[0]?.[0] ?? 0} đồng, nơi mới ${paid[0]?.[1] ?? 0} đồng; tháng 1/2027: nơi cũ ${paid[1]?.[0] ?? 0} đồng, nơi mới ${paid[1]?.[1] ?? 0} đồng`, newKeeper);
  const isTaken = left === undefined && file?.area === newHome && file.state === social.BeneficiaryState.ACTIVE && file.decisionNumber === decision;
  return isTaken && paid[0]?.[0] === amount && paid[0][1] === undefined && paid[1]?.[0] === undefined && paid[1]?.[1] === amount;
}

/** The file of the person, as an office sees it; undefined where it may not, or unless there is exactly one. */
export async function fileOf(walk: Walk, person: Person, office: string): Promise<social.Beneficiary | undefined> {
  const { beneficiaries } = await walk.call(() => walk.hub.social.listBeneficiaries(social.ListBeneficiariesRequest.fromPartial({ person: person.number, rehearsal: true }), { office }));
  return beneficiaries.length === 1 ? beneficiaries[0] : undefined;
}

/** Whole đồng in the payment list of a commune; undefined when the file is not on it. */
export async function paidTo(walk: Walk, file: social.Beneficiary | undefined, area: string, office: string, month: string): Promise<number | undefined> {
  for (let pageToken = ''; ;) {
    const request = social.ListPaymentsRequest.fromPartial({ area, month, pageSize: linesAtOnce, pageToken, rehearsal: true });
    const page = await walk.call(() => walk.hub.social.listPayments(request, { office }));
    const line = page.payments.find((one) => one.beneficiary === file?.beneficiary);
    if (line !== undefined || page.nextPageToken === '') return line?.amount;
    pageToken = page.nextPageToken;
  }
}
