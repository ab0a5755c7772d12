/** Waits until the open dossiers of a hub are with the successors of their offices. Goes through them once, page by page, and waits at each: looking at all of them again and again would cost the hub as much as moving them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HubClient } from '@lienthong/journeys';
import type { LocalDate, Reference } from '@lienthong/law';
import { planReform } from '@lienthong/reference-data';
import type { OpenItem } from '@lienthong/reference-data';
import { openItems, openPage } from './open-items.ts';

/** Between two looks at a page, and as soon as nothing moved on it for so long it is seen whether anything moves elsewhere, in milliseconds. */
export type Waits = { readonly lookEveryMs: number; readonly standstillMs: number };
export const standardWaits: Waits = { lookEveryMs: 2_000, standstillMs: 300_000 };

export type Moved = {
  /** Dossiers that are still at an office which has ended; 0 unless nothing moves any more. */
  readonly remaining: number;
  /** Dossiers whose officer must say in which part of a split area they lie. */
  readonly asked: readonly string[];
};
type Counted = Moved & { /** Items of those that remain. */ readonly items: number };

/** `after`: with the reform. `told`: how many dossiers have been seen at their place. */
export async function allMoved(hub: Pick<HubClient, 'operator'>, { after, from }: { readonly after: Reference; readonly from: LocalDate }, told: (seen: number) => void, waits: Waits = standardWaits): Promise<Moved> {
  const before = endless(after, from), count = (items: readonly OpenItem[]): Counted => counted(items, before, after, from), asked: string[] = [];
  for (let pageToken = '', seen = 0, least = Number.POSITIVE_INFINITY; ;) {
    const page = await pageMoved(hub, pageToken, count, waits);
    if (page.items > 0) {
      const all = count(await Array.fromAsync(openItems(hub)));
      if (all.items >= least) return { remaining: all.remaining, asked: all.asked };
      least = all.items;
      continue;
    }
    asked.push(...page.asked);
    told(seen += page.seen);
    if (page.next === '') return { remaining: 0, asked };
    pageToken = page.next;
  }
}

/** With `items` above 0 where none of them moved for so long. */
async function pageMoved(hub: Pick<HubClient, 'operator'>, pageToken: string, count: (items: readonly OpenItem[]) => Counted, { lookEveryMs, standstillMs }: Waits): Promise<Counted & { readonly next: string; readonly seen: number }> {
  let least = Number.POSITIVE_INFINITY, lastProgress = Date.now();
  for (;;) {
    const { items, next } = await openPage(hub, pageToken), found = count(items);
    if (found.items < least) { least = found.items; lastProgress = Date.now(); }
    if (found.items === 0 || Date.now() - lastProgress > standstillMs) return { ...found, next, seen: items.length };
    await pause(lookEveryMs);
  }
}

/** By the same plan, read from the hub as it stands: what it still lists has not moved yet. */
function counted(items: readonly OpenItem[], before: Reference, after: Reference, from: LocalDate): Counted {
  const { dossiers } = planReform({ before, after, from, items: items.filter((one) => !one.rehearsal), rows: [] });
  const asked = dossiers.filter((one) => one.moves.some((move) => move.ask.length > 0 && !move.seek)).map((one) => one.code);
  const waiting = dossiers.map((one) => one.moves.filter((move) => move.to !== '' || move.noSuccessor || move.seek).length).filter((moves) => moves > 0);
  return { remaining: waiting.length, asked, items: waiting.reduce((sum, moves) => sum + moves, 0) };
}

/** As if nothing had ended with this reform: so what still stands at an office that it ended is seen. */
function endless(after: Reference, from: LocalDate): Reference {
  const ended = new Set(after.offices.filter((one) => one.validTo !== null && one.validTo < from).map((one) => one.id));
  return { ...after, office: (id) => { const office = after.office(id); return office !== undefined && ended.has(id) ? { ...office, validTo: null } : office; } };
}
