/** What an officer may say about a leg, and what the rules for it share. */
import type { Amendment, AreaId, By, Commitment, DocumentRecord, Dong, Instant, IssuedResult, ItemId, LegPlan, LocalDate, OfficeId, RegisterFailure, Span, Wait } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier, Leg } from '../dossier.ts';
import { unapplied } from '../closing.ts';
import { predecessors, ready, satisfied } from '../itinerary.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import type { Outcome } from './outcome.ts';

/** Evidence that a register would give for a document; the caller looked it up before deciding. */
export type HeldDocument = { readonly document: string; readonly office: OfficeId; readonly evidenceId: string };

export type LegCommand = { readonly leg: ItemId; readonly by: By; readonly request: string } & (
  /** Officers are codes; their names go beside the entry. */
  | { readonly kind: 'assign'; readonly officer: string; readonly until?: LocalDate; readonly substituteFor?: string; readonly officerName?: string; readonly substituteName?: string }
  | { readonly kind: 'complete'; readonly results: readonly IssuedResult[]; readonly opinion?: 'agree' | 'disagree'; readonly change?: Commitment; readonly reason?: string; /** Facts that are attached in the same write; absent: none. */ readonly evidence?: readonly DocumentRecord[] }
  | { readonly kind: 'refuse'; readonly reason: string; readonly ground: string }
  | { readonly kind: 'ask-redo'; readonly target: ItemId; readonly reason: string }
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'reroute'; readonly office: OfficeId; readonly reason: string }
  | { readonly kind: 'ask-supplement'; readonly documents: readonly string[]; readonly ground: string; readonly reason?: string; readonly held: readonly HeldDocument[]; /** Registers that did not answer whether they hold a document; absent: all did. */ readonly failures?: readonly (RegisterFailure & { readonly document: string })[] }
  | { readonly kind: 'consult'; readonly office: OfficeId; readonly question: string; readonly limit: Span; readonly silence: 'consent' | 'none'; /** In the asker's words; absent: the question says it. */ readonly title?: string }
  | { readonly kind: 'open-charge'; readonly code: string; /** In the asker's words; absent: as the catalogue names it. */ readonly title?: string; readonly charge: 'fee' | 'charge' | 'tax' | 'fine'; readonly amount: Dong; readonly refundable: boolean; readonly ground: string }
  | { readonly kind: 'attach-document'; readonly document: DocumentRecord }
  | { readonly kind: 'attach-evidence'; readonly document: DocumentRecord }
  | { readonly kind: 'extend'; readonly dueAt: Instant; readonly ground: string; readonly reason?: string }
  | { readonly kind: 'stop'; readonly ground: string; readonly reason?: string }
  | { readonly kind: 'insert'; readonly plan: LegPlan; /** What is done there, in the asker's words. */ readonly title?: string; readonly reason: string }
  | { readonly kind: 'skip'; readonly legs: readonly ItemId[]; readonly ground: string; readonly reason?: string }
  | { readonly kind: 'tell-part'; readonly part: AreaId }
  | { readonly kind: 'waive-opinion'; readonly opinion: ItemId; readonly reason: string }
  | { readonly kind: 'resolve-register'; readonly outcome: 'retry' | 'by-hand'; readonly ground: string; readonly reason: string }
  /** `despite`: evidence that stands no more; absent: an input has changed. */
  | { readonly kind: 'confirm'; readonly despite?: readonly string[]; readonly ground?: string; readonly reason?: string }
  /** `ground`: needed once the dossier is closed. */
  | { readonly kind: 'revoke'; readonly reason: string; readonly ground?: string }
  /** One of several results of the decision; `result`, `number`: as it reads now. */
  | { readonly kind: 'revoke-result'; readonly result: string; readonly number: string; readonly ground: string; readonly reason: string }
  /** `result`, `number`: the result as it reads now. `newNumber`, `digest` '': as before. `inRegister`: the register of the leg shows its number. */
  | { readonly kind: 'amend-result'; readonly amendment: Amendment; readonly result: string; readonly number: string; readonly newNumber: string; readonly digest: string; readonly ground: string; readonly reason: string; readonly inRegister: boolean }
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'start-posting'; readonly span: Span; readonly ground: string; readonly place: string }
  /** `limit` '': waits until it is ended. */
  | { readonly kind: 'start-wait'; readonly wait: Wait; readonly ground: string; readonly limit: Span }
  | { readonly kind: 'send-originals'; readonly to: OfficeId; readonly documents: readonly string[] }
  /** `received`: codes of what was in it. */
  | { readonly kind: 'confirm-consignment'; readonly consignment: ItemId; readonly received: readonly string[] }
  /** `wait` '': the only open one. */
  | { readonly kind: 'end-wait'; readonly wait: ItemId; readonly outcome: 'agree' | 'disagree' | 'done' });

export type Case<K extends LegCommand['kind']> = Extract<LegCommand, { readonly kind: K }>;
export type Rule<K extends LegCommand['kind']> = (command: Case<K>, dossier: Dossier, leg: Leg, context: LawContext) => Outcome;

/** Who commanded, and under which request. */
export const cause = (command: LegCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

/** A field of a body that is absent where nothing was said. */
export function saying<K extends string>(field: K, text: string | undefined): { readonly [F in K]?: string } {
  return text === undefined || text === '' ? {} : { [field]: text } as { readonly [F in K]?: string };
}

/** Codes and short names that people give: of a charge, of an inserted leg. */
const codePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const codeForm = 'A–Z a–z 0–9 . _ -, 1–64';
export const isCode = (text: string): boolean => codePattern.test(text);

/** Legs of a dossier, tasks of consultations included. */
export const maxLegs = 64;
export function legsFull(dossier: Dossier): Refusal | null {
  return dossier.legs.size >= maxLegs ? refuse('LIMIT_REACHED', { limit: `${maxLegs} legs` }) : null;
}

/** Times that a leg may be declined; then intake's placement stands. */
export const maxDeclines = 3;

/** Null when all that the leg waits for is there. */
export function notReady(dossier: Dossier, leg: Leg): Refusal | null {
  if (ready(dossier, leg)) return null;
  return waiting(leg, predecessors(dossier, leg).filter((one) => !satisfied(dossier, one)));
}

/** Null unless another leg has decided a change of the same register that does not stand there yet: this one would be judged by what stood before. */
export function registerNotReady(dossier: Dossier, leg: Leg): Refusal | null {
  const behind = [...dossier.legs.values()].filter((one) => one !== leg && one.plan.register?.register === leg.plan.register?.register && unapplied(one));
  return behind.length === 0 ? null : waiting(leg, behind);
}

const waiting = (leg: Leg, others: readonly Leg[]): Refusal => refuse('NOT_READY', { leg: leg.plan.name, waitsFor: others.map((one) => one.plan.title.vi).join(', ') });
