/** Looking at a desk: the list, the watch, one piece of work. */
import { agency, dossier as pb } from '@lienthong/contract';
import { unlessDamaged } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { clockOf, handedBack, isLate, localDate, mine, officeName, officerOn, punctualityOfLeg, refuse, saidToLeg, speaksFor } from '@lienthong/law';
import type { Dossier, FolderId, Instant, ItemId, LawContext, Leg, LocalDate } from '@lienthong/law';
import { actingFor, refused } from '../command-call.ts';
import { contextOf } from '../host.ts';
import type { Host } from '../host.ts';
import type { RegisterDesk } from '../register-port.ts';
import { checkKnownValues } from '../known-values.ts';
import { folderAfter, listToken } from '../page-of.ts';
import { onDesk } from '../rules.ts';
import { legStateOf } from '../views/legs.ts';
import { commitOfCursor, cursorAt, withQuiet } from '../watching.ts';
import { wordsOf } from '../words-beside.ts';
import { deskLeg, workView } from './desk-views.ts';
import { deskLine, withRefusal, wordsMessage } from './desk-words.ts';
import type { DeskLine } from './desk-words.ts';
import { legParticulars } from './leg-particulars.ts';
import { readLeg } from './leg-call.ts';

export type ReadingDesk = Pick<Handlers<typeof agency.AgencyDeskService>, 'listLegs' | 'watchDesk' | 'getWork'>;

export const defaultPageSize = 50;
export const maxPageSize = 200;
const legsList = 'legs';

export function readingDesk(host: Host, register: RegisterDesk | null): ReadingDesk {
  return {
    listLegs: (request, call) => listLegs(host, request, call),
    watchDesk: (request, call) => watchDesk(host, request, call),
    getWork: (request, call) => getWork(host, register, request, call),
  };
}

type Wanted = { readonly office: string; readonly officer: string; readonly states: readonly pb.LegState[] };

/** Legs of one dossier that this desk shows. */
function legsOnDesk(dossier: Dossier, context: LawContext, wanted: Wanted): Leg[] {
  return [...dossier.legs.values()].filter((leg) => leg.office === wanted.office && mine(dossier, context, leg)
    && (wanted.states.length === 0 ? onDesk(dossier, leg) : wanted.states.includes(legStateOf(dossier, leg, context)))
    && (wanted.officer === '' || officerOn(leg, localDate(clockOf(dossier, context.now))) === wanted.officer));
}

async function listLegs(host: Host, request: agency.ListLegsRequest, call: Call): Promise<agency.ListLegsResponse> {
  const { office } = actingFor(call, request.office);
  const size = request.pageSize === 0 ? defaultPageSize : request.pageSize;
  if (size < 1 || size > maxPageSize) throw refused(refuse('FIELD_INVALID', { field: 'page_size', problem: `1–${maxPageSize}` }, 'page_size'));
  checkKnownValues('states', request.states, pb.LegState);
  const context = contextOf(host);
  const legs: agency.DeskLeg[] = [];
  let after = folderAfter(legsList, request.pageToken);
  for (;;) {
    const found = await host.participant.find('desk', office, size, after);
    for (const folder of found) {
      after = folder;
      const lines = await host.participant.view(folder, ({ state: { dossier } }) => {
        if (request.rehearsalsOnly && dossier.root?.body.rehearsal !== true) return [];
        return legsOnDesk(dossier, context, { office, officer: request.officer, states: request.states }).map((leg) => deskLine(deskLeg(dossier, leg, host.environment, context.now), dossier, leg));
      }).catch(unlessDamaged) ?? [];
      for (const one of lines) legs.push(await withRefusal(host, one));
      if (legs.length >= size) return { legs, nextPageToken: listToken(legsList, folder) };
    }
    if (found.length < size) return { legs, nextPageToken: '' };
  }
}

async function getWork(host: Host, register: RegisterDesk | null, request: agency.GetWorkRequest, call: Call): Promise<agency.GetWorkResponse> {
  const { office } = actingFor(call, request.office), context = contextOf(host);
  const found = await readLeg(host, request.code, request.leg, (leg, dossier, folder) => {
    if (!speaksFor(office, leg, dossier, context)) throw refused(refuse('NOT_HOLDER', { office: officeName(context, office), leg: leg.plan.name, holder: officeName(context, leg.office) }, 'office'));
    const action = leg.plan.register?.action;
    return { work: workView(dossier, leg, folder, {}, action === undefined || register === null ? [] : register.fields(action), office, context), particulars: legParticulars(host, folder, dossier, leg), words: wordsOf(host, folder, leg.id, saidToLeg(dossier, leg)), line: deskLine(deskLeg(dossier, leg, context, context.now), dossier, leg) };
  });
  const particulars = Object.entries(await found.particulars).map(([part, value]) => ({ part, json: JSON.stringify(value) }));
  return { work: { ...found.work, particulars, words: (await found.words).map(wordsMessage), deskLeg: await withRefusal(host, found.line) } };
}

