/**
 * What people write in their own words, and names of persons: never in an entry, which is kept for ever at every participant, but beside it, committed to with a salt
 * like the particulars. One commitment per entry, whatever it says; an entry without words has none. Entries written before hold the words themselves: they stay readable.
 */
import type { By, Commitment, Draft, EntryKind, EntryRef, Instant, ItemId, ServiceName } from './types.ts';
import { serviceOf } from './context.ts';
import type { Dossier, LawEntry, Leg } from './dossier.ts';
import { refuse } from './refusals.ts';
import { reversalRefused } from './reversal.ts';
import type { Refusal } from './refusals.ts';
import { hiddenProblem } from './unseen.ts';

/** Characters of one text. */
export const maxWordsCharacters = 2_000;
/** Name of the part under which the words of an entry are committed to. */
export const wordsPart = 'words';
/** Texts of one entry by the name of their field. */
export type Words = Readonly<Record<string, string>>;

/** Fields of bodies that hold words. Everything else is a code, a number, a date, a commitment. */
const wordFields: { readonly [K in EntryKind]?: readonly string[] } = {
  'withdrawal-requested': ['reason'], 'apology-given': ['reason'], 'particulars-corrected': ['reason'],
  'officer-assigned': ['officerName', 'substituteName'],
  'leg-completed': ['reason'], 'register-intended': ['reason'], 'register-refused': ['reason'], 'reversal-refused': ['reason'], 'reversal-resolved': ['reason'], 'completion-revoked': ['reason'], 'completion-confirmed': ['reason'], 'result-amended': ['reason'], 'result-revoked': ['reason'], 'amendment-intended': ['reason'], 'amendment-refused': ['reason'], 'leg-reopened': ['reason'], 'leg-declined': ['reason'], 'leg-rerouted': ['reason'],
  'leg-stopped': ['explanation'], 'leg-inserted': ['reason', 'title'], 'legs-skipped': ['reason'], 'supplement-asked': ['reason'], 'consultation-asked': ['question', 'title'], 'redo-asked': ['reason'], 'opinion-waived': ['reason'],
  'charge-opened': ['title'], 'posting-started': ['place'], 'limit-extended': ['reason'], 'charge-cancelled': ['reason'], 'charge-exempted': ['reason'], 'charge-reduced': ['reason'], 'charge-refunded': ['reason'],
};

/** An entry without its words, and the words; null where it has none: then the draft is the one given. */
export function withoutWords(draft: Draft): { readonly draft: Draft; readonly words: Words | null } {
  const fields = wordFields[draft.kind];
  const body = draft.body as Readonly<Record<string, unknown>>;
  const found = fields?.filter((field) => field in body) ?? [];
  if (found.length === 0) return { draft, words: null };
  const words = Object.fromEntries(found.flatMap((field) => (body[field] === '' ? [] : [[field, String(body[field])]])));
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !found.includes(name)));
  return { draft: { ...draft, body: rest } as unknown as Draft, words: Object.keys(words).length === 0 ? null : words };
}

/** What requests call a field that bodies call otherwise. */
const asked: Readonly<Record<string, string>> = { explanation: 'reason', officerName: 'officer_name', substituteName: 'substitute_name' };

/** Null: every text is within its bound, and is read as it stands: what nobody sees in it would turn or part the lines of a notice. */
export function wordsRefusal(words: Words): Refusal | null {
  for (const [name, text] of Object.entries(words)) {
    const field = asked[name] ?? name, problem = text.length > maxWordsCharacters ? `≤ ${maxWordsCharacters}` : hiddenProblem(text);
    if (problem !== null) return refuse('FIELD_INVALID', { field, problem }, field);
  }
  return null;
}

/** The entry that says it, with the commitment to the words; `beside`: the service whose store has them. */
export type Said = { readonly ref: EntryRef; readonly kind: EntryKind; readonly item: ItemId; readonly at: Instant; readonly by: By | null; readonly words: Commitment; readonly beside: ServiceName };

function saidBy(entry: LawEntry, words: Commitment): Said {
  return { ref: { author: entry.author, seq: entry.seq }, kind: entry.kind as EntryKind, item: entry.item, at: entry.effectiveAt, by: entry.body.by ?? null, words, beside: serviceOf(entry.author) };
}

function saidWhere(dossier: Dossier, wanted: (entry: LawEntry) => boolean): Said[] {
  return dossier.entries.flatMap((entry) => (entry.body.words !== undefined && wanted(entry) ? [saidBy(entry, entry.body.words)] : []));
}

const refKey = ({ author, seq }: EntryRef): string => `${author}/${seq}`;

/** What the office of a leg may read: said on the leg itself, asked of it, and answered to what it asked. */
export function saidToLeg(dossier: Dossier, leg: Leg): Said[] {
  const asks = new Set<string>(), items = new Set<ItemId>([leg.id]);
  for (const one of dossier.requests.values()) {
    if (one.plan.of === leg.id || one.task === leg.id) asks.add(refKey(one.createdBy));
    if (one.asker === leg.id && one.task !== null) items.add(one.task);
  }
  return saidWhere(dossier, (entry) => items.has(entry.item) || asks.has(refKey(entry)));
}

/** Kinds whose words are for the citizen: what to bring, why it takes longer, why not. */
const toCitizen: ReadonlySet<string> = new Set<EntryKind>(['supplement-asked', 'limit-extended', 'leg-stopped', 'apology-given']);

export function saidToCitizen(dossier: Dossier): Said[] {
  return saidWhere(dossier, (entry) => toCitizen.has(entry.kind) || (entry.kind === 'leg-completed' && (entry.body as { readonly verdict?: string }).verdict === 'refused' && dossier.legs.get(entry.item)?.plan.task !== true));
}

/** Why the register said no the last time, on a leg that it sent back. */
export function saidByRegister(dossier: Dossier, leg: Leg): Said | undefined {
  if (leg.amendmentRefused) return lastSaid(dossier, leg, 'amendment-refused');
  return leg.registerRefusal === null ? undefined : lastSaid(dossier, leg, 'register-refused');
}

/** Why the register could not put back what the leg took back. */
export function saidOfReversal(dossier: Dossier, leg: Leg): Said | undefined {
  return reversalRefused(leg) ? lastSaid(dossier, leg, 'reversal-refused') : undefined;
}

function lastSaid(dossier: Dossier, leg: Leg, kind: EntryKind): Said | undefined {
  return saidWhere(dossier, (entry) => entry.item === leg.id && entry.kind === kind).at(-1);
}
