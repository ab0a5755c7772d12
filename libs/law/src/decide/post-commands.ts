/** What an office, or a counter for the applicant, orders of the post: originals that follow the dossier, papers from home, a result to another counter; and what it found when they came. */
import type { By, CarriedOriginal, Commitment, ConsignmentPlan, Draft, EntryRef, ItemId, OfficeId } from '../types.ts';
import { answersFor, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { confirmationOf, deliveryAddress, liesAt, originalOf, originalsOf, pickUpAddress } from '../originals.ts';
import type { Original } from '../originals.ts';
import { sameRef } from '../dossier.ts';
import type { Consignment, Dossier, Root } from '../dossier.ts';
import { documentsOf } from '../documents-given.ts';
import { endedOffice } from '../ended-office.ts';
import { resultsToReturn, returnBlockedBy } from '../itinerary.ts';
import { requiredDocument } from '../pinned-rules.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** `item`: of whoever writes for the office, the dossier's own or a leg. */
export type Posting = { readonly item: ItemId; readonly by: By; readonly request: string };

/** What is said of papers: they lie where they lie, whatever becomes of a leg, so the office where they are may always say it. */
const paperCommands: ReadonlySet<string> = new Set(['send-originals', 'confirm-consignment']);
export const isOfPapers = ({ kind }: { readonly kind: string }): boolean => paperCommands.has(kind);

/** Originals in one consignment. */
export const maxOriginals = 50;

const cause = ({ by, request }: Posting): { by: By; request: string } => ({ by, request });

function ordered(plan: Omit<ConsignmentPlan, 'type'>, context: LawContext): { readonly items: readonly [ConsignmentPlan]; readonly creates: readonly string[] } {
  return { items: [{ type: 'consignment', ...plan }], creates: [context.authorOf(context.hosts.post)] };
}

/** From the office that has them to another of the dossier, to a counter, or back home. Refusals: FIELD_…, DOCUMENT_UNKNOWN, UNKNOWN_OFFICE, OFFICE_NOT_IN_FORCE, NOT_IN_DOSSIER, ORIGINAL_ELSEWHERE. */
export function sendOriginals(posting: Posting, to: OfficeId | 'home', documents: readonly string[], dossier: Dossier, context: LawContext): Outcome {
  const from = posting.by.office, refusal = documentsRefusal(documents, dossier, context) ?? addresseeRefusal(to, from, dossier, context) ?? elsewhere(documents, from, dossier, context);
  return refusal !== null ? no(refusal) : entries(originalsDraft(posting.item, { from, to, documents }, dossier, context, cause(posting)));
}

export function originalsDraft(item: ItemId, { from, to, documents }: { readonly from: OfficeId; readonly to: OfficeId | 'home'; readonly documents: readonly string[] }, dossier: Dossier, context: LawContext, said: object = {}): Draft {
  const { items, creates } = ordered({ carries: 'originals', from, to, cod: 0, results: [], originals: carried(documents, dossier) }, context);
  return { item, kind: 'originals-sent', creates, body: { to, ...said, items } };
}

const carried = (documents: readonly string[], dossier: Dossier): readonly CarriedOriginal[] => documents.map((document) => ({ document, by: originalOf(dossier, document).carrier?.id ?? '' }));

function documentsRefusal(documents: readonly string[], dossier: Dossier, context: LawContext): Refusal | null {
  if (documents.length === 0) return refuse('FIELD_MISSING', { field: 'documents' }, 'documents');
  if (documents.length > maxOriginals || new Set(documents).size < documents.length) return refuse('FIELD_INVALID', { field: 'documents', problem: `≤ ${maxOriginals}, không trùng` }, 'documents');
  const { body: { procedure, procedureFrom } } = dossier.root!, known = context.reference.procedure(procedure, procedureFrom) !== undefined;
  const stranger = documents.find((one) => known && requiredDocument(dossier, one, context) === undefined);
  return stranger === undefined ? null : refuse('DOCUMENT_UNKNOWN', { document: stranger, procedure }, 'documents');
}

/** Only who takes part in the dossier, or any counter, can say that they came. */
function addresseeRefusal(to: OfficeId | 'home', from: OfficeId | 'home', dossier: Dossier, context: LawContext): Refusal | null {
  const root = dossier.root!;
  if (to === 'home') return root.particulars.has(deliveryAddress) || root.particulars.has(pickUpAddress) ? null : refuse('FIELD_MISSING', { field: 'delivery_address' }, 'to_office');
  const office = context.reference.office(to), on = localDate(today(dossier, context));
  if (office === undefined) return refuse('UNKNOWN_OFFICE', { office: to }, 'to_office');
  const ended = endedOffice(office, on, 'to_office', context);
  if (ended !== null) return ended;
  if (to === from) return refuse('FIELD_INVALID', { field: 'to_office', problem: to }, 'to_office');
  const takesPart = office.roles.includes('counter') || office.roles.includes('post-office') || [...dossier.legs.values()].some((leg) => leg.office === to && leg.plan.task !== true);
  return takesPart ? null : refuse('NOT_IN_DOSSIER', { office: office.name.vi, code: root.body.code }, 'to_office');
}

/** Null when the office has an original of the dossier that may go. */
export function nothingToSend(office: OfficeId, dossier: Dossier, context: LawContext): Refusal | null {
  const known = new Set([...documentsOf(dossier), ...originalsOf(dossier)].map(({ document }) => document));
  const refusals = [...known].map((document) => documentsRefusal([document], dossier, context) ?? elsewhere([document], office, dossier, context));
  return refusals.includes(null) ? null : refusals[0] ?? refuse('FIELD_MISSING', { field: 'documents' }, 'documents');
}

function elsewhere(documents: readonly string[], from: OfficeId | 'home', dossier: Dossier, context: LawContext): Refusal | null {
  for (const document of documents) {
    const original = originalOf(dossier, document), place = liesAt(dossier, original);
    if (place === from || (place !== null && from !== 'home' && answersFor(from, place, dossier, context))) continue;
    return refuse('ORIGINAL_ELSEWHERE', { document, holder: holderOf(original, place, context), office: nameOf(from, context) }, 'documents');
  }
  return null;
}

/** What lies there and may not go is bound to a consignment: to one that is ordered, or to one of which nobody has said that it came. */
function holderOf({ hand, carrier }: Original, place: OfficeId | 'home' | null, context: LawContext): string {
  const holder = nameOf('office' in hand ? hand.office : hand.place, context);
  return place !== null || carrier === null || !('place' in hand) ? holder : `${holder} (bưu gửi ${carrier.number}${carrier.number === '' ? '' : ' '}${carrier.ended === null ? 'đã đặt' : 'chờ xác nhận'})`;
}

const nameOf = (place: OfficeId | 'home', context: LawContext): string => (place === 'home' ? 'nhà người nộp' : officeName(context, place));

/** Papers of a dossier that was received: before there is one, a post office receives it as a counter does. `charges`: what is still owed is collected with them. */
export function orderPickUp(posting: Posting, { to, documents, collect, where }: { readonly to: OfficeId; readonly documents: readonly string[]; readonly collect: boolean; readonly where?: Commitment }, dossier: Dossier, context: LawContext): Outcome {
  const refusal = documentsRefusal(documents, dossier, context) ?? addresseeRefusal(to, 'home', dossier, context) ?? elsewhere(documents, 'home', dossier, context);
  if (refusal !== null) return no(refusal);
  const { root, charges } = dossier;
  if (where === undefined && !root!.particulars.has(pickUpAddress) && !root!.particulars.has(deliveryAddress)) return no(refuse('FIELD_MISSING', { field: 'address' }, 'address'));
  const owed = collect ? [...charges.values()].filter((one) => one.status === 'open') : [];
  const { items, creates } = ordered({
    carries: 'papers', from: 'home', to, cod: owed.reduce((sum, one) => sum + one.plan.amount, 0), results: [], originals: carried(documents, dossier), ...(owed.length === 0 ? {} : { charges: owed.map((one) => one.id) }),
  }, context);
  return entries({ item: posting.item, kind: 'pick-up-ordered', creates, body: { ...(where === undefined ? {} : { particulars: [where] }), ...cause(posting), items } });
}

/** A result that waits goes to another counter, or to the door (again). Refusals: NOTHING_TO_RETURN, RESULT_UNPAID and those of an addressee. */
export function sendResult(posting: Posting, to: OfficeId | 'home', dossier: Dossier, root: Root, context: LawContext): Outcome {
  const office = to === 'home' ? undefined : context.reference.office(to);
  if (office !== undefined && !office.roles.includes('counter') && !office.roles.includes('post-office')) return no(refuse('NOT_A_COUNTER', { office: office.name.vi }, 'to_office'));
  const refusal = addresseeRefusal(to, posting.by.office, dossier, context);
  if (refusal !== null) return no(refusal);
  const results = resultsToReturn(dossier).filter((ref) => !underWay(dossier, ref));
  if (results.length === 0) return no(refuse('NOTHING_TO_RETURN', { code: root.body.code }));
  const unpaid = to === 'home' ? returnBlockedBy(dossier) : [];
  if (unpaid.length > 0) return no(refuse('RESULT_UNPAID', { code: root.body.code, charges: unpaid.map((one) => one.vi).join(', ') }));
  const { items, creates } = ordered({ carries: 'result', from: posting.by.office, to, cod: 0, results }, context);
  return entries({ item: posting.item, kind: 'result-sent', creates, cites: results, body: { results, to, ...cause(posting), items } });
}

function underWay(dossier: Dossier, ref: EntryRef): boolean {
  return [...dossier.consignments.values()].some(({ ended, plan }) => (ended === null || ended.state === 'lost') && plan.results.some((one) => sameRef(one, ref)));
}

/** `received`: what was in it; the rest of what it should hold is missing. Refusals: UNKNOWN_ITEM, NOT_THE_ADDRESSEE, CONSIGNMENT_NOT_DELIVERED, CONSIGNMENT_CONFIRMED, FIELD_INVALID. */
export function confirmConsignment(posting: Posting, { consignment: id, received }: { readonly consignment: ItemId; readonly received: readonly string[] }, dossier: Dossier, context: LawContext): Outcome {
  const one = dossier.consignments.get(id);
  if (one === undefined) return no(refuse('UNKNOWN_ITEM', { item: id }, 'consignment'));
  const { plan, number } = one, refusal = confirmRefusal(posting, one, dossier, context);
  if (refusal !== null) return no(refusal);
  const sent = (plan.originals ?? []).map(({ document }) => document), stranger = received.find((document) => !sent.includes(document));
  if (stranger !== undefined) return no(refuse('FIELD_INVALID', { field: 'received', problem: `${stranger}: ${number}` }, 'received'));
  return entries({ item: posting.item, kind: 'consignment-confirmed', cites: [one.ended!.ref], body: { consignment: id, office: plan.to, received: sent.filter((document) => received.includes(document)), missing: sent.filter((document) => !received.includes(document)), ...cause(posting) } });
}

/** Null when something lies before the office of which nobody has said that it came. */
export function nothingToConfirm(posting: Pick<Posting, 'by'>, dossier: Dossier, context: LawContext): Refusal | null {
  const refusals = [...dossier.consignments.values()].map((one) => confirmRefusal(posting, one, dossier, context));
  return refusals.includes(null) ? null : refusals[0] ?? refuse('UNKNOWN_ITEM', { item: '–' }, 'consignment');
}

function confirmRefusal({ by }: Pick<Posting, 'by'>, one: Consignment, dossier: Dossier, context: LawContext): Refusal | null {
  const { plan: { to }, number, ended } = one;
  if (!answersFor(by.office, to, dossier, context)) return refuse('NOT_THE_ADDRESSEE', { number, addressee: nameOf(to, context), office: officeName(context, by.office) }, 'office');
  if (ended?.state !== 'delivered') return refuse('CONSIGNMENT_NOT_DELIVERED', { number }, 'consignment');
  return confirmationOf(dossier, one) === undefined ? null : refuse('CONSIGNMENT_CONFIRMED', { number }, 'consignment');
}
