/** Waits outside the hub that do not count: the consent of a person, an answer from abroad. The office says when they begin and when they are over. */
import type { Request } from '../dossier.ts';
import { today } from '../context.ts';
import { groundRefusal } from '../legal-ground.ts';
import { limitEnd, sessionsOf, timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { isTimeRefusal } from '../time/index.ts';
import { cause } from './leg-command.ts';
import type { Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';

const isWait = (request: Request): boolean => request.plan.request === 'consent' || request.plan.request === 'verification-abroad';

export const startWait: Rule<'start-wait'> = (command, dossier, leg, context) => {
  const ungrounded = groundRefusal(command.ground);
  if (ungrounded !== null) return no(ungrounded);
  // A second wait beside the first would say nothing that one does not.
  const open = [...dossier.requests.values()].find((one) => isWait(one) && one.plan.blocks === leg.id && one.ended === null);
  if (open !== undefined) return no(refuse('BLOCKED', { leg: leg.plan.name, blockedBy: open.plan.request }));
  const due = command.limit === '' ? null : limitEnd(today(dossier, context), command.limit, sessionsOf(leg.office, context), context.work);
  if (isTimeRefusal(due)) return no(timeRefusal(due, 'limit'));
  return entries({
    item: leg.id, kind: 'wait-started', creates: [context.author],
    body: { wait: command.wait, ...cause(command), items: [{ type: 'request', request: command.wait, blocks: leg.id, ground: command.ground, suspends: true, fallsDueAt: due, silence: due === null ? 'none' : 'ended' }] },
  });
};

/** Written on the leg, for its holder need not be the one who keeps the request; who does answers it. */
export const endWait: Rule<'end-wait'> = (command, dossier, leg) => {
  const open = [...dossier.requests.values()].find((one) => isWait(one) && one.plan.blocks === leg.id && one.ended === null && (command.wait === '' || one.id === command.wait) && !leg.endedWaits.some((ended) => ended.request === one.id));
  if (open === undefined) return no(refuse('WAIT_NOT_OPEN', { leg: leg.plan.name }, 'wait'));
  return entries({ item: leg.id, kind: 'wait-ended', cites: [open.createdBy], body: { wait: open.id, outcome: command.outcome, ...cause(command) } });
};
