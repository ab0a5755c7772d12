/** A day compared: the books of the hub, the platform's file, the tills. Everything that differs is listed with its cause, also what an entry has resolved since. */
import type { Dong, FolderId, LocalDate } from '@lienthong/law';
import { endedWay } from './rules-claims.ts';
import { fileDifferences, isWhole } from './rules-file.ts';
import type { FileRow } from './rules-file.ts';
import { account } from './rules-ledger.ts';
import { referenceOf, refundId, rest, undecided } from './rules-money.ts';
import type { Held, Money } from './rules-money.ts';
import { keyOf } from './rules-owed.ts';
import { postDays } from './rules-post.ts';
import { differenceOf, shiftName } from './rules-till.ts';
import type { Till } from './rules-till.ts';

export type Booked = { readonly folder: FolderId; readonly money: Money };
export type Difference = { readonly id: string; readonly cause: string; readonly reference: string; readonly ours: Dong; readonly theirs: Dong; readonly resolved: boolean; readonly resolution: string };
/** `file`: null: there is no platform, or no file. */
export type Day = { readonly day: LocalDate; readonly booked: readonly Booked[]; readonly tills: readonly Till[]; readonly gateway: string; readonly file: readonly FileRow[] | null };

export function compareDay(given: Day): readonly Difference[] {
  const { day, booked, tills } = given;
  return [...booked.flatMap((one) => setAside(one, day)), ...fileDifferences(given), ...refundDifferences(given), ...tills.filter((till) => till.shift.day === day).flatMap(tillDifference), ...postDifferences(given)];
}

/** What is not resolved, each counted above zero. */
export function openAmount(differences: readonly Difference[]): Dong {
  return differences.filter((one) => !one.resolved).reduce((sum, { ours, theirs }) => sum + Math.abs(ours - theirs), 0);
}

function setAside({ folder, money }: Booked, day: LocalDate): readonly Difference[] {
  const held = [...money.held.values()].filter((one) => one.asideFor !== '' && one.arrival.day === day).map((one): Difference => ({
    id: `money:${folder}/${one.arrival.transaction}`, cause: one.asideFor, reference: referenceOf(money, one.arrival.transaction), ours: rest(one), theirs: 0, resolved: rest(one) === 0, resolution: rest(one) > 0 ? '' : wayOf(one),
  }));
  const said = money.unfit.filter((one) => one.day === day).map((one): Difference => ({
    id: `said:${folder}/${one.transaction}`, cause: one.reason, reference: referenceOf(money, one.transaction), ours: 0, theirs: 0, resolved: one.settled, resolution: one.settled ? 'noted' : '',
  }));
  const kept = undecided(money).filter((one) => one.arrival.day === day).map((one): Difference => ({ id: `money:${folder}/${one.arrival.transaction}`, cause: 'MONEY_KEPT', reference: referenceOf(money, one.arrival.transaction), ours: rest(one), theirs: 0, resolved: false, resolution: '' }));
  return [...held, ...kept, ...said];
}

const wayOf = ({ backFromSuspense, allocated, recorded }: Held): string => (backFromSuspense > 0 ? 'return' : recorded !== null ? 'recorded' : allocated > 0 ? 'to-charge' : 'noted');

// ---------------------------------------------------------------- the platform's file

/** Rows of money that no record has: to be recorded. */
export function unrecorded({ booked, file }: Pick<Day, 'booked' | 'file'>): readonly FileRow[] {
  const known = new Set(booked.flatMap(({ money }) => [...money.held.keys(), ...money.unfit.map((one) => one.transaction)]));
  return (file ?? []).filter((row) => row.kind === 'payment' && !known.has(row.transaction));
}

type RefundOf = { readonly ours: Dong; readonly corrected: Dong; /** Null: no whole đồng. */ readonly theirs: Dong | null; readonly transaction: string; readonly ordered: boolean; readonly way: string };

