/** What becomes of a result after it was issued, also when its dossier has been closed: it is corrected, or a lost paper is issued again. */
import { resultsOf } from '../amended-results.ts';
import type { GivenResult } from '../amended-results.ts';
import { registerBehind } from '../closing.ts';
import type { Dossier, Leg } from '../dossier.ts';
import { currentInputs, stale } from '../itinerary.ts';
import { groundRefusal } from '../legal-ground.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import type { Draft, IssuedResult, UsedOutput } from '../types.ts';
import { isBlank, unseenProblem } from '../unseen.ts';
import { cause, notReady } from './leg-command.ts';
import type { Case, Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';

type Amend = Case<'amend-result'>;

export const amendResult: Rule<'amend-result'> = (command, dossier, leg) => {
  const refusal = isBlank(command.reason) ? refuse('REASON_MISSING', {}, 'reason') : groundRefusal(command.ground) ?? mayAmend(dossier, leg);
  if (refusal !== null) return no(refusal);
  const given = resultNamed(leg, command);
  if (given === undefined) return no(refuse('RESULT_NOT_STANDING', { result: command.result, number: command.number, leg: leg.plan.name }, 'number'));
  const result = amended(command, given.result), problem = resultRefusal(command, given.result, result) ?? takenRefusal(leg, given, result) ?? staleRefusal(command, dossier, leg);
  if (problem !== null) return no(problem);
  const { amendment, ground, reason } = command, body = { round: leg.round, decision: leg.completion!.ref, n: given.n, amendment, result, ground, reason, ...cause(command) };
  if (command.inRegister && result.number !== given.result.number) return entries({ item: leg.id, kind: 'amendment-intended', body, cites: [leg.completion!.ref] });
  return entries({ item: leg.id, kind: 'result-amended', body: { ...body, ...restingOn(dossier, leg) }, cites: [leg.completion!.ref] });
};

/** One of several. What a register was changed by, and the only result that is left, are taken back with their decision, which puts the register right and stands no more. */
export const revokeResult: Rule<'revoke-result'> = (command, dossier, leg) => {
  const refusal = isBlank(command.reason) ? refuse('REASON_MISSING', {}, 'reason') : groundRefusal(command.ground) ?? mayAmend(dossier, leg);
  if (refusal !== null) return no(refusal);
  const given = resultNamed(leg, command), { completion } = leg;
  if (given === undefined || completion === null) return no(refuse('RESULT_NOT_STANDING', { result: command.result, number: command.number, leg: leg.plan.name }, 'number'));
  if (stale(dossier, leg)) return no(refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: 'stale', command: command.kind }));
  if (!isOneOfSeveral(leg)) return no(refuse('FIELD_INVALID', { field: 'number', problem: `${command.number}: thu hồi cả quyết định` }, 'number'));
  return entries({ item: leg.id, kind: 'result-revoked', body: { round: leg.round, decision: completion.ref, n: given.n, ground: command.ground, reason: command.reason, ...cause(command) }, cites: [completion.ref] });
};

const isOneOfSeveral = ({ completion, applied }: Leg): boolean => completion?.change == null && applied === null && completion !== null && resultsOf(completion).length > 1;

export function resultRevocationHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const refusal = mayAmend(dossier, leg);
  if (refusal !== null) return refusal;
  return stale(dossier, leg) || !isOneOfSeveral(leg) ? refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: stale(dossier, leg) ? 'stale' : leg.status, command: 'revoke-result' }) : null;
}

/** What stands in the way of correcting, or issuing again, any result of the leg. */
export function amendmentHindered(amendment: Amend['amendment'], dossier: Dossier, leg: Leg): Refusal | null {
  const refusal = mayAmend(dossier, leg);
  if (refusal !== null) return refusal;
  if (leg.completion === null || resultsOf(leg.completion).length === 0) return refuse('RESULT_NOT_STANDING', { result: '–', number: '–', leg: leg.plan.name }, 'number');
  return staleRefusal({ amendment, kind: 'amend-result' }, dossier, leg);
}

