/** What a post office may record of a consignment. Values in, values out. */
import type { Bodies, By, Commitment, Dong, ItemId, OfficeId } from '../types.ts';
import { mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import type { Consignment, Dossier } from '../dossier.ts';
import { postmanOf } from '../hand-of.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Where a consignment stands: ordered, accepted with a number, or what its last scan or its end says. */
export type ConsignmentState = 'ordered' | 'accepted' | Bodies['consignment-scanned']['state'] | Bodies['consignment-ended']['state'];

export type ConsignmentCommand = { readonly consignment: ItemId; readonly by: By; readonly request: string } & (
  | { readonly kind: 'accept'; readonly number: string }
  | { readonly kind: 'scan'; readonly state: 'collected' | 'in-transit' | 'out-for-delivery'; readonly place: string }
  /** `receiver`: commitment to the name of whoever took it; absent for the addressee. */
  | { readonly kind: 'deliver'; readonly place: string; readonly codCollected: Dong; readonly receiver?: Commitment }
  | { readonly kind: 'fail'; readonly failure: 'attempt' | 'returned' | 'lost'; readonly place: string }
  /** Before it is collected: by whoever sends it, or the post office that would collect it. */
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
  const sends = command.kind === 'cancel' && office.id === consignment.plan.from;
  if (!sends && !office.roles.includes('post-office')) return refuse('NOT_A_POST_OFFICE', { office: office.name.vi }, 'office');
  if (!sends && atSender.has(command.kind) && serving !== '' && office.id !== serving) return notHolder();
  if (consignment.ended !== null) return refuse('CONSIGNMENT_ENDED', { number: consignment.number });
  return !atSender.has(command.kind) && consignment.number === '' ? refuse('CONSIGNMENT_NOT_ACCEPTED', {}) : null;
}

/** What is done where it is collected, with or without a number. */
const atSender: ReadonlySet<ConsignmentCommand['kind']> = new Set(['accept', 'cancel']);

/** The post office that serves the office where the consignment is collected, now; '' where the data name none. */
export function postOfficeOf(dossier: Dossier, consignment: Consignment, context: Pick<LawContext, 'reference' | 'now'>): OfficeId {
  const on = localDate(today(dossier, context as LawContext));
  const areas = [...context.reference.office(consignment.plan.from)?.serves ?? [], dossier.root?.body.areas.counter ?? ''];
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
  const state = stateOfConsignment(consignment);
  if (!recordable[what]!.includes(state)) return refuse('CONSIGNMENT_OUT_OF_ORDER', { number: consignment.number, state, command: what });
  return place === '' ? refuse('FIELD_MISSING', { field: 'place' }, 'place') : null;
}

const cause = (command: ConsignmentCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

const accept: Rule<'accept'> = (command, consignment) => {
  if (consignment.number !== '') return no(refuse('CONSIGNMENT_ACCEPTED', { number: consignment.number }));
  if (command.number === '') return no(refuse('FIELD_MISSING', { field: 'number' }, 'number'));
  return entries({ item: consignment.id, kind: 'consignment-accepted', body: { number: command.number, ...cause(command) } });
};

const scan: Rule<'scan'> = (command, consignment, _dossier, context) => {
  const refusal = outOfOrder(command.state, consignment, command, context);
  return refusal !== null ? no(refusal) : entries({ item: consignment.id, kind: 'consignment-scanned', body: { state: command.state, place: command.place, ...cause(command) } });
};

const deliver: Rule<'deliver'> = (command, consignment, _dossier, context) => {
  const refusal = outOfOrder('delivered', consignment, command, context);
  if (refusal !== null) return no(refusal);
  const { cod } = consignment.plan;
  if (command.codCollected !== cod) return no(refuse('AMOUNT_DIFFERS', { amount: String(command.codCollected), due: String(cod) }, 'cod_collected'));
  const receiver = command.receiver === undefined ? {} : { receiver: command.receiver };
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: 'delivered', place: command.place, ...receiver, ...cause(command) } });
};

const fail: Rule<'fail'> = (command, consignment, _dossier, context) => {
  const refusal = outOfOrder(command.failure, consignment, command, context);
  if (refusal !== null) return no(refusal);
  if (command.failure === 'attempt') return entries({ item: consignment.id, kind: 'consignment-scanned', body: { state: 'failed', place: command.place, ...cause(command) } });
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: command.failure, place: command.place, ...cause(command) } });
};

const cancel: Rule<'cancel'> = (command, consignment, _dossier, context) => {
  if (consignment.scans.length > 0) return no(refuse('CONSIGNMENT_COLLECTED', { number: consignment.number }));
  return entries({ item: consignment.id, kind: 'consignment-ended', ends: true, body: { state: 'cancelled', place: officeName(context, command.by.office), ...cause(command) } });
};

const rules: { readonly [K in ConsignmentCommand['kind']]: Rule<K> } = { accept, scan, deliver, fail, cancel };
