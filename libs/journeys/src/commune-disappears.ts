/** A dossier submitted in June 2025 in a commune that was merged on 1/7/2025, and one in Hòa Liên, which was split. */
import { dossier as pb, intake } from '@lienthong/contract';
import { citizen, newborn, shown } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const beforeReform = '2025-06-30T14:00:00+07:00';
const afterReform = new Date('2025-07-01T08:00:00+07:00');

/** Sơn Phong (20410 until 30/6/2025) became part of Hội An ward, which bears the same code. */
export function communeMerged(walk: Walk): Promise<JourneyReport> {
  return acrossReform(walk, { counter: 'counter-20410-202501', area: '20410@2025-01-01', target: '', successor: 'committee-20410-202507', returnAt: 'counter-20410-202507' });
}

/** Hòa Liên was split between Hải Vân and Liên Chiểu: the address given at submission tells which. */
export function communeSplit(walk: Walk): Promise<JourneyReport> {
  return acrossReform(walk, { counter: 'counter-20296-202501', area: '20296@2025-01-01', target: '20194@2025-07-01', successor: 'committee-20194-202507', returnAt: 'counter-20194-202507' });
}

type Case = { readonly counter: string; readonly area: string; readonly target: string; readonly successor: string; readonly returnAt: string };

async function acrossReform(walk: Walk, given: Case): Promise<JourneyReport> {
  const mother = citizen(walk.unique, 'Phan Thị Lành');
  await walk.submit(given.counter, beforeReform, {
    procedure: '1.001193', case: 'ordinary', applicant: newborn(mother, '2025-06-20', pb.Sex.MALE), areas: intake.Areas.fromPartial({ subject: given.area, residence: given.area, target: given.target }), documents: shown('application-form', 'birth-notice'),
  });
  const before = await walk.working('registration');
  await walk.moveClockTo(afterReform);
  walk.counter = given.returnAt;
  const after = await walk.until('the successor to hold it', (dossier) => { const leg = walk.leg('registration', dossier); return leg?.office === given.successor && leg; });
  walk.tell(`Sắp xếp đơn vị hành chính: ${before.officeName?.vi ?? ''} → ${after.officeName?.vi ?? ''}`, after.officeName?.vi ?? '', afterReform);
  await walk.complete('registration');
  await walk.returnResult(given.returnAt);
  const closed = await walk.closed();
  const keepsOldName = closed.status!.history.some((line) => line.kind === 'rehomed' && (line.text?.vi ?? '').includes(before.officeName?.vi ?? '\n'));
  return reportOf(walk, keepsOldName && closed.status!.state === pb.DossierState.RETURNED, `kết thúc tại ${after.officeName?.vi ?? ''}`);
}
