/** A dossier that goes by post: papers and the fee are collected at a home, the form goes on to the registrar, the certificate to the door. Every call is repeated with its request id until it is answered. */
import { agency, dossier as pb, intake, postal } from '@lienthong/contract';
import { Walk } from '@lienthong/journeys';
import type { HubClient, Unique } from '@lienthong/journeys';
import { counter } from './birth.ts';
import { handInShop } from './errands.ts';
import type { Errand } from './errands.ts';

const postOffice = 'post-503-202501', postman = { office: postOffice, officer: 'buu-ta' }, place = 'Hội An';
const home = '12 Lê Lợi, phường Hội An', fromHome = 'member-authority', fromCounter = 'application-form';

export type HandedIn = { readonly unique: Unique; readonly code: string; readonly folder: string };

/** A household business whose certificate is to come to the door. */
export async function handInForPost(hub: HubClient): Promise<HandedIn> {
  const { walk: { unique, code, folder } } = await handInShop(hub, { way: pb.ReturnWay.POST, receiverName: 'Phan Thị Thật', deliveryAddress: home });
  return { unique, code, folder };
}

/** From what was handed in to its end. */
export async function postErrand(hub: HubClient, { unique, code, folder }: HandedIn): Promise<Errand> {
  const walk = Object.assign(new Walk('post', hub, unique, () => {}), { code, folder, counter });
  await papersWithFee(walk);
  await formToRegistrar(walk);
  for (const leg of ['registration', 'tax-code', 'certificate']) await walk.complete(leg);
  const result = await parcelOf(walk, pb.Carries.RESULT);
  await collect(walk, result);
  await scan(walk, result, { state: postal.ScanState.OUT_FOR_DELIVERY });
  await deliver(walk, result, {});
  await walk.closed();
  return { code, folder };
}

/** The fee is paid with them, and no leg works before. */
async function papersWithFee(walk: Walk): Promise<void> {
  const order = intake.OrderPickUpRequest.fromPartial({ requestId: walk.unique.request('pick-up'), code: walk.code, documents: [fromHome], address: home, giverName: 'Phan Thị Thật', phone: '0905000222', collectCharges: true });
  await walk.call(() => walk.hub.intake.orderPickUp(order, { office: counter }));
  const papers = await parcelOf(walk, pb.Carries.PAPERS);
  if (papers.codAmount <= 0n) throw new Error('nothing is to be collected at the door');
  await scan(walk, papers, { state: postal.ScanState.COLLECTED, codCollected: papers.codAmount, signedBy: 'Phan Thị Thật' });
  await walk.until('the fee to be paid', (dossier) => dossier.status!.charges[0]!.state === pb.ChargeState.PAID);
  await deliver(walk, papers, { handoverCode: await codeOf(walk, papers, counter) });
  await counted(walk, papers);
  const request = intake.ConfirmConsignmentRequest.fromPartial({ requestId: walk.unique.request('count'), code: walk.code, consignment: papers.consignment, received: [fromHome] });
  await walk.heard(() => walk.hub.intake.confirmConsignment(request, { office: counter }));
}

async function formToRegistrar(walk: Walk): Promise<void> {
  const { office, leg } = await walk.working('registration');
  const send = intake.SendOriginalsRequest.fromPartial({ requestId: walk.unique.request('send'), code: walk.code, toOffice: office, documents: [fromCounter] });
  await walk.call(() => walk.hub.intake.sendOriginals(send, { office: counter }));
  const originals = await parcelOf(walk, pb.Carries.ORIGINALS);
  await collect(walk, originals, { handoverCode: await codeOf(walk, originals, counter) });
  await deliver(walk, originals, { handoverCode: await codeOf(walk, originals, office) });
  await counted(walk, originals);
  const request = agency.ConfirmConsignmentRequest.fromPartial({ requestId: walk.unique.request('count'), code: walk.code, leg, consignment: originals.consignment, received: [fromCounter] });
  await walk.heard(() => walk.hub.desk.confirmConsignment(request, { office }));
}

/** The consignment with these, once the post has accepted it. */
function parcelOf(walk: Walk, carries: pb.Carries): Promise<pb.ConsignmentView> {
  return walk.until('the post to accept', ({ status }) => status!.consignments.find((one) => one.carries === carries && one.number !== ''));
}

/** Its delivery is known at the counter, so it may be counted. */
function counted(walk: Walk, { consignment }: pb.ConsignmentView): Promise<unknown> {
  return walk.until('a delivery to be heard of', ({ status }) => status!.consignments.some((one) => one.consignment === consignment && one.awaitsConfirmation));
}

async function codeOf(walk: Walk, { consignment }: pb.ConsignmentView, office: string): Promise<string> {
  const { handoverCode } = await walk.heard(() => walk.hub.postal.getHandoverCode(postal.GetHandoverCodeRequest.fromPartial({ code: walk.code, consignment }), { office }));
  return handoverCode;
}

function scan(walk: Walk, { number }: pb.ConsignmentView, more: Partial<postal.ScanConsignmentRequest>): Promise<unknown> {
  const request = postal.ScanConsignmentRequest.fromPartial({ requestId: walk.unique.request('scan'), number, place, ...more });
  return walk.heard(() => walk.hub.postal.scanConsignment(request, postman));
}

const collect = (walk: Walk, parcel: pb.ConsignmentView, more: Partial<postal.ScanConsignmentRequest> = {}): Promise<unknown> => scan(walk, parcel, { state: postal.ScanState.COLLECTED, ...more });

function deliver(walk: Walk, { number }: pb.ConsignmentView, more: Partial<postal.DeliverConsignmentRequest>): Promise<unknown> {
  const request = postal.DeliverConsignmentRequest.fromPartial({ requestId: walk.unique.request('deliver'), number, place, ...more });
  return walk.heard(() => walk.hub.postal.deliverConsignment(request, postman));
}
