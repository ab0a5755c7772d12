/** An officer asks for a paper that the land register holds: refused with where it is held, and the evidence is attached instead. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { CallError } from '@lienthong/rpc-grpc';
import { deliver, payTax, seedParcel, traMy } from './land-transfer.ts';
import { citizen, shown } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';

export async function askedTwice(walk: Walk): Promise<JourneyReport> {
  const owner = citizen(walk.unique, 'Lê Thị Thu'), buyer = citizen(walk.unique, 'Hồ Văn Bình');
  const parcel = await seedParcel(walk, owner);
  await walk.submit(counter, '2026-10-06T09:00:00+07:00', {
    procedure: '1.013831', case: 'gift', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: traMy }), subject: intake.Subject.fromPartial({ parcel }),
    declaration: { transfereeIdentityNumber: buyer.number, transfereeName: buyer.name }, documents: shown('application-form', 'transfer-contract'),
    returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, receiverName: buyer.name, deliveryAddress: '2 Bạch Đằng, phường Hội An' }),
  });
  const leg = await walk.working('land-check');
  const ask = agency.RequestSupplementRequest.fromPartial({ requestId: walk.unique.request('ask'), code: walk.code, leg: leg.leg, documents: ['land-certificate'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'Thiếu giấy chứng nhận' });
  const refusal = await walk.call(() => walk.hub.desk.requestSupplement(ask, { office: leg.office, officer: 'cb-dia-chinh' })).then(() => undefined, (error: unknown) => error);
  const refused = refusal instanceof CallError && refusal.reason === 'ALREADY_HELD';
  if (!refused) throw refusal instanceof Error ? refusal : new Error('the supplement request for a held paper was not refused');
  walk.tell(`Từ chối yêu cầu bổ sung: ${refusal.message}`, leg.officeName?.vi ?? leg.office);
  await attachInstead(walk, leg, refusal.metadata['evidenceId'] ?? '');
  await walk.complete('land-check');
  await walk.moveClock(24);
  await payTax(walk);
  await walk.complete('tax-notice');
  await walk.complete('registration');
  await deliver(walk);
  const closed = await walk.closed();
  const held = closed.documents.filter((one) => one.document === 'land-certificate');
  const ok = held.length > 0 && held.every((one) => one.origin?.$case === 'evidence') && closed.status!.suspensions.every((one) => one.cause !== pb.SuspensionCause.SUPPLEMENT);
  return reportOf(walk, ok && closed.status!.state === pb.DossierState.RETURNED, 'không hỏi lại giấy tờ đã có; dữ liệu đất đai được gắn thay');
}

async function attachInstead(walk: Walk, leg: pb.LegView, evidenceId: string): Promise<void> {
  const attach = agency.AttachEvidenceRequest.fromPartial({ requestId: walk.unique.request('attach'), code: walk.code, leg: leg.leg, evidence: { document: 'land-certificate', evidence: { service: 'land', evidence: evidenceId } } });
  await walk.call(() => walk.hub.desk.attachEvidence(attach, { office: leg.office, officer: 'cb-dia-chinh' }));
  walk.tell(`Gắn dữ liệu ${evidenceId} thay giấy tờ`, leg.officeName?.vi ?? leg.office);
}

