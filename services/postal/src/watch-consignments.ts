/** The way of consignments as a feed: a carrier's system, or a counter, hears of each change and goes on from its cursor. */
import { postal } from '@lienthong/contract';
import { actingFor, commitOfCursor, contextOf, cursorAt, onSide, sideOfDossier, withQuiet } from '@lienthong/dossier-service';
import type { Host, Side } from '@lienthong/dossier-service';
import { HubError, unlessDamaged } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import type { Dossier, FolderId } from '@lienthong/law';
import { concernedBy, feedField, openFeedField, wholePost } from './consignment-index.ts';
import { wayOf } from './consignment-reading.ts';

/** Folders looked up at once for the first listing. */
const foldersAtOnce = 200;
/** Consignments of which a stream remembers how it showed them last; one that is forgotten may come twice. About 1 KiB each. */
const maxRemembered = 10_000;
const nothing = new Uint8Array(0);

type Feed = { readonly host: Host; readonly office: string; readonly side: Side; /** Consignments as they were shown last. */ readonly shown: Map<string, Uint8Array> };
type Response = postal.WatchConsignmentsResponse;

/** Nothing that comes behind a cursor is left out; the same way may come twice, and the last counts. Throws CALLER_NOT_ALLOWED, CURSOR_UNKNOWN. */
export async function* watchConsignments(host: Host, request: postal.WatchConsignmentsRequest, call: Call): AsyncIterable<Response> {
  const feed: Feed = { host, office: officeOf(host, request, call), side: request.rehearsal ? 'rehearsal' : 'real', shown: new Map() };
  const from = request.cursor === '' ? host.participant.lastCommit() : await commitOfCursor(host, request.cursor);
  if (request.cursor === '') {
    // Who breaks off in the first listing begins it anew.
    for await (const folder of openFolders(feed)) for (const tracked of await changed(feed, folder, true)) yield { cursor: '', tracked };
  }
  let at = from, isCurrent = false;
  for await (const change of withQuiet(host.participant.watch(feedField, onSide(feed.side, feed.office), from, call.signal), host)) {
    if (change === 'current') isCurrent = true;
    if (change === 'current' || change === 'quiet') {
      // A day may begin before all that has changed was looked up.
      if (isCurrent) yield { cursor: cursorAt(host, at), tracked: undefined };
      continue;
    }
    const events = await changed(feed, change.id, false);
    // The cursor passes the change with the last of its consignments only.
    for (const [n, tracked] of events.entries()) yield { cursor: cursorAt(host, n === events.length - 1 ? change.commit : at), tracked };
    at = change.commit;
  }
}

function officeOf(host: Host, request: postal.WatchConsignmentsRequest, call: Call): string {
  const { office } = actingFor(call, request.office);
  if (!request.wholePost) return office;
  if (host.environment.reference.office(office)?.roles.includes('post-office') !== true) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'whole_post' });
  return wholePost;
}

async function* openFolders({ host, office, side }: Feed): AsyncIterable<FolderId> {
  let after: FolderId | undefined;
  for (;;) {
    const found = await host.participant.find(openFeedField, onSide(side, office), foldersAtOnce, after);
    yield* found;
    after = found.at(-1);
    if (found.length < foldersAtOnce) return;
  }
}

async function changed(feed: Feed, folder: FolderId, openOnly: boolean): Promise<readonly postal.TrackedConsignment[]> {
  const ways = await feed.host.participant.view(folder, ({ state: { dossier } }) => waysIn(feed, dossier, openOnly)).catch(unlessDamaged) ?? [];
  return ways.filter((way) => {
    const bytes = postal.TrackedConsignment.encode(way).finish(), key = `${folder}/${way.consignment.consignment}`;
    if (Buffer.compare(feed.shown.get(key) ?? nothing, bytes) === 0) return false;
    remember(feed.shown, key, bytes);
    return true;
  });
}

/** The longest unchanged goes first. */
function remember(shown: Feed['shown'], key: string, bytes: Uint8Array): void {
  shown.delete(key);
  shown.set(key, bytes);
  if (shown.size > maxRemembered) shown.delete(shown.keys().next().value!);
}

function waysIn({ host, office, side }: Feed, dossier: Dossier, openOnly: boolean): ReturnType<typeof wayOf>[] {
  if (dossier.root === null || sideOfDossier(dossier) !== side) return [];
  const context = contextOf(host);
  return [...dossier.consignments.values()].filter((one) => (!openOnly || one.ended === null) && (office === wholePost || concernedBy(dossier, one, context).has(office))).map((one) => wayOf(dossier, one));
}
