/** What is claimed for a difference: it stands in the account of differences until it is paid or lost, or until the other side turns out to have had the money. */
import type { By, Dong, LocalDate } from '@lienthong/law';
import { account, posting } from './rules-ledger.ts';
import type { Account, Move, Posting } from './rules-ledger.ts';
import type { Money, MoneyEvent } from './rules-money.ts';

/** How a claim ends. */
export const claimWays = {
  // way          against
  'made-good': 'bank', // whoever owed it has paid it to the treasury
  'written-off': 'loss', // the treasury bears it
} as const;
export type ClaimWay = keyof typeof claimWays;
export const isClaimWay = (way: string): way is ClaimWay => Object.hasOwn(claimWays, way);

/** How it ends that the other side had the money after all, when its claim had ended; each undoes what one end of a claim has moved. */
export const foundWays = {
  // way          undoes
  'repaid': 'made-good', // the treasury gave back what had been paid to it
  'recovered': 'written-off', // nothing was lost
} as const satisfies Record<string, ClaimWay>;
export type FoundWay = keyof typeof foundWays;
export const isFoundWay = (way: string): way is FoundWay => Object.hasOwn(foundWays, way);

/** `open`: what stands. `settled`: what ended, by way, and is not in `source` for it. `ended`: how the last of it ended; '' while it stands. `found`: what of `settled` came to light again, and how that ended; null: nothing. */
export type Claimed = { readonly source: Account; readonly open: Dong; readonly settled: Readonly<Record<ClaimWay, Dong>>; readonly ended: string; readonly found: { readonly amount: Dong; readonly way: FoundWay } | null };
/** What is claimed for differences, by what names them. */
export type Claims = Map<string, Claimed>;

const differencePrefix = account('difference', ''), lossPrefix = account('loss', '');
const unclaimed = (source: string): Claimed => ({ source: source as Account, open: 0, settled: { 'made-good': 0, 'written-off': 0 }, ended: '', found: null });

/** What a posting adds to the account of differences is claimed from whoever the account names; what it takes out of it is not claimed any more. */
export function foldClaim(claims: Claims, of: string, { lines }: Posting): void {
  for (const { account: one, amount } of lines) {
    if (!one.startsWith(differencePrefix)) continue;
    const before = claims.get(of) ?? unclaimed(one.slice(differencePrefix.length));
    claims.set(of, { ...before, open: before.open + amount, ended: amount > 0 ? '' : before.ended });
  }
}

/** What was written off at once, without a claim before. */
export function foldLoss(claims: Claims, of: string, { lines }: Posting): void {
  for (const { account: one, amount } of lines) {
    if (!one.startsWith(lossPrefix)) continue;
    const before = claims.get(of) ?? unclaimed(one.slice(lossPrefix.length));
    claims.set(of, { ...before, settled: { ...before.settled, 'written-off': before.settled['written-off'] + amount } });
  }
}

export function foldClaimEnded(claims: Claims, of: string, way: ClaimWay): void {
  const before = claims.get(of);
  if (before !== undefined) claims.set(of, { ...before, open: 0, settled: { ...before.settled, [way]: before.settled[way] + before.open }, ended: way });
}

export function foldFound(claims: Claims, of: string, { way, amount }: { readonly way: FoundWay; readonly amount: Dong }): void {
  const before = claims.get(of), undone = foundWays[way];
  if (before !== undefined) claims.set(of, { ...before, settled: { ...before.settled, [undone]: before.settled[undone] - amount }, found: { amount: (before.found?.amount ?? 0) + amount, way } });
}

/** What stands, and what ended; nothing where nothing was claimed. */
export function claimedFor(claims: Claims, of: string): { readonly open: Dong; readonly settled: Dong } {
  const { open = 0, settled } = claims.get(of) ?? {};
  return { open, settled: settled === undefined ? 0 : settled['made-good'] + settled['written-off'] };
}

/** How a difference ended, once what was claimed for it has ended, too. */
export const endedWay = (claims: Claims, of: string, way: string): string => (claims.get(of)?.ended ?? '') || way;

/** No longer claimed: `source` has it. */
export const withdrawn = (source: Account, amount: Dong): Move => ({ debit: source, credit: account('difference', source), amount });

type Ending<W> = { readonly of: string; readonly way: W; readonly ground: string; readonly by: By; readonly today: LocalDate };
export type ClaimEnding = Ending<ClaimWay>;

const against = (way: ClaimWay, source: Account, { office }: By): Account => account(claimWays[way], way === 'made-good' ? office : source);

/** Nothing: nothing is claimed for that difference. */
export function endClaim({ claims }: Money, { of, way, ground, by, today }: ClaimEnding): readonly MoneyEvent[] {
  const claim = claims.get(of);
  if (claim === undefined || claim.open === 0) return [];
  const { source, open: amount } = claim;
  return [{ type: 'claim-ended', of, way, ground, by, posting: posting(today, { debit: against(way, source, by), credit: account('difference', source), amount }) }];
}

/** `late`: how much came to light although its claim had ended. Nothing: there is none. Null: none of it had ended so that it could end in this way. */
export function endFound({ claims }: Money, late: Dong, { of, way, ground, by, today }: Ending<FoundWay>): readonly MoneyEvent[] | null {
  const claim = claims.get(of);
  if (claim === undefined || late === 0) return [];
  const { source, settled } = claim, undone = foundWays[way], amount = Math.min(late, settled[undone]);
  return amount === 0 ? null : [{ type: 'found-ended', of, way, amount, ground, by, posting: posting(today, { debit: source, credit: against(undone, source, by), amount }) }];
}
