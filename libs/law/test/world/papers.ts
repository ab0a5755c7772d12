/** Originals that travel in the tests: who sends, carries, gets and counts them. */
import { expect } from 'vitest';
import { decideConsignmentCommand } from '../../src/decide/consignment-commands.ts';
import type { ConsignmentCommand } from '../../src/decide/consignment-commands.ts';
import { isRefused } from '../../src/decide/outcome.ts';
import type { Consignment, Dossier } from '../../src/dossier.ts';
import type { Submission } from '../../src/decide/submit.ts';
import { contextWithTills, officer } from './tills-and-posts.ts';
import { World } from './world.ts';
import type { RootSaying } from './world.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type PostSaying = DistributiveOmit<ConsignmentCommand, 'consignment' | 'by' | 'request'>;

export const form = 'form', paper = 'certificate-paper', counter = 'counter-hoi-an', place = 'Hội An';
export const where = { part: 'pick-up', commitment: 'c' } as const;

export function received(): World {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  return hub;
}

/** As `received`, of a procedure that names legs whose offices work on the form's paper. */
export function following({ names = ['one', 'three'], procedure: code = 'chain', ...more }: { readonly names?: readonly string[]; readonly procedure?: string } & Partial<Submission> = {}): World {
  const hub = new World();
  const { procedure } = hub.reference;
  hub.reference = { ...hub.reference, procedure: (asked, on) => { const found = procedure(asked, on); return found === undefined ? undefined : { ...found, legs: found.legs.map((leg) => (names.includes(leg.name) ? { ...leg, originals: [form] } : leg)) }; } };
  hub.submit(code, more);
  hub.quiet();
  return hub;
}

export const dossierOf = (hub: World): Dossier => hub.service('oversight').dossier;
export const officeOf = (hub: World, leg: string): string => hub.legAt('oversight', leg).office;
export const latest = (hub: World): Consignment => [...hub.service('postal').dossier.consignments.values()].at(-1)!;

/** The refusal; null: it was written. */
export function post(hub: World, one: Consignment, saying: PostSaying, by = 'post-hoi-an'): string | null {
  const service = hub.service('postal');
  const outcome = decideConsignmentCommand({ ...saying, consignment: one.id, by: officer(by), request: 'r' } as ConsignmentCommand, service.dossier, contextWithTills(hub, service));
  if (isRefused(outcome)) return outcome.refusal.code;
  hub.write(service, outcome.drafts);
  return null;
}

export const collect: PostSaying = { kind: 'scan', state: 'collected', place, proof: 'code' }, deliver: PostSaying = { kind: 'deliver', place, codCollected: 0, proof: 'signature' };
export const sent = (to: string, documents: readonly string[] = [form]): RootSaying & { readonly kind: 'send-originals' } => ({ kind: 'send-originals', to, documents });
export const seen = (hub: World, documents: readonly string[] = [form]): RootSaying & { readonly kind: 'confirm-consignment' } => ({ kind: 'confirm-consignment', consignment: latest(hub).id, received: documents });

export function carried(hub: World, ...sayings: readonly PostSaying[]): void {
  hub.quiet();
  for (const saying of sayings) expect(post(hub, latest(hub), saying)).toBeNull();
  hub.quiet();
}
