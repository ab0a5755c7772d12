/** What a post office may record of a consignment. Values in, values out. */
import type { AreaId, Bodies, By, CollectedCharge, Commitment, Dong, FailureReason, HandoverProof, ItemId, OfficeId } from '../types.ts';
import { answersFor, mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import type { Consignment, Dossier } from '../dossier.ts';
import { chargesDue, codDue } from '../collection.ts';
import { isCollected, postmanOf } from '../hand-of.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Where a consignment stands: ordered, accepted with a number, or what its last scan or its end says. */
export type ConsignmentState = 'ordered' | 'accepted' | Bodies['consignment-scanned']['state'] | Bodies['consignment-ended']['state'];

export type ConsignmentCommand = { readonly consignment: ItemId; readonly by: By; readonly request: string } & (
  | { readonly kind: 'accept'; readonly number: string }
  /** `proof`: how the sender showed that it was given; `codCollected`: at a home, with papers, else 0; `giver`: commitment to who gave it there. All of `collected` only. */
  | { readonly kind: 'scan'; readonly state: 'collected' | 'in-transit' | 'out-for-delivery'; readonly place: string; readonly proof?: HandoverProof; readonly codCollected?: Dong; readonly giver?: Commitment }
  /** `receiver`: commitment to the name of whoever took it; absent for the addressee. */
  | { readonly kind: 'deliver'; readonly place: string; readonly codCollected: Dong; readonly receiver?: Commitment; readonly proof?: HandoverProof }
  | { readonly kind: 'fail'; readonly failure: 'attempt' | 'returned' | 'lost'; readonly place: string; readonly reason?: FailureReason }
  /** Before it is collected: by whoever sends it, the counter for a home, or the post office that would collect it. */
  | { readonly kind: 'cancel' });

type Case<K extends ConsignmentCommand['kind']> = Extract<ConsignmentCommand, { readonly kind: K }>;
type Rule<K extends ConsignmentCommand['kind']> = (command: Case<K>, consignment: Consignment, dossier: Dossier, context: LawContext) => Outcome;

/** Refusals: UNKNOWN_ITEM, NOT_HOLDER, CLOSED, UNKNOWN_OFFICE, NOT_A_POST_OFFICE, CONSIGNMENT_…, FIELD_MISSING, AMOUNT_DIFFERS. */
export function decideConsignmentCommand(command: ConsignmentCommand, dossier: Dossier, context: LawContext): Outcome {
  const consignment = dossier.consignments.get(command.consignment);
  if (consignment === undefined || dossier.root === null) return no(refuse('UNKNOWN_ITEM', { item: command.consignment }, 'consignment'));
  const refusal = mayCommand(command, consignment, dossier, context);
  return refusal !== null ? no(refusal) : (rules[command.kind] as Rule<ConsignmentCommand['kind']>)(command as never, consignment, dossier, context);
}

/** Any post office may record what it sees on the way; the one that serves the sender accepts, and it or the sender cancels. */
function mayCommand(command: ConsignmentCommand, consignment: Consignment, dossier: Dossier, context: LawContext): Refusal | null {
  const serving = postOfficeOf(dossier, consignment, context);
  const notHolder = (): Refusal => refuse('NOT_HOLDER', { office: officeName(context, command.by.office), leg: consignment.number || consignment.id, holder: officeName(context, serving) }, 'office');
  if (!mine(dossier, context, consignment)) return notHolder();
  if (dossier.root!.closed !== null) return refuse('CLOSED', { code: dossier.root!.body.code });
  const office = context.reference.office(command.by.office);
  if (office === undefined) return refuse('UNKNOWN_OFFICE', { office: command.by.office }, 'office');
  const sends = command.kind === 'cancel' && answersFor(office.id, senderOf(consignment, dossier), dossier, context);
  if (!sends && !office.roles.includes('post-office')) return refuse('NOT_A_POST_OFFICE', { office: office.name.vi }, 'office');
  if (!sends && atSender.has(command.kind) && serving !== '' && office.id !== serving) return notHolder();
  if (consignment.ended !== null) return refuse('CONSIGNMENT_ENDED', { number: consignment.number });
  return !atSender.has(command.kind) && consignment.number === '' ? refuse('CONSIGNMENT_NOT_ACCEPTED', {}) : null;
}

/** What is fetched at a home the counter of the dossier has ordered, for the applicant: it also says that he brings it himself. */
const senderOf = ({ plan: { from } }: Consignment, { root }: Dossier): OfficeId => (from === 'home' ? root!.counter : from);

/** What is done where it is collected, with or without a number. */
const atSender: ReadonlySet<ConsignmentCommand['kind']> = new Set(['accept', 'cancel']);

/** The post office that serves the office where the consignment is collected, now; '' where the data name none. */
export function postOfficeOf(dossier: Dossier, consignment: Consignment, context: Pick<LawContext, 'reference' | 'now'>): OfficeId {
  return postOfficeAt(dossier, consignment.plan.from, context);
}

/** The post office that serves where a consignment goes, now; '' where the data name none. */
export function deliveringOffice(dossier: Dossier, { plan }: Pick<Consignment, 'plan'>, context: Pick<LawContext, 'reference' | 'now'>): OfficeId {
  return postOfficeAt(dossier, plan.to, context);
}

/** A home is taken to be where the applicant resides, else in the area of the counter. */
function postOfficeAt(dossier: Dossier, place: OfficeId | 'home', context: Pick<LawContext, 'reference' | 'now'>): OfficeId {
  const on = localDate(today(dossier, context as LawContext)), { areas: given } = dossier.root?.body ?? { areas: {} as { readonly residence?: AreaId; readonly counter?: AreaId } };
  const areas = [...(place === 'home' ? [given.residence ?? ''] : context.reference.office(place)?.serves ?? []), given.counter ?? ''];
  for (const area of areas) {
    const found = area === '' ? undefined : context.reference.competentOffice('post-office', area, on);
    if (found !== undefined) return found.id;
  }
  return '';
}

export function stateOfConsignment(consignment: Consignment): ConsignmentState {
  const last = consignment.scans.at(-1);
  if (last !== undefined) return last.state as ConsignmentState;
  return consignment.number === '' ? 'ordered' : 'accepted';
}

/** What may be recorded in which state. A scan between may be missing, for papers travel whether or not somebody scans; collecting may not. */
const recordable: Readonly<Record<string, readonly ConsignmentState[]>> = {
  'collected': ['accepted'],
  'in-transit': ['collected', 'in-transit', 'out-for-delivery', 'failed'],
  'out-for-delivery': ['collected', 'in-transit', 'failed'],
  'attempt': ['out-for-delivery'],
  'delivered': ['collected', 'in-transit', 'out-for-delivery', 'failed'],
  'returned': ['collected', 'in-transit', 'out-for-delivery', 'failed'],
  'lost': ['collected', 'in-transit', 'out-for-delivery', 'failed'],
};

function outOfOrder(what: string, consignment: Consignment, { by, place }: { readonly by: By; readonly place: string }, context: LawContext): Refusal | null {
  const postman = postmanOf(consignment);
  if (postman !== null && postman !== by.office) return refuse('CONSIGNMENT_ELSEWHERE', { number: consignment.number, holder: officeName(context, postman), office: officeName(context, by.office), command: what });
  const state = isCollected(consignment) ? stateOfConsignment(consignment) : consignment.number === '' ? 'ordered' : 'accepted';
  // Only to a home does somebody go who may find nobody there.
  if (!recordable[what]!.includes(state) && !(what === 'attempt' && state === 'accepted' && consignment.plan.from === 'home')) return refuse('CONSIGNMENT_OUT_OF_ORDER', { number: consignment.number, state, command: what });
  return place === '' ? refuse('FIELD_MISSING', { field: 'place' }, 'place') : null;
}

const cause = (command: ConsignmentCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

const accept: Rule<'accept'> = (command, consignment) => {
  if (consignment.number !== '') return no(refuse('CONSIGNMENT_ACCEPTED', { number: consignment.number }));
  if (command.number === '') return no(refuse('FIELD_MISSING', { field: 'number' }, 'number'));
  return entries({ item: consignment.id, kind: 'consignment-accepted', body: { number: command.number, ...cause(command) } });
};

const scan: Rule<'scan'> = (command, consignment, dossier, context) => {
  const refusal = outOfOrder(command.state, consignment, command, context);
  if (refusal !== null) return no(refusal);
  if (command.state !== 'collected') return underWay(command, consignment);
  const taken = atDoor(consignment.plan.from, command.codCollected ?? 0, consignment, dossier), unproved = proofRefusal(command.proof, consignment);
  if ('refusal' in taken) return no(taken.refusal);
  if (unproved !== null) return no(unproved);
  const giver = command.giver === undefined ? {} : { giver: command.giver };
  return entries({ item: consignment.id, kind: 'consignment-scanned', body: { state: command.state, place: command.place, ...proved(command.proof), ...taken, ...giver, ...cause(command) } });
};

/** On the way nobody pays: money that was taken there belongs somewhere else, and a person must look. */
function underWay({ codCollected = 0, state, place, ...said }: Case<'scan'>, { id }: Consignment): Outcome {
  return codCollected === 0 ? entries({ item: id, kind: 'consignment-scanned', body: { state, place, by: said.by, request: said.request } }) : no(refuse('AMOUNT_DIFFERS', { amount: String(codCollected), due: '0' }, 'cod_collected'));
}

/** Originals and papers change hands for a code or a signature; a result may be left with whoever is named. */
function proofRefusal(proof: HandoverProof | undefined, { plan, number }: Consignment): Refusal | null {
  return proof === undefined && plan.carries !== 'result' ? refuse('HANDOVER_UNPROVED', { number }, 'proof') : null;
}

const proved = (proof: HandoverProof | undefined): { readonly proof?: HandoverProof } => (proof === undefined ? {} : { proof });

/** What is taken at a door is all that is still owed, to the đồng; anywhere else nothing is. */
function atDoor(place: OfficeId | 'home', given: Dong, consignment: Consignment, dossier: Dossier): { readonly collected?: readonly CollectedCharge[] } | { readonly refusal: Refusal } {
  const due = place === 'home' ? codDue(dossier, consignment) : 0;
  if (given !== due) return { refusal: refuse('AMOUNT_DIFFERS', { amount: String(given), due: String(due) }, 'cod_collected') };
  return consignment.plan.charges === undefined || due === 0 ? {} : { collected: chargesDue(dossier, consignment) };
}

const deliver: Rule<'deliver'> = (command, consignment, dossier, context) => {
  const refusal = outOfOrder('delivered', consignment, command, context) ?? proofRefusal(command.proof, consignment);
  if (refusal !== null) return no(refusal);
  const taken = atDoor(consignment.plan.to, command.codCollected, consignment, dossier);
  if ('refusal' in taken) return no(taken.refusal);
  const receiver = command.receiver === undefined ? {} : { receiver: command.receiver };
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: 'delivered', place: command.place, ...receiver, ...proved(command.proof), ...taken, ...cause(command) } });
};

const fail: Rule<'fail'> = (command, consignment, _dossier, context) => {
  const refusal = outOfOrder(command.failure, consignment, command, context);
  if (refusal !== null) return no(refusal);
  const reason = command.reason === undefined ? {} : { reason: command.reason };
  if (command.failure === 'attempt') return entries({ item: consignment.id, kind: 'consignment-scanned', body: { state: 'failed', place: command.place, ...reason, ...cause(command) } });
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: command.failure, place: command.place, ...reason, ...cause(command) } });
};

const cancel: Rule<'cancel'> = (command, consignment, _dossier, context) => {
  if (isCollected(consignment)) return no(refuse('CONSIGNMENT_COLLECTED', { number: consignment.number }));
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: 'cancelled', place: officeName(context, command.by.office), ...cause(command) } });
};

const rules: { readonly [K in ConsignmentCommand['kind']]: Rule<K> } = { accept, scan, deliver, fail, cancel };
