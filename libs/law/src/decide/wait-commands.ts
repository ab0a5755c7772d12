/** Waits outside the hub that do not count: the consent of a person, an answer from abroad. The office says when they begin and when they are over. */
import type { Dossier, Leg, Request } from '../dossier.ts';
import { today } from '../context.ts';
import { groundRefusal } from '../legal-ground.ts';
import { limitEnd, sessionsOf, timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { isTimeRefusal } from '../time/index.ts';
import { cause } from './leg-command.ts';
import type { Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';

const isWait = (request: Request): boolean => request.plan.request === 'consent' || request.plan.request === 'verification-abroad';

const waitsOf = (dossier: Dossier, leg: Leg): readonly Request[] => [...dossier.requests.values()].filter((one) => isWait(one) && one.plan.blocks === leg.id && one.ended === null);

/** A second wait beside the first would say nothing that one does not. */
export function waitHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const [open] = waitsOf(dossier, leg);
  return open === undefined ? null : refuse('BLOCKED', { leg: leg.plan.name, blockedBy: open.plan.request });
}

export const startWait: Rule<'start-wait'> = (command, dossier, leg, context) => {
  const ungrounded = groundRefusal(command.ground);
  if (ungrounded !== null) return no(ungrounded);
  const hindered = waitHindered(dossier, leg);
  if (hindered !== null) return no(hindered);
  const due = command.limit === '' ? null : limitEnd(today(dossier, context), command.limit, sessionsOf(leg.office, context), context.work);
  if (isTimeRefusal(due)) return no(timeRefusal(due, 'limit'));
  return entries({
    item: leg.id, kind: 'wait-started', creates: [context.author],
    body: { wait: command.wait, ...cause(command), items: [{ type: 'request', request: command.wait, blocks: leg.id, ground: command.ground, suspends: true, fallsDueAt: due, silence: due === null ? 'none' : 'ended' }] },
  });
};

const endable = (dossier: Dossier, leg: Leg): readonly Request[] => waitsOf(dossier, leg).filter((one) => !leg.endedWaits.some((ended) => ended.request === one.id));
const waitNotOpen = (leg: Leg): Refusal => refuse('WAIT_NOT_OPEN', { leg: leg.plan.name }, 'wait');

export function endingHindered(dossier: Dossier, leg: Leg): Refusal | null {
  return endable(dossier, leg).length > 0 ? null : waitNotOpen(leg);
}

/** Written on the leg, for its holder need not be the one who keeps the request; who does answers it. */
export const endWait: Rule<'end-wait'> = (command, dossier, leg) => {
  const open = endable(dossier, leg).find((one) => command.wait === '' || one.id === command.wait);
  if (open === undefined) return no(waitNotOpen(leg));
  return entries({ item: leg.id, kind: 'wait-ended', cites: [open.createdBy], body: { wait: open.id, outcome: command.outcome, ...cause(command) } });
};
