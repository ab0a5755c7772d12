/** Monthly social allowance: posting, decision, payment list; then the beneficiary moves and the file travels to the new commune. */
import { dossier as pb, intake, social } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507', newCounter = 'counter-20335-202507';
const home = '20410@2025-07-01', newHome = '20335@2025-07-01';

export async function socialAllowance(walk: Walk): Promise<JourneyReport> {
  const { report } = await start(walk);
  return report;
}

async function start(walk: Walk): Promise<{ readonly person: Person; readonly report: JourneyReport }> {
  const person = citizen(walk.unique, 'Bùi Thị Xuân');
  await walk.submit(counter, '2026-10-05T09:00:00+07:00', {
    procedure: '1.001776', case: 'start', applicant: person.party, areas: intake.Areas.fromPartial({ residence: home }), subject: intake.Subject.fromPartial({ beneficiary: person.number }),
    declaration: { subjectGroup: 'disability-severe', monthlyAmount: '1080000', fromMonth: '2026-11' }, documents: shown('application-form'),
  });
  await walk.working('verification').catch(() => undefined);
  await walk.moveClock(24 * 3);
  await walk.until('the posting to end', (dossier) => dossier.status!.suspensions.some((one) => one.cause === pb.SuspensionCause.POSTING && one.endTime !== undefined));
  walk.tell('Niêm yết công khai 2 ngày làm việc đã xong', counter);
  await walk.complete('verification');
  await walk.moveClock(24);
  await walk.complete('start-decision');
  await walk.complete('payment-list');
  await walk.returnResult(counter);
  const closed = await walk.closed();
  const found = await walk.call(() => walk.hub.social.listBeneficiaries(social.ListBeneficiariesRequest.fromPartial({ person: person.number }), { office: 'social-20410-202507' }));
  const report = await reportOf(walk, found.beneficiaries.length === 1 && closed.status!.state === pb.DossierState.RETURNED, 'được hưởng trợ cấp hàng tháng');
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
  await walk.complete('move-in');
  await walk.complete('move-payment-list');
  await walk.returnResult(newCounter);
  const closed = await walk.closed();
  const asked = closed.documents.every((one) => one.document === 'application-form' || one.origin?.$case === 'evidence');
  return reportOf(walk, asked && closed.status!.state === pb.DossierState.RETURNED, 'hồ sơ hưởng trợ cấp theo người đến xã mới');
}