// ---------------------------------------------------------------- watching

/** First the desk (or what changed since the cursor), then every change. Level-triggered: what is sent is the present state of each dossier that changed. */
async function* watchDesk(host: Host, request: agency.WatchDeskRequest, call: Call): AsyncIterable<agency.WatchDeskResponse> {
  const { office } = actingFor(call, request.office);
  const watch: DeskWatch = { host, wanted: { office, officer: request.officer, states: [] }, shown: new Map(), dues: new Map(), resumed: request.cursor !== '', day: request.cursor === '' ? localDate(host.world.now()) : '' };
  const { commit: from, listedUpTo } = request.cursor === '' ? { commit: host.participant.lastCommit(), listedUpTo: '' } : await placeOf(host, request.cursor);
  if (listedUpTo !== null) yield* listed(watch, from, listedUpTo);
  let at = from, isCurrent = false;
  yield* backFromSubstitutes(watch, at);
  for await (const change of withQuiet(host.participant.watch('office', office, from, call.signal), host, () => nextLate(watch))) {
    yield* backFromSubstitutes(watch, at);
    yield* turnedLate(watch, at);
    if (change === 'current') isCurrent = true;
    if (change === 'current' || change === 'quiet') {
      // A day may begin before all that has changed was looked up.
      if (isCurrent) yield current(watch, at);
      continue;
    }
    const before = cursorAt(host, at);
    at = change.commit;
    yield* shownOf(watch, change.id, before, cursorAt(host, at));
  }
}

/** Within the first listing the cursor says up to which folder it has come; behind it, null. With `+`, of a release that listed in another order: from its beginning. */
const listing = /^(.+)([/+])([0-9a-f]{64}|)$/;

async function placeOf(host: Host, cursor: string): Promise<{ readonly commit: number; readonly listedUpTo: FolderId | '' | null }> {
  const within = listing.exec(cursor);
  return { commit: await commitOfCursor(host, within?.[1] ?? cursor), listedUpTo: within === null ? null : within[2] === '/' ? within[3]! : '' };
}

/** The desk from behind a folder on, as it was at `from` or later: what has changed since then comes again. */
async function* listed(watch: DeskWatch, from: number, after: FolderId | ''): AsyncIterable<agency.WatchDeskResponse> {
  const start = cursorAt(watch.host, from);
  let passed = `${start}/${after}`;
  for await (const folder of foldersOfDesk(watch.host, watch.wanted.office, after || undefined)) {
    const next = `${start}/${folder}`;
    yield* shownOf(watch, folder, passed, next);
    passed = next;
  }
}

/** What an officer had in hand for another until a day that is over since the last look: nobody writes that, so nothing changes in the store. Whoever resumes may not know, either, what is late by now. */
async function* backFromSubstitutes(watch: DeskWatch, commit: number): AsyncIterable<agency.WatchDeskResponse> {
  const { host, day, wanted: { office } } = watch;
  watch.day = localDate(host.world.now());
  if (watch.day === day) return;
  const cursor = cursorAt(host, commit);
  for await (const folder of foldersOfDesk(host, office)) {
    const isOne = await host.participant.view(folder, ({ state: { dossier } }) => {
      const context = contextOf(host), legs = legsOnDesk(dossier, context, watch.wanted);
      noteDue(watch, dossier, legs, context);
      return [...dossier.legs.values()].some((leg) => leg.office === office && handedBack(leg, day, localDate(clockOf(dossier, context.now)))) || (day === '' && legs.some((leg) => isLate(punctualityOfLeg(dossier, leg, clockOf(dossier, context.now), context))));
    });
    if (isOne === true) yield* shownOf(watch, folder, cursor, cursor);
  }
}

/** Legs whose due time has passed since they were shown: nobody writes that. */
async function* turnedLate(watch: DeskWatch, commit: number): AsyncIterable<agency.WatchDeskResponse> {
  const now = watch.host.world.now(), cursor = cursorAt(watch.host, commit);
  for (const [folder, due] of watch.dues) if (due < now) yield* shownOf(watch, folder, cursor, cursor);
}

