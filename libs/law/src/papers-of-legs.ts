/**
 * Whether an office has the paper on which the procedure says that it works. Before that it has not received what it is to decide on: its own limit begins when the last
 * such original comes, as a competent office's does with its own receipt (NĐ 309/2026 art. 8.3). Only what somebody is bound to bring is waited for, so no clock stands for ever.
 */
import type { Instant, OfficeId } from './types.ts';
import type { Consignment, Dossier, Leg } from './dossier.ts';
import { carriersOf, originalOf } from './originals.ts';

/** `awaited`: the post has it or is to collect it; `holder`: whoever has it must send it (again), or works on it first. `arrivedAt`: of the last that came. */
export type PapersOfLeg = { readonly awaited: 'post' | 'holder' } | { readonly awaited: null; readonly arrivedAt: Instant };

/** Null: the procedure names none, or none has travelled: what was shown here, or never was on paper, is not waited for. */
export function papersOf(dossier: Dossier, leg: Leg): PapersOfLeg | null {
  let arrivedAt: Instant | null = null, awaited: 'post' | 'holder' | null = null;
  for (const document of leg.plan.originals ?? []) {
    const one = paperOf(dossier, leg, document);
    if (one === null) continue;
    if (one.awaited === null) arrivedAt = Math.max(arrivedAt ?? one.arrivedAt, one.arrivedAt);
    else awaited = awaited === 'post' ? awaited : one.awaited;
  }
  if (awaited !== null) return { awaited };
  return arrivedAt === null ? null : { awaited: null, arrivedAt };
}

function paperOf(dossier: Dossier, leg: Leg, document: string): PapersOfLeg | null {
  const chain = carriersOf(dossier, document), toIt = chain.filter(({ plan }) => isOfLeg(leg, plan.to));
  const came = toIt.find((one) => one.ended?.state === 'delivered');
  if (came !== undefined) return { awaited: null, arrivedAt: came.ended!.at };
  const { hand, carrier } = originalOf(dossier, document);
  // It never comes: what is to be done is the office's from then on.
  if (hand.kind === 'lost') return { awaited: null, arrivedAt: carrier!.ended!.at };
  if ('place' in hand && (hand.place === 'home' || isOfLeg(leg, hand.place))) return null;
  if (toIt.length > 0) return { awaited: isUnderWay(toIt.at(-1)!) ? 'post' : 'holder' };
  return 'place' in hand && neededBy(dossier, hand.place, document, leg) ? { awaited: 'holder' } : null;
}

const isUnderWay = ({ ended }: Consignment): boolean => ended === null;

/** An office that has the leg, or had it before: in one round no office gets time anew because another had the leg first. */
function isOfLeg({ office, plan, takenOver, rehomed }: Leg, place: OfficeId | 'home'): boolean {
  return place === office || place === plan.office || place === takenOver?.office || rehomed.some(({ from }) => from === place);
}

/** Whether an office works on an original now, for another leg. */
export function neededBy(dossier: Dossier, office: OfficeId | 'home', document: string, but: Leg): boolean {
  return [...dossier.legs.values()].some((leg) => leg !== but && leg.office === office && (leg.status === 'open' || leg.status === 'deciding') && leg.plan.originals?.includes(document) === true);
}
