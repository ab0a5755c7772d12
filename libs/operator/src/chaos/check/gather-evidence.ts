/** Evidence for the checker: from the stores themselves, the answers that people were given, the key directories, and what services listed and logged. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effective } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import { foldRecord, isRecordOrigin, openedRecord, sideOfType } from '@lienthong/dossier-service';
import type { LawEnvironment, RecordBodies } from '@lienthong/dossier-service';
import { openKeys } from '@lienthong/keys';
import type { DirectoryKeys } from '@lienthong/keys';
import { workingTime } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { judgeFolder } from '@lienthong/testkit/simulator';
import type { Acknowledged, Evidence, ListedAtRisk, ShownCopy, ShownRecord, ToldEntry } from '@lienthong/testkit/simulator';
import { clusterServices } from '../../cluster/cluster-layout.ts';
import type { LostStore } from '../arena.ts';
import type { Journal, Told } from '../journal.ts';
import { entryOf, knownEntries } from './shown-store.ts';
import type { KnownEntry, ShownStore } from './shown-store.ts';

/** `directory`: of the cluster. `reference`: by which it ran last; absent: the released one. */
export type Gathered = { readonly directory: string; readonly stores: readonly ShownStore[]; readonly lostStores: readonly LostStore[]; readonly journal: Journal; readonly atRisk: readonly ListedAtRisk[]; readonly reference?: Reference; /** Dossiers that last failed for a record whose facts are lost. */ readonly lacking?: ReadonlyMap<FolderId, FolderId> };

/** Folders of which a lost store alone had what stands beside them, and which its service lists; and dossiers that need such a record. */
function bereftOf({ stores, lostStores, atRisk, lacking = new Map() }: Gathered): ReadonlySet<FolderId> {
  const listed = new Set(atRisk.flatMap(({ folders }) => folders));
  const lacks = ({ rewind: { service }, lost }: LostStore): FolderId[] => {
    const now = stores.find((one) => one.service === service)!;
    return [...lost.folders.values()].flatMap(({ id, parts }) => (parts.every((name) => now.folders.get(id)?.parts.includes(name)) ? [] : [id]));
  };
  const bereft = new Set(lostStores.flatMap(lacks).filter((id) => listed.has(id)));
  for (const [dossier, record] of lacking) if (bereft.has(record)) bereft.add(dossier);
  return bereft;
}

export function gatherEvidence(gathered: Gathered): Evidence {
  const { directory, stores, lostStores, journal, atRisk } = gathered;
  const { keys, presentOf } = allKeys(join(directory, 'keys'));
  const all: ShownCopy[] = stores.flatMap(({ service, folders }) => [...folders.values()].filter(({ entries }) => entries.length > 0).map(({ id, entries }) => ({ service, folder: id, entries })));
  const isRecord = (copy: ShownCopy): boolean => copy.entries.some((sealed) => isRecordOrigin(entryOf(sealed)));
  const rewound = new Set(lostStores.map(({ rewind }) => rewind.service));
  const evidence: Evidence = {
    environment: environment(gathered.reference ?? loadReference()), services: clusterServices, copies: all.filter((copy) => !isRecord(copy)), verify: keys.verify, maySucceed: keys.maySucceed, presentOf, now: Date.now(),
    acknowledged: journal.told.map((told) => acknowledged(told, stores, lostStores)), rewinds: lostStores.map(({ rewind }) => rewind), atRisk, forks: reportedForks(join(directory, 'logs')), outside: new Map(), records: [], bereft: bereftOf(gathered),
  };
  const records = all.filter((copy) => oneRecordPerDecision.has(copy.service) && !rewound.has(copy.service) && isRecord(copy));
  return { ...evidence, records: records.flatMap((copy) => recordOf(evidence, copy)) };
}

/** In the other registers one decision may change several records; in these, one that is found by what it is about, and beside it numbers that may be used once. */
const oneRecordPerDecision: ReadonlySet<string> = new Set(['land', 'social-protection']);

/** As every service of the production shape has it. */
function environment(reference: Reference): LawEnvironment {
  return { reference, work: workingTime(reference.calendar), hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] } };
}

