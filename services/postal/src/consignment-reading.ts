/** Looking at consignments: those of a post office with where to deliver them, and the way of one by its number. */
import { dossier as pb, postal } from '@lienthong/contract';
import { actingFor, checkKnownValue, checkKnownValues, contextOf, consignmentState, consignmentView, officeText, onSide, sideOf, officesOf, pageOf, readDossier } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { addressOf, deliveringOffice, handOf, originalsOf, postOfficeOf } from '@lienthong/law';
import type { Commitment, Consignment, Dossier, FolderId, Hand, OfficeId } from '@lienthong/law';
import { errandFields, errandOf, findConsignment } from './consignment-index.ts';
import { deliveryOf } from './delivery-part.ts';

type Listed = { readonly consignment: postal.PostalConsignment; readonly folder: FolderId; readonly address: Commitment | undefined };

export async function listConsignments(host: Host, request: postal.ListConsignmentsRequest, call: Call): Promise<postal.ListConsignmentsResponse> {
  const { office } = actingFor(call, request.office);
  const isPost = host.environment.reference.office(office)?.roles.includes('post-office') === true;
  const context = contextOf(host);
  checkKnownValues('states', request.states, pb.ConsignmentState);
  checkKnownValue('errand', request.errand, postal.Errand);
  const errand = errands[request.errand];
  const wanted = (one: Consignment): boolean => (request.states.length === 0 ? one.ended === null : request.states.includes(consignmentState(one)));
  const page = request.code === '' && errand !== undefined
    ? await pageOf(host, errandFields[errand], onSide(sideOf(request.rehearsal), office), request, (dossier, folder) => listed(host, dossier, folder, (one) => errandOf[errand](dossier, one, context).includes(office)))
    : request.code === ''
    ? await pageOf(host, request.states.length === 0 ? 'open-consignments' : 'consignments', office, request, (dossier, folder) => (dossier.root?.body.rehearsal === request.rehearsal ? listed(host, dossier, folder, (one) => wanted(one) && postOfficeOf(dossier, one, context) === office) : []))
    : await pageOf(host, 'code', await codeSeenBy(host, request.code, office, isPost, call), request, (dossier, folder) => listed(host, dossier, folder, wanted));
  return { consignments: await Promise.all(page.items.map((one) => (isPost ? withDelivery(host, one) : one.consignment))), nextPageToken: page.nextPageToken };
}

/** Post offices may look at any dossier's consignments, others at those of their own dossiers, without names. */
async function codeSeenBy(host: Host, code: string, office: OfficeId, isPost: boolean, call: Call): Promise<string> {
  const may = await readDossier(host, code, (dossier) => isPost || officesOf(dossier).has(office));
  if (!may) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
  return code;
}

function listed(host: Host, dossier: Dossier, folder: FolderId, wanted: (one: Consignment) => boolean): Listed[] {
  return [...dossier.consignments.values()].filter(wanted).map((one) => ({
    consignment: postalView(host, dossier, one), folder, address: addressOf(dossier, one),
  }));
}

function postalView(host: Host, dossier: Dossier, one: Consignment): postal.PostalConsignment {
  const { environment } = host;
  const { from, to } = one.plan, door = to === 'home', home = from === 'home', { code, rehearsal } = dossier.root!.body, hand = handOf(one);
  return {
    code, consignment: consignmentView(one, dossier), fromOffice: home ? '' : from, fromOfficeName: home ? undefined : officeText(environment, from), toOffice: door ? '' : to, toOfficeName: door ? undefined : officeText(environment, to),
    receiverName: '', receiverAddress: '', receiverPhone: '', senderName: '', senderAddress: '', senderPhone: '', orderTime: new Date(one.openedAt), rehearsal,
    documents: (one.plan.originals ?? []).map(({ document }) => document), deliveringOffice: deliveringOffice(dossier, one, contextOf(host)), hand: hands[hand.kind], handOffice: handOffice(hand),
  };
}

async function withDelivery(host: Host, { consignment, folder, address: part }: Listed): Promise<postal.PostalConsignment> {
  const { receiver, address, phone } = await deliveryOf(host, folder, part);
  if (consignment.fromOffice === '') return { ...consignment, senderName: receiver, senderAddress: address, senderPhone: phone };
  return { ...consignment, receiverName: receiver, receiverAddress: address, receiverPhone: phone };
}

/** Without names: whoever has the number may know where it is. */
export async function trackConsignment(host: Host, request: postal.TrackConsignmentRequest): Promise<postal.TrackConsignmentResponse> {
  const found = await findConsignment(host, request.number);
  return readDossier(host, found.code, (dossier) => {
    const { code: _code, ...way } = wayOf(dossier, dossier.consignments.get(found.consignment)!);
    return way;
  });
}

/** Without names. */
export function wayOf(dossier: Dossier, one: Consignment): postal.TrackedConsignment & { readonly consignment: pb.ConsignmentView } {
  const hand = handOf(one);
  return {
    code: dossier.root!.body.code, consignment: consignmentView(one, dossier), scans: one.scans.map((scan) => ({ time: new Date(scan.at), state: stateOfScan(one, scan), place: scan.place })),
    hand: hands[hand.kind], handOffice: handOffice(hand),
  };
}

function handOffice(hand: Hand): string {
  const place = 'office' in hand ? hand.office : hand.place;
  return place === 'home' ? '' : place;
}

/** For the offices of the dossier and the post. */
export async function listOriginals(host: Host, request: postal.ListOriginalsRequest, call: Call): Promise<postal.ListOriginalsResponse> {
  const { office } = actingFor(call, request.office), isPost = host.environment.reference.office(office)?.roles.includes('post-office') === true;
  const code = await codeSeenBy(host, request.code, office, isPost, call);
  return readDossier(host, code, (dossier) => ({ originals: originalsOf(dossier).map(({ document, hand, carrier }) => ({ document, hand: hands[hand.kind], handOffice: handOffice(hand), consignment: carrier?.id ?? '' })) }));
}

const errands: Readonly<Record<number, keyof typeof errandFields>> = { [postal.Errand.COLLECT]: 'collect', [postal.Errand.DELIVER]: 'deliver', [postal.Errand.INCOMING]: 'incoming', [postal.Errand.OUTGOING]: 'outgoing' };

const hands: Readonly<Record<Hand['kind'], postal.Hand>> = { sender: postal.Hand.SENDER, post: postal.Hand.POST, receiver: postal.Hand.RECEIVER, lost: postal.Hand.LOST };

function stateOfScan(one: Consignment, scan: Consignment['scans'][number]): pb.ConsignmentState {
  return consignmentState({ ...one, scans: [scan] });
}
