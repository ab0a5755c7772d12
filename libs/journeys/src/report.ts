/** What a journey came to. */
import { dossier as pb, operator } from '@lienthong/contract';
import type { Walk } from './walk.ts';

export type JourneyReport = {
  readonly name: string; readonly dossier: string; readonly entries: number; readonly legs: readonly { readonly name: string; readonly office: string; readonly state: string; readonly round: number }[];
  readonly offices: readonly string[]; readonly suspensions: number; readonly handoffs: number; readonly result: string; readonly ok: boolean; readonly problem?: string;
};

const stateNames = new Map<number, string>(Object.entries(pb.LegState).map(([name, value]) => [value, name.toLowerCase()]));

/** Looks at the dossier as it ended; `ok` also wants every copy equal. */
export async function reportOf(walk: Walk, ok: boolean, result: string): Promise<JourneyReport> {
  const dossier = await walk.look();
  const copies = await settledCopies(() => walk.call(() => walk.hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code: walk.code }))));
  const status = dossier.status!;
  return {
    name: walk.name, dossier: walk.code, entries: Math.max(0, ...copies.copies.map((copy) => copy.entries)),
    legs: dossier.legs.map((leg) => ({ name: leg.name, office: leg.office, state: stateNames.get(leg.state) ?? '', round: leg.round })),
    offices: [...new Set(status.history.map((line) => line.office).filter((office) => office !== ''))], suspensions: status.suspensions.length,
    handoffs: status.history.filter((line) => line.kind === 'leg-taken-over').length, result, ok: ok && copies.equal,
    ...(copies.equal ? {} : { problem: 'bản sao tại các dịch vụ chưa giống nhau / copies differ' }),
  };
}

/** Copies once nothing is pending; after the bound, as they are. */
export async function settledCopies(look: () => Promise<operator.GetCopiesResponse>): Promise<operator.GetCopiesResponse> {
  const end = Date.now() + maxSettleMs;
  for (;;) {
    const copies = await look();
    if (copies.equal || Date.now() > end) return copies;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

/** Longest wait for copies to become equal, and between two looks, in milliseconds. Everything may have been killed just now: it starts, and misses its former self in its consumer groups first. */
const maxSettleMs = 90_000, lookAgainMs = 25;
