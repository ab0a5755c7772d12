/** A certificate is lost by the post on its way to the door: the post says so, a new one with another number takes its place after the loss was posted, and the dossier that waited for it ends. */
import { dossier as pb, intake, land, postal } from '@lienthong/contract';
import { acceptedByPost, landOffice, seedParcel, traMy, transferUpToTax } from './land-transfer.ts';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';
const postingDays = 16;

export async function resultLost(walk: Walk): Promise<JourneyReport> {
  const seller = citizen(walk.unique, 'Phan Văn Tùng'), buyer = citizen(walk.unique, 'Lương Thị Mai');
  const parcel = await seedParcel(walk, seller);
  await transferUpToTax(walk, { received: '2026-10-05T08:40:00+07:00', seller, buyer, parcel, address: '21 Phan Châu Trinh, phường Hội An' });
  await walk.complete('registration');
  const number = await lostOnTheWay(walk);
  const lost = (await walk.look()).status!.results[0]?.number ?? '';
  await walk.moveClockTo(await reissued(walk.next(), buyer, parcel));
  const after = await certificateOf(walk, parcel);
  // What is handed out is the certificate that stands.
  await walk.returnResult(counter);
  const closed = await walk.closed();
  const { hand } = await walk.call(() => walk.hub.postal.trackConsignment(postal.TrackConsignmentRequest.fromPartial({ number }), { office: counter }));
  const ok = hand === postal.Hand.LOST && lost !== '' && lost !== after.number && after.holder === buyer.number;
  return reportOf(walk, ok && closed.status!.state === pb.DossierState.RETURNED, `bưu gửi ${number} thất lạc; giấy chứng nhận ${lost} được cấp lại thành ${after.number}`);
}

/** The number of the consignment. */
async function lostOnTheWay(walk: Walk): Promise<string> {
  const { number, office } = await acceptedByPost(walk), postman = { office, officer: 'buu-ta' };
  for (const state of [postal.ScanState.COLLECTED, postal.ScanState.IN_TRANSIT]) {
    await walk.moveClock(6);
    await walk.heard(() => walk.hub.postal.scanConsignment(postal.ScanConsignmentRequest.fromPartial({ requestId: walk.unique.request('scan'), number, state, place: 'Hội An' }), postman));
  }
  await walk.moveClock(48);
  await walk.call(() => walk.hub.postal.failConsignment(postal.FailConsignmentRequest.fromPartial({ requestId: walk.unique.request('lost'), number, kind: postal.FailureKind.LOST, place: 'Hội An' }), postman));
  walk.tell(`Bưu điện báo thất lạc bưu gửi ${number}`, office);
  await walk.until('the counter to hear of the loss', (dossier) => dossier.status!.consignments.some((one) => one.state === pb.ConsignmentState.LOST));
  return number;
}

/** The owner asks for another certificate; the loss is posted, the land office exchanges. When the owner had it. */
async function reissued(walk: Walk, owner: Person, parcel: string): Promise<Date> {
  await walk.submit(counter, '2026-11-02T08:10:00+07:00', {
    procedure: '1.012786', case: 'certificate-lost', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: traMy }), subject: intake.Subject.fromPartial({ parcel }), documents: shown('application-form'),
  });
  await walk.moveClock(4);
  await walk.complete('land-check');
  const posting = await walk.until('the posting to begin', (dossier) => { const leg = walk.leg('posting', dossier); return leg?.state === pb.LegState.SUSPENDED && leg; });
  walk.tell('Niêm yết việc mất giấy chứng nhận', posting.officeName?.vi ?? posting.office, posting.sinceTime, posting.dueTime);
  await walk.moveClock(24 * postingDays);
  await walk.until('the posting to end', (dossier) => dossier.status!.suspensions.some((one) => one.cause === pb.SuspensionCause.POSTING && one.endTime !== undefined));
  await walk.complete('posting');
  await walk.moveClock(24);
  await walk.complete('registration');
  await walk.returnResult(counter);
  return (await walk.closed()).clockTime!;
}

async function certificateOf(walk: Walk, parcel: string): Promise<{ readonly number: string; readonly holder: string }> {
  const found = await walk.call(() => walk.hub.land.getParcel(land.GetParcelRequest.fromPartial({ parcel, rehearsal: true }), { office: landOffice }));
  const [right] = found.parcel!.rights, party = right?.holder?.party;
  return { number: right?.certificateNumber ?? '', holder: party?.$case === 'citizen' ? party.value.identityNumber : '' };
}
