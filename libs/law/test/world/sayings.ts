/** What officers and citizens say most often, and how a dossier stands everywhere. */
import type { LegSaying, RootSaying, Service, World } from './world.ts';

/** Completion with these results, each numbered; where it is an opinion, it agrees. */
export const complete = (...results: readonly string[]): Extract<LegSaying, { kind: 'complete' }> => ({ kind: 'complete', results: results.map((code) => ({ code, number: `${code}/01` })), opinion: 'agree' });
export const refusal: LegSaying = { kind: 'refuse', reason: 'không đủ điều kiện', ground: '1/2026/NĐ-CP' };
export const returned: RootSaying = { kind: 'return-result', results: [], receiver: 'applicant' };
export const withdrawal: RootSaying = { kind: 'withdraw', reason: 'đổi ý' };

export const kindsOf = (service: Service): string[] => service.dossier.entries.map((entry) => entry.kind);

/** The outcome that the copy of everybody who takes part shows; 'open' while one of them is not closed, 'differs' when they disagree. */
export function closedEverywhere(hub: World): string {
  const outcomes = new Set(hub.participants.filter((one) => one.dossier.root !== null).map((one) => one.dossier.root!.closed?.outcome ?? 'open'));
  return outcomes.size === 1 ? [...outcomes][0]! : outcomes.has('open') ? 'open' : 'differs';
}

/** Status and round of every leg as the observers see it. */
export function statuses(hub: World): Record<string, string> {
  return Object.fromEntries([...hub.service('oversight').dossier.legs.values()].map((leg) => [leg.plan.name, `${leg.status} ${leg.round}`]));
}
