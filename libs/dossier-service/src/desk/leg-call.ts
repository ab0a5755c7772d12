/** One call on one leg: which leg is meant, who acts, what the law answers. */
import type { dossier as pb } from '@lienthong/contract';
import type { Aside, Call } from '@lienthong/kernel';
import { decideLegCommand, refuse } from '@lienthong/law';
import type { By, Dossier, LawContext, Leg, LegCommand, Refusal } from '@lienthong/law';
import { actingFor, commandDossier, gatheredFirst, markRequest, refused } from '../command-call.ts';
import { folderOf, readDossier } from '../host.ts';
import type { Host } from '../host.ts';

/** What every request on a leg carries. */
export type LegRequest = { readonly requestId: string; readonly office: string; readonly code: string; readonly leg: string };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A command without what the call itself says. */
export type LegAction = DistributiveOmit<LegCommand, 'leg' | 'by' | 'request'>;
export type Prepared = { readonly action: LegAction; readonly asides?: readonly Aside[] } | { readonly refusal: Refusal };

/** By item id, or by short name: the one at work, else the last of that name. `field` of the request names it. Throws FIELD_MISSING, UNKNOWN_LEG. */
export function findLeg(dossier: Dossier, nameOrId: string, field = 'leg'): Leg {
  if (nameOrId.trim() === '') throw refused(refuse('FIELD_MISSING', { field }, field));
  const byId = dossier.legs.get(nameOrId);
  if (byId !== undefined) return byId;
  const named = [...dossier.legs.values()].filter((leg) => leg.plan.name === nameOrId);
  const found = named.find((leg) => leg.status === 'open') ?? named.at(-1);
  if (found === undefined) throw refused(refuse('UNKNOWN_LEG', { code: dossier.root?.body.code ?? '', leg: nameOrId }, field));
  return found;
}

/** Runs a command whose action needs nothing but the request. */
export function commandLeg(host: Host, call: Call, request: LegRequest, content: Uint8Array, action: (leg: Leg, dossier: Dossier, context: LawContext) => LegAction): Promise<pb.CommandReceipt> {
  return commandPrepared(host, call, request, content, async () => null, (leg, dossier, context) => ({ action: action(leg, dossier, context) }));
}

/** Runs a command whose facts are gathered before the law decides. */
export async function commandPrepared<F>(
  host: Host, call: Call, request: LegRequest, content: Uint8Array, facts: (by: By) => Promise<F>, prepare: (leg: Leg, dossier: Dossier, context: LawContext, facts: F) => Prepared,
): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office);
  const folder = await folderOf(host, request.code);
  const gathered = await gatheredFirst(facts(by));
  return commandDossier(host, folder, request.code, mark, (dossier, context) => {
    const known = gathered(), leg = findLeg(dossier, request.leg);
    const prepared = prepare(leg, dossier, context, known);
    if ('refusal' in prepared) return { outcome: { refusal: prepared.refusal } };
    const outcome = decideLegCommand({ ...prepared.action, leg: leg.id, by, request: mark.mark } as LegCommand, dossier, context);
    return prepared.asides === undefined ? { outcome } : { outcome, asides: prepared.asides };
  });
}

/** Reads a leg of a dossier. */
export function readLeg<T>(host: Host, code: string, leg: string, read: (leg: Leg, dossier: Dossier, folder: string) => T): Promise<T> {
  return readDossier(host, code, (dossier, folder) => read(findLeg(dossier, leg), dossier, folder));
}
