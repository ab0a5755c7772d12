/** What is said on behalf of the citizen, and what tills and posts record. */
import { commitTo, contextOf } from '@lienthong/dossier-service';
import { decideChargeCommand, decideConsignmentCommand, decideRootCommand } from '@lienthong/law';
import type { ChargeCommand, ConsignmentCommand, Dossier, LawContext, RootCommand } from '@lienthong/law';
import type { Asking } from './clients.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import { changedFor } from './small-province.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type RootSaying = DistributiveOmit<RootCommand, 'by' | 'request'>;
type ChargeSaying = DistributiveOmit<ChargeCommand, 'by' | 'request'>;
type ConsignmentSaying = DistributiveOmit<ConsignmentCommand, 'by' | 'request'>;

const officer = 'An', place = 'bưu cục';

export const onRoot = (saying: RootSaying, request: string): Asking => async (life) => ({ state: { dossier } }) => ({
  outcome: decideRootCommand({ ...saying, by: { office: 'counter', officer }, request } as RootCommand, dossier, contextFor(saying, dossier, life)),
});

function contextFor({ kind }: RootSaying, { root }: Dossier, life: Life): LawContext {
  const context = contextOf(life.host);
  return kind === 'adopt-rules' && root !== null ? { ...context, reference: changedFor(root, context.reference) } : context;
}

/** The citizen's particulars are given anew: with an error put right, or because they were lost with a store. */
export const correction = (request: string): Asking => async (life) => {
  const { commitment, aside } = commitTo('applicant', { name: 'Nguyễn Văn Tư', corrected: request }, life.host.world);
  const command: RootCommand = { kind: 'correct', particulars: [commitment], reason: 'sai sót', by: { office: 'counter', officer }, request };
  return ({ state: { dossier } }) => ({ outcome: decideRootCommand(command, dossier, contextOf(life.host)), asides: [aside] });
};
export const onCharge = (saying: ChargeSaying, request: string): Asking => async (life) => ({ state: { dossier } }) => ({
  outcome: decideChargeCommand({ ...saying, by: { office: 'counter', officer }, request } as ChargeCommand, dossier, contextOf(life.host)),
});
export const onConsignment = (saying: ConsignmentSaying, request: string): Asking => async (life) => ({ state: { dossier } }) => ({
  outcome: decideConsignmentCommand({ ...saying, by: { office: 'post', officer }, request } as ConsignmentCommand, dossier, contextOf(life.host)),
});

const newRules: RootSaying = { kind: 'adopt-rules', documents: [] };
export const delivery: RootSaying = { kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] };
export const collection: RootSaying = { kind: 'return-result', results: [], receiver: 'applicant' };

/** Citizens are patient; few withdraw. */
export function drawRootSaying(random: Random, dossier: Dossier): RootSaying {
  const clock = dossier.root?.clock ?? null;
  if (clock !== null && random.percent(40)) return { kind: 'move-clock', to: clock + random.pick([60_000, 600_000, 3_600_000, 90_000_000]) };
  const kind = random.below(100);
  if (kind < 12) return { kind: 'withdraw', reason: 'đổi ý' };
  if (kind < 55) return delivery;
  if (kind < 60) return { kind: 'apologise', newDueAt: (dossier.root?.body.dueAt ?? 0) + 86_400_000, reason: 'quá tải' };
  if (kind < 68) return newRules;
  return collection;
}

/** The next thing that is recorded of a consignment on its way. */
export function nextScan(consignment: string, dossier: Dossier): ConsignmentSaying | null {
  const one = dossier.consignments.get(consignment);
  if (one === undefined || one.ended !== null || one.number === '') return null;
  if (one.scans.length === 0) return { kind: 'scan', consignment, state: 'collected', place };
  return { kind: 'deliver', consignment, place, codCollected: one.plan.cod };
}