/** When the next leg of the desk turns late; null: none will. */
function nextLate({ dues }: DeskWatch): Instant | null {
  const next = dues.values().reduce((first, due) => Math.min(first, due), Number.POSITIVE_INFINITY);
  return next === Number.POSITIVE_INFINITY ? null : next + 1;
}

/** Keeps when the first of these legs falls due. The clock of a rehearsal goes on with what is written. */
function noteDue(watch: DeskWatch, dossier: Dossier, legs: readonly Leg[], context: LawContext): void {
  const dues = dossier.root === null || dossier.root.clock !== null ? [] : legs.flatMap((leg) => { const one = punctualityOfLeg(dossier, leg, context.now, context); return one?.class === 'running' && one.due !== null ? [one.due] : []; });
  if (dues.length === 0) watch.dues.delete(dossier.id);
  else watch.dues.set(dossier.id, Math.min(...dues));
}

type DeskWatch = { readonly host: Host; readonly wanted: Wanted; /** The hash of each leg as it was shown last: many watch large desks. */ readonly shown: Map<FolderId, Map<ItemId, string>>; /** When the first leg of each dossier turns late. */ readonly dues: Map<FolderId, Instant>; readonly resumed: boolean; /** Up to which day it knows what has ended; '': it resumes, and when its cursor was given is not known. */ day: LocalDate | '' };

const current = (watch: DeskWatch, commit: number): agency.WatchDeskResponse => ({ cursor: cursorAt(watch.host, commit), event: { $case: 'current', value: {} } });

async function* foldersOfDesk(host: Host, office: string, first?: FolderId): AsyncIterable<FolderId> {
  let after = first;
  for (;;) {
    const found = await host.participant.find('desk', office, maxPageSize, after);
    yield* found;
    after = found.at(-1);
    if (found.length < maxPageSize) return;
  }
}

/** The cursor passes a dossier with the last of its legs only. */
async function* shownOf(watch: DeskWatch, folder: FolderId, before: string, after: string): AsyncIterable<agency.WatchDeskResponse> {
  const events = await watch.host.participant.view(folder, (view) => deskEvents(watch, view.state.dossier)).catch(unlessDamaged) ?? [];
  for (const [n, event] of events.entries()) {
    yield { cursor: n === events.length - 1 ? after : before, event: 'gone' in event ? { $case: 'gone', value: event.gone } : { $case: 'leg', value: await withRefusal(watch.host, event) } };
  }
}

type DeskEvent = DeskLine | { readonly gone: agency.LegGone };

/** A line and which words belong to it, before they are looked up. */
const shownBytes = ({ line, ...words }: DeskLine): Uint8Array => Buffer.concat([agency.DeskLeg.encode(line).finish(), Buffer.from(JSON.stringify(words))]);

/** What is as it was shown is not sent again. `resumed`: what this watcher was shown before is not known, so whatever bears its office and is off the desk is said to be gone. */
function deskEvents(watch: DeskWatch, dossier: Dossier): DeskEvent[] {
  if (dossier.root === null) return [];
  const { host, wanted, shown, resumed } = watch;
  const context = contextOf(host);
  const events: DeskEvent[] = [], before = shown.get(dossier.id);
  const onIt = legsOnDesk(dossier, context, wanted), now = new Set(onIt.map((leg) => leg.id));
  noteDue(watch, dossier, onIt, context);
  for (const leg of dossier.legs.values()) {
    if (now.has(leg.id)) {
      const line = deskLine(deskLeg(dossier, leg, host.environment, context.now), dossier, leg), hash = host.world.hash(shownBytes(line));
      if (before?.get(leg.id) === hash) continue;
      noteShown(shown, dossier.id, leg.id, hash);
      events.push(line);
    }
    else if (before?.delete(leg.id) || (resumed && leg.office === wanted.office && leg.takenOver !== null)) events.push({ gone: { code: dossier.root.body.code, leg: leg.id } });
  }
  if (before?.size === 0) shown.delete(dossier.id);
  return events;
}

function noteShown(shown: DeskWatch['shown'], folder: FolderId, leg: ItemId, hash: string): void {
  const others = shown.get(folder);
  if (others === undefined) shown.set(folder, new Map([[leg, hash]]));
  else others.set(leg, hash);
}
