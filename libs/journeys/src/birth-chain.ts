/** Birth chain: civil status, then residence and health insurance in parallel, childbirth support; once with a wrong certificate that goes back to the registrar. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { citizen, newborn, shown } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';
const start = '2026-10-05T08:10:00+07:00';

async function submit(walk: Walk): Promise<void> {
  const mother = citizen(walk.unique, 'Nguyễn Thị Hoài');
  await walk.submit(counter, start, {
    procedure: '3.000722', case: 'with-support', applicant: newborn(mother, '2026-10-01', pb.Sex.FEMALE), contact: pb.Contact.fromPartial({ phone: '0905123456' }),
    areas: intake.Areas.fromPartial({ subject: '20410', residence: '20410' }), declaration: { child_name: 'Trần Nguyễn An Nhiên' }, documents: shown('application-form', 'birth-notice'),
  });
}

export async function birthChain(walk: Walk): Promise<JourneyReport> {
  await submit(walk);
  await walk.moveClock(2);
  await walk.complete('civil-status');
  await walk.returnResult(counter);
  await walk.moveClock(24);
  await Promise.all([walk.complete('health-insurance'), walk.complete('residence'), walk.complete('childbirth-support')]);
  await returnAll(walk);
  const closed = await walk.closed();
  return reportOf(walk, closed.status!.state === pb.DossierState.RETURNED, 'giấy khai sinh, cư trú, thẻ bảo hiểm y tế, hỗ trợ sinh con');
}

/** The police find the name misspelt: the registrar corrects it, health insurance looks again, childbirth support was not begun: nothing else is redone. */
export async function birthChainWrongCertificate(walk: Walk): Promise<JourneyReport> {
  await submit(walk);
  await walk.moveClock(2);
  const registrar = await walk.complete('civil-status');
  await walk.complete('health-insurance');
  const residence = await walk.working('residence');
  const back = agency.ReturnLegRequest.fromPartial({ requestId: walk.unique.request('back'), code: walk.code, leg: residence.leg, target: { $case: 'toLeg', value: registrar.leg }, reason: 'Giấy khai sinh ghi sai chữ đệm' });
  await walk.call(() => walk.hub.desk.returnLeg(back, { office: residence.office, officer: 'cb-cu-tru' }));
  walk.tell('Công an trả lại hộ tịch: giấy khai sinh ghi sai', residence.officeName?.vi ?? residence.office);
  await walk.moveClock(3);
  await walk.complete('civil-status', {}, 2);
  const stale = await walk.until('health insurance to be stale', (dossier) => { const leg = walk.leg('health-insurance', dossier); return leg?.state === pb.LegState.STALE && leg; });
  const reopen = agency.ReopenLegRequest.fromPartial({ requestId: walk.unique.request('redo'), code: walk.code, leg: stale.leg, reason: 'giấy khai sinh đã được cấp lại' });
  await walk.call(() => walk.hub.desk.reopenLeg(reopen, { office: stale.office, officer: 'cb-bao-hiem' }));
  await walk.complete('health-insurance', {}, 2);
  await walk.complete('residence');
  await walk.complete('childbirth-support');
  await returnAll(walk);
  const closed = await walk.closed();
  const rounds = Object.fromEntries(closed.legs.map((leg) => [leg.name, leg.round]));
  const ok = rounds['civil-status'] === 2 && rounds['health-insurance'] === 2 && rounds['residence'] === 1 && rounds['childbirth-support'] === 1;
  return reportOf(walk, ok && closed.status!.state === pb.DossierState.RETURNED, 'làm lại đúng hộ tịch và thẻ bảo hiểm y tế');
}

async function returnAll(walk: Walk): Promise<void> {
  await walk.until('all legs done', (dossier) => dossier.legs.every((leg) => leg.state === pb.LegState.DONE));
  await walk.returnResult(counter);
}
