/** Asking another office for its opinion. */
import type { Draft, Instant } from './types.ts';
import type { LawContext } from './context.ts';
import type { Leg } from './dossier.ts';

export type ConsultationPlan = { office: string; service: string; title: { vi: string; en: string }; role: string; limit: string; silence: 'consent' | 'none'; ground: string; dueAt: Instant };

/** Asks another office for its opinion. The asker keeps the request, for it will witness silence; the consulted holds its task. */
export function consultation(leg: Leg, plan: ConsultationPlan, context: LawContext): Draft {
  return {
    item: leg.id, kind: 'consultation-asked',
    body: {
      office: plan.office,
      items: [
        { type: 'request', request: 'consultation', blocks: leg.id, ground: plan.ground, suspends: false, fallsDueAt: plan.dueAt, silence: plan.silence },
        { type: 'leg', name: `${leg.plan.name}.opinion`, title: plan.title, role: plan.role, service: plan.service, office: plan.office, area: leg.area, after: [], limit: plan.limit, decides: false, results: [], reads: leg.plan.reads, plannedDue: plan.dueAt, act: plan.ground, task: true },
      ],
    },
    creates: [context.author, context.authorOf(plan.service)],
  };
}