/** Each refund of the day, by key: what the books had, what was put right since, what the file has. */
function refundsOf({ day, booked, gateway, file }: Day): ReadonlyMap<string, RefundOf> {
  const source = account('gateway', gateway), found = new Map<string, RefundOf>();
  const add = (key: string, more: (one: RefundOf) => Partial<RefundOf>): void => { const one = found.get(key) ?? { ours: 0, corrected: 0, theirs: 0, transaction: '', ordered: false, way: '' }; found.set(key, { ...one, ...more(one) }); };
  for (const { money } of booked) {
    for (const { back, on } of money.returns.values()) {
      if (on === day && back.out === source) add(keyOf(back), ({ ours, way }) => ({ ours: ours + back.amount, transaction: back.transaction, ordered: back.doneOn === undefined, way: back.doneOn === undefined ? way : 'adopted' }));
    }
    for (const [key, { amount, way, day: of }] of money.refunds) if (of === day) add(key, ({ corrected }) => ({ corrected: corrected + amount, way: endedWay(money.claims, refundId(key), way) }));
  }
  for (const row of file ?? []) if (row.kind === 'refund') add(row.reference, ({ theirs }) => ({ theirs: theirs === null || !isWhole(row) ? null : theirs + Number(row.amount), transaction: row.transaction }));
  return found;
}

function refundDifferences(given: Day): readonly Difference[] {
  if (given.file === null) return [];
  return [...refundsOf(given)].flatMap(([key, { ours, corrected, theirs, transaction, ordered, way }]): readonly Difference[] => {
    const resolved = theirs === null ? way !== '' : ours + corrected === theirs;
    if (resolved && way === '') return [];
    return [{ id: refundId(key), cause: ordered ? 'REFUND_MISSING' : 'REFUND_UNKNOWN', reference: transaction, ours: resolved ? ours : ours + corrected, theirs: theirs ?? 0, resolved, resolution: resolved ? way : '' }];
  });
}

/** What the file has under a key: `rows` of it. */
export function refundIn(rows: readonly FileRow[]): { readonly theirs: Dong | null; readonly transaction: string } {
  return { theirs: rows.every(isWhole) ? rows.reduce((sum, { amount }) => sum + Number(amount), 0) : null, transaction: rows[0]?.transaction ?? '' };
}

/** In which records a difference is found by its name: in one of a folder, in those of a refund or of a post office, among the tills, or only among all of its day. */
export type Place = { readonly kind: 'record'; readonly folder: FolderId; readonly transaction: string } | { readonly kind: 'refund'; readonly key: string } | { readonly kind: 'post'; readonly office: string } | { readonly kind: 'tills' } | { readonly kind: 'day' };

export function placeOf(id: string): Place {
  const [, kind = '', rest = ''] = /^(\w+):([^]*)$/.exec(id) ?? [];
  if (kind === 'refund') return { kind, key: rest };
  const [, office = ''] = /^([^]+)\/[^/]*$/.exec(rest) ?? [];
  if (kind === 'post' && office !== '') return { kind, office };
  if (kind === 'till') return { kind: 'tills' };
  const [, folder = '', transaction = ''] = /^([0-9a-f]{64})\/([^]*)$/.exec(rest) ?? [];
  return ['money', 'said', 'file', 'found'].includes(kind) && folder !== '' ? { kind: 'record', folder, transaction } : { kind: 'day' };
}

// ---------------------------------------------------------------- the post

export const postId = (office: string, day: LocalDate): string => `post:${office}/${day}`;

/** What postmen have collected and nobody has handed over. */
function postDifferences({ booked, day }: Day): readonly Difference[] {
  const ways = new Map(booked.flatMap(({ money }) => money.postResolved).filter((one) => one.day === day).map(({ office, way }) => [office, way]));
  return postDays(booked.map(({ money }) => money), day).filter((one) => one.collected !== 0 || one.remitted !== 0).map(({ office, collected, remitted }): Difference => ({
    id: postId(office, day), cause: 'POST_HOLDS', reference: office, ours: collected, theirs: remitted, resolved: collected === remitted, resolution: collected === remitted ? ways.get(office) ?? 'handed-over' : '',
  }));
}

// ---------------------------------------------------------------- tills

function tillDifference(till: Till): readonly Difference[] {
  const reference = shiftName(till.shift), id = `till:${reference}`, difference = differenceOf(till);
  if (till.state !== 'closed') return [{ id, cause: 'TILL_OPEN', reference, ours: 0, theirs: 0, resolved: false, resolution: '' }];
  if (difference === 0 || till.count === null) return [];
  return [{ id, cause: difference < 0 ? 'TILL_SHORT' : 'TILL_OVER', reference, ours: till.count.expected, theirs: till.count.counted, resolved: till.resolved !== null, resolution: till.resolved?.way ?? '' }];
}
