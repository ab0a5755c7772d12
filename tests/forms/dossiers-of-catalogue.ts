/** Dossiers of every procedure of the released catalogue, walked by the law alone until each form has been called for. */
import { workingTime } from '@lienthong/law';
import type { Dossier, LawContext, LocalDate, Procedure, Reference } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { complete, refusal, returned } from '../../libs/law/test/world/sayings.ts';
import { World } from '../../libs/law/test/world/world.ts';

export const reference: Reference = loadReference();
const work = workingTime(reference.calendar);

/** A Tuesday of each edition of the forms. */
export const days: readonly LocalDate[] = ['2025-03-04', '2026-10-06'];

export type Walked = { readonly dossier: Dossier; readonly context: LawContext };

/** Received and taken over. Null: a procedure that no day of the edition knows. */
function submitted(code: string, on: LocalDate): World | null {
  const procedure = reference.procedure(code, on);
  if (procedure === undefined) return null;
  const area = reference.areaByCode('20413', on)!.id, target = reference.areaByCode('20900', on)!.id, counter = reference.competentOffice('counter', area, on)!.id;
  const hub = new World(`${on}T08:00+07`);
  hub.reference = reference;
  hub.work = work;
  hub.submit(code, {
    by: { office: counter, officer: 'cb-01' }, case: procedure.cases[0] ?? '', channel: procedure.channels[0]!, areas: { subject: area, residence: area, target }, return: { way: 'counter', office: counter },
    documents: procedure.documents.map((one) => ({ document: one.code, origin: { type: 'presented' } })),
  });
  hub.quiet();
  for (const charge of hub.service('payments').dossier.charges.values()) hub.pays(charge.plan.code);
  hub.quiet();
  return hub;
}

const walkedFrom = (hub: World): Walked => { const intake = hub.service('intake'); return { dossier: intake.dossier, context: hub.context(intake) }; };
const firstLeg = (hub: World): string => [...hub.service('intake').dossier.legs.values()].find((one) => one.status === 'open')!.plan.name;
const counterOf = (hub: World): string => hub.service('intake').dossier.root!.counter;

/** Steps that a walk may take; the longest route has far fewer. */
const maxSteps = 60;

/** To its end as far as it goes by itself: whatever is open is completed, a day later each. */
function worked(hub: World): World {
  for (let step = 0; step < maxSteps; step++) {
    const open = [...hub.service('oversight').dossier.legs.values()].filter((one) => one.status === 'open');
    if (open.length === 0) break;
    for (const leg of open) if (hub.legAt(hub.holderOf(leg.plan.name).name, leg.plan.name).status === 'open') hub.says(leg.plan.name, { ...complete(...leg.plan.results), ...(leg.plan.register === undefined ? {} : { change: { part: 'change', commitment: 'x' } }) });
    hub.now += 24 * 3_600_000;
    hub.quiet();
  }
  hub.asks(returned, counterOf(hub));
  hub.quiet();
  return hub;
}

/** One dossier for each form that something must call for. Null where the procedure leaves no room for it. */
export function walks(code: string, on: LocalDate): { readonly worked: Walked; readonly asked: Walked; readonly stopped: Walked; readonly refused: Walked; readonly apologised: Walked | null } | null {
  const first = submitted(code, on);
  if (first === null) return null;
  const asking = submitted(code, on)!, refusing = submitted(code, on)!, late = submitted(code, on)!;
  asking.says(firstLeg(asking), { kind: 'ask-supplement', documents: [reference.procedure(code, on)!.documents[0]!.code], ground: '309/2026/NĐ-CP, Điều 8', held: [] });
  asking.quiet();
  const asked = walkedFrom(asking);
  refusing.says(firstLeg(refusing), refusal);
  refusing.quiet();
  const due = late.service('intake').dossier.root!.limit.dueAt;
  const early = late.asks({ kind: 'apologise', newDueAt: due + 7 * 24 * 3_600_000, reason: 'mưa lũ kéo dài' }, counterOf(late));
  late.quiet();
  return { worked: walkedFrom(worked(first)), asked, stopped: stoppedBy(code, on), refused: walkedFrom(refusing), apologised: early === null ? walkedFrom(late) : null };
}

/** The supplement never comes. */
function stoppedBy(code: string, on: LocalDate): Walked {
  const hub = submitted(code, on)!;
  hub.says(firstLeg(hub), { kind: 'ask-supplement', documents: [reference.procedure(code, on)!.documents[0]!.code], ground: '309/2026/NĐ-CP, Điều 8', held: [] });
  hub.quiet();
  hub.now += 60 * 24 * 3_600_000;
  hub.quiet();
  return walkedFrom(hub);
}

export const codes: readonly string[] = [...new Set(reference.procedures.map((one: Procedure) => one.code))].sort();