/** Each service knows its own incarnations; together they know all. */
function allKeys(directory: string): { readonly keys: DirectoryKeys; readonly presentOf: Evidence['presentOf'] } {
  const keys = openKeys(join(directory, 'root')), present = new Map<string, string>();
  for (const service of clusterServices) {
    const own = openKeys(join(directory, service));
    for (const certificate of own.certificates()) keys.learn(certificate);
    present.set(service, own.incarnationOf(service));
  }
  return { keys, presentOf: (service) => present.get(service) ?? '' };
}

/** What an answer named, with the hash that its entry has wherever it is, or was before it was lost. */
function acknowledged(told: Told, stores: readonly ShownStore[], lostStores: readonly LostStore[]): Acknowledged {
  const { request, folder, service, at, code } = told;
  const places = [...stores, ...lostStores.map(({ lost }) => lost)];
  const known = places.flatMap((store) => entriesOf(store, folder)).filter((one) => one.request === request && one.author.startsWith(`${service}~`));
  const refs = told.entries ?? writeOf(code, known);
  const entries: ToldEntry[] = refs.map(({ author, seq }) => ({ author, seq, hash: known.find((one) => one.author === author && one.seq === seq)?.hash ?? '' }));
  const loss = lostStores.find(({ rewind, lost, kept }) => rewind.service === service && holdsAny(lost, folder, entries) && !holdsAny(kept, folder, entries));
  // An answer that names nothing can still be missed.
  const named = entries.length > 0 ? entries : [{ author: `${service}~`, seq: 1, hash: '' }];
  return { request, folder, service, author: named[0]!.author, entries: named, commit: loss?.lost.folders.get(folder)?.commit ?? 0, at, stray: false };
}

const cache = new WeakMap<ShownStore, Map<FolderId, readonly KnownEntry[]>>();

function entriesOf(store: ShownStore, id: FolderId): readonly KnownEntry[] {
  let read = cache.get(store);
  if (read === undefined) cache.set(store, read = new Map());
  let found = read.get(id);
  if (found === undefined) { const folder = store.folders.get(id); read.set(id, found = folder === undefined ? [] : knownEntries(folder)); }
  return found;
}

/** A submission that was lost and made again is two dossiers with one request. */
function writeOf(code: string, known: readonly KnownEntry[]): readonly KnownEntry[] {
  const received = known.find((one) => one.code === code);
  const ofAuthor = known.filter((one) => one.author === received?.author);
  return ofAuthor.filter((one, at) => ofAuthor.findIndex(({ seq }) => seq === one.seq) === at);
}

function holdsAny(store: ShownStore, folder: FolderId, entries: readonly ToldEntry[]): boolean {
  const held = entriesOf(store, folder);
  return entries.some(({ hash }) => hash !== '' && held.some((one) => one.hash === hash));
}

function recordOf(evidence: Evidence, copy: ShownCopy): ShownRecord[] {
  const entries = [...effective(judgeFolder(evidence, copy.folder, [copy]).folder)];
  const [first, ...later] = entries;
  if (first === undefined || !isRecordOrigin(first)) return [];
  const record = openedRecord(copy.folder, '', first);
  // A keeper's copy is not a record of its own.
  if (!record.type.startsWith('register:') || record.owner !== copy.service) return [];
  for (const entry of later) foldRecord(record, entry);
  if (!Object.keys(record.keys).some((name) => !name.startsWith('.'))) return [];
  let changes = (first.body as RecordBodies['record-opened']).applied === undefined ? 0 : 1;
  // What was put back is gone with what put it back.
  for (const { kind, body } of later) if (kind === 'record-applied') changes += (body as RecordBodies['record-applied']).reverses === undefined ? 1 : -1;
  return [{ service: copy.service, folder: copy.folder, side: sideOfType(record.type), applied: record.applied, undone: record.undone.map(({ decision }) => decision), changes }];
}

/** Services say in their logs what they have found. */
function reportedForks(directory: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of readdirSync(directory)) {
    for (const line of readFileSync(join(directory, file), 'utf8').split('\n')) {
      if (!line.includes('two entries with one number')) continue;
      const { folder, author } = JSON.parse(line) as { readonly folder: string; readonly author: string };
      found.add(`${folder}/${author}`);
    }
  }
  return found;
}