/** Characters of the number of a result. */
const maxResultNumberCharacters = 100;

/** A paper is found by its number: as it is printed, with nothing in it that nobody sees and no blanks around it. `field`: of the request. */
export function resultNumberRefusal(number: string, field: string): Refusal | null {
  if (isBlank(number)) return refuse('FIELD_MISSING', { field }, field);
  const problem = number.length > maxResultNumberCharacters ? `≤ ${maxResultNumberCharacters}` : unseenProblem(number) ?? (number === number.trim() ? null : 'khoảng trắng ở đầu, cuối / blanks around it');
  return problem === null ? null : refuse('FIELD_INVALID', { field, problem }, field);
}

/** The result that bears a number now. */
export function resultNamed(leg: Leg, { result, number }: Pick<Amend, 'result' | 'number'>): GivenResult | undefined {
  return leg.completion === null || leg.status !== 'complete' ? undefined : resultsOf(leg.completion).find((one) => one.result.code === result && one.result.number === number);
}

/** While a dossier is being closed its results rest; the register ends first what it was asked for. */
function mayAmend(dossier: Dossier, leg: Leg): Refusal | null {
  const { closing, closed, body } = dossier.root!;
  if (closing !== null && closed === null) return refuse('SETTLED', { code: body.code, leg: leg.plan.name });
  return registerBehind(leg) ? refuse('BLOCKED', { leg: leg.plan.name, blockedBy: leg.plan.register!.register }) : null;
}

/** What is left out stays; another paper of the same content has the same file only where none is given. */
function amended({ newNumber, digest }: Amend, before: IssuedResult): IssuedResult {
  const file = digest === '' ? before.digest : digest;
  return { code: before.code, number: newNumber === '' ? before.number : newNumber, ...(file === undefined ? {} : { digest: file }) };
}

function resultRefusal({ amendment }: Amend, before: IssuedResult, after: IssuedResult): Refusal | null {
  const number = after.number === before.number ? null : resultNumberRefusal(after.number, 'new_number'), same = after.number === before.number && after.digest === before.digest;
  if (number !== null) return number;
  return same && amendment === 'correction' ? refuse('FIELD_INVALID', { field: 'new_number', problem: after.number }, 'new_number') : null;
}

/** Another paper of the decision bears the number: nobody could say which of them is meant. */
function takenRefusal({ completion }: Leg, { n, result: before }: GivenResult, { code, number }: IssuedResult): Refusal | null {
  const taken = number !== before.number && resultsOf(completion!).some((one) => one.n !== n && one.result.code === code && one.result.number === number);
  return taken ? refuse('FIELD_INVALID', { field: 'new_number', problem: `${number}: hai lần / twice` }, 'new_number') : null;
}

/** What has lost its footing is corrected onto the new one, or stands no more: then nothing of it is issued again. */
function staleRefusal({ amendment, kind }: Pick<Amend, 'amendment' | 'kind'>, dossier: Dossier, leg: Leg): Refusal | null {
  if (!stale(dossier, leg)) return null;
  return amendment === 'reissue' ? refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: 'stale', command: kind }) : notReady(dossier, leg);
}

function restingOn(dossier: Dossier, leg: Leg): { readonly used?: readonly UsedOutput[] } {
  return stale(dossier, leg) ? { used: currentInputs(dossier, leg) } : {};
}

/** The amendment that the register agrees to; written by the holder's duty, citing what was asked. */
export function amendedByRegister(dossier: Dossier, leg: Leg): Draft | null {
  if (leg.amending === null || leg.amending.amended !== null) return null;
  const { ref, body: { round, decision, n, amendment, result, ground, by } } = leg.amending;
  return { item: leg.id, kind: 'result-amended', body: { round, decision, n, amendment, result, ground, ...restingOn(dossier, leg), ...(by === undefined ? {} : { by }) }, cites: [ref, decision] };
}
