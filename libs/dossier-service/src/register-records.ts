/** Records of a register in the store of its service: reading, finding, loading, and the compare-and-set under which they change. */
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Decision, View } from '@lienthong/kernel';
import { reversalOwed, sameRef } from '@lienthong/law';
import type { Commitment, EntryRef, FolderId, Refusal } from '@lienthong/law';
import type { RequestMark } from './command-call.ts';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import { commitTo, keptValue } from './particulars.ts';
import { randomHex } from './random-hex.ts';
import { decisionKey } from './record.ts';
import type { RegisterRecord, Reservation } from './record.ts';
import { isProblem, refusalOfProblem } from './register-rules.ts';
import type { Loaded, Problem, StoredRecord } from './register-rules.ts';
import { changedForField } from './rules.ts';
import type { FolderState } from './rules.ts';
import { onSide, sideOfDossier } from './side.ts';
import type { Side } from './side.ts';

const utf8 = new TextEncoder();
/** Characters of a keyed value in an index. */
const keyedCharacters = 32;
/** Bytes of the id of a request that the register makes for itself. */
const ownRequestBytes = 16;

/** What is at a record's place: nothing yet, a place kept for it, or the record. `version` 0: no facts. */
export type Slot<F> = { readonly folder: FolderId; readonly facts: F | null; readonly version: number; readonly reservation: Reservation | null; readonly applied: readonly string[]; readonly undone: readonly string[]; readonly readAt: number; /** 0: it is absent. */ readonly openedAt: number };

/** The records of one side of a register. */
export class RecordStore<F> {
  readonly host: Host;
  /** Of the register, as the catalogue has it. */
  readonly name: string;
  readonly side: Side;
  /** Of this side of it: all that is kept or found bears it. */
  readonly #own: string;
  readonly #keysOf: (facts: F) => Readonly<Record<string, readonly string[]>>;
  readonly #pepper: () => Promise<string>;

  constructor(host: Host, name: string, side: Side, keysOf: (facts: F) => Readonly<Record<string, readonly string[]>>, pepper: () => Promise<string>) {
    this.host = host;
    this.name = name;
    this.side = side;
    this.#own = onSide(side, name);
    this.#keysOf = keysOf;
    this.#pepper = pepper;
  }

  get type(): string { return `register:${this.#own}`; }

  /** Nobody without the secret can try out which person or parcel a record is of. */
  async folderOf(key: string): Promise<FolderId> {
    return this.host.world.hash(utf8.encode(`${await this.#pepper()}|register|${this.#own}|${key}`));
  }

  fieldOf(field: string): string { return `${this.#own}.${field}`; }

  async keyed(field: string, value: string): Promise<string> {
    return this.host.world.hash(utf8.encode(`${await this.#pepper()}|${this.#own}|${field}|${value}`)).slice(0, keyedCharacters);
  }

  async keysOf(facts: F): Promise<Record<string, string[]>> {
    const keys: Record<string, string[]> = {};
    for (const [field, values] of Object.entries(this.#keysOf(facts))) keys[this.fieldOf(field)] = await Promise.all(values.map((value) => this.keyed(field, value)));
    return keys;
  }

  /** Code of the dossier by which a record is reserved; '' when the reservation is of the past, or of a rehearsal that reserved a real record before there were sides. */
  async reservedBy(reservation: Reservation): Promise<string> {
    return await this.host.participant.view(reservation.dossier, ({ state: { dossier } }) => (this.#stands(dossier, reservation) ? dossier.root?.body.code ?? '' : '')) ?? '';
  }

  #stands(dossier: FolderState['dossier'], reservation: Reservation): boolean {
    return dossier.root !== null && sideOfDossier(dossier) === this.side && reservationStands(dossier, reservation);
  }
}

/**
 * A reservation is in force while the intent that it names is undecided, or decided and not yet applied. It is derived, never released by an entry: so an instance
 * that stalled cannot hold a record with an intent that has ended, and none is free before its intent has.
 */
export function reservationStands({ legs }: FolderState['dossier'], { leg: id, intent }: Pick<Reservation, 'leg' | 'intent'>): boolean {
  const leg = legs.get(id);
  if (leg === undefined) return false;
  // What is kept to put a change back names the decision that was taken back.
  if (reversalOwed(leg) !== null && sameRef(leg.applied!, intent)) return true;
  if ((leg.intent !== null && sameRef(leg.intent.ref, intent)) || (leg.amending !== null && sameRef(leg.amending.ref, intent))) return true;
  const { completion, applied, status } = leg;
  return status === 'complete' && completion?.change != null && sameRef(completion.change.intent, intent) && !(applied !== null && sameRef(applied, completion.ref));
}

type Intent = Pick<Reservation, 'dossier' | 'intent'>;

export const sameIntent = (a: Intent, b: Intent): boolean => a.dossier === b.dossier && sameRef(a.intent, b.intent);

/**
 * Whether the record is kept for another intent. Asked before it is written, too: a decision of a copy of the store, or from before a store was put back, may come
 * back without its reservation, and what others have decided on meanwhile must not change under them.
 */
export async function isKeptForAnother<F>(store: RecordStore<F>, { reservation }: Slot<F>, own: Intent): Promise<boolean> {
  return reservation !== null && !sameIntent(reservation, own) && await store.reservedBy(reservation) !== '';
}

// ---------------------------------------------------------------- reading

export async function readSlot<F>(store: RecordStore<F>, folder: FolderId): Promise<Slot<F>> {
  const { isLost, ...slot } = await lookAt(store, folder);
  if (isLost) throw factsLost(store.host, folder);
  return slot;
}

/** As `readSlot`. `isLost`: there are facts, but they were lost with a store; null stands in their place. */
async function lookAt<F>(store: RecordStore<F>, folder: FolderId): Promise<Slot<F> & { readonly isLost: boolean }> {
  const { host } = store;
  assertWhole(host);
  const readAt = host.world.now();
  const record = await host.participant.view(folder, ({ state }) => (state.record === null ? undefined : { facts: state.record.facts, version: state.record.versions.length, reservation: state.record.reservation, applied: [...state.record.applied], undone: state.record.undone.flatMap(({ decision, by }) => [decision, by]), openedAt: state.record.openedAt }));
  if (record === undefined) return { folder, facts: null, version: 0, reservation: null, applied: [], undone: [], readAt, openedAt: 0, isLost: false };
  const facts = record.facts.commitment === '' ? null : await keptValue<F>(host, folder, record.facts);
  return { ...record, folder, readAt, facts: facts ?? null, isLost: facts === undefined };
}

async function factsOf<F>(host: Host, folder: FolderId, commitment: Commitment): Promise<F> {
  const facts = await keptValue<F>(host, folder, commitment);
  if (facts === undefined) throw factsLost(host, folder);
  return facts;
}

const factsLost = ({ service }: Host, folder: FolderId): HubError => new HubError('FACTS_LOST', { folder, service });

export async function readRecord<F>(store: RecordStore<F>, folder: FolderId): Promise<StoredRecord<F> | undefined> {
  const { facts, version, readAt, openedAt } = await readSlot(store, folder);
  return facts === null ? undefined : { folder, facts, version, readAt, openedAt, side: store.side };
}

/** A version of a record of this register; undefined: another register's, or no such version. */
export async function readVersion<F>(store: RecordStore<F>, folder: FolderId, version: number): Promise<StoredRecord<F> | undefined> {
  assertWhole(store.host);
  const readAt = store.host.world.now();
  const commitment = await store.host.participant.view(folder, ({ state: { record } }) => (record?.type === store.type ? record.versions[version - 1] : undefined));
  return commitment === undefined || commitment.commitment === '' ? undefined : { folder, facts: await factsOf<F>(store.host, folder, commitment), version, readAt, side: store.side };
}

async function readAll<F>(store: RecordStore<F>, folders: readonly FolderId[]): Promise<StoredRecord<F>[]> {
  const found = await Promise.all(folders.map((folder) => readRecord(store, folder)));
  return found.filter((one): one is StoredRecord<F> => one !== undefined);
}

export async function findRecords<F>(store: RecordStore<F>, field: string, value: string, limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]> {
  assertWhole(store.host);
  return readAll(store, await store.host.participant.find(store.fieldOf(field), await store.keyed(field, value), limit, after));
}

export async function listRecords<F>(store: RecordStore<F>, limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]> {
  assertWhole(store.host);
  return readAll(store, await store.host.participant.find('type', store.type, limit, after));
}

/** Records of one change at most. */
const maxRecordsOfChange = 1_000;

/** Records of this register that a dossier changed, put back or has reserved. */
async function recordsOf<F>({ host, type }: RecordStore<F>, dossier: FolderId): Promise<readonly RegisterRecord[]> {
  assertWhole(host);
  const found: RegisterRecord[] = [];
  for (const folder of await host.participant.find(changedForField, dossier, maxRecordsOfChange)) {
    const record = await host.participant.view(folder, ({ state }) => state.record ?? undefined);
    if (record?.type === type) found.push(record);
  }
  return found;
}

/** How much of a decided change stands in this register, where nothing is left to tell which records it touches: those that it wrote are found by its dossier, and those that still wait for it; each that it wrote tells how many there must be. */
export async function howMuchStands<F>(store: RecordStore<F>, { dossier, intent }: Intent, decision: EntryRef): Promise<'nothing' | 'a part' | 'all'> {
  const key = decisionKey(dossier, decision);
  let written = 0, waiting = 0, among = 1;
  for (const record of await recordsOf(store, dossier)) {
    if (record.applied.includes(key)) { written++; among = Math.max(among, record.among.get(key) ?? 1); }
    else if (record.reservation !== null && sameIntent(record.reservation, { dossier, intent })) waiting++;
  }
  return written === 0 ? 'nothing' : waiting === 0 && written >= among ? 'all' : 'a part';
}

/** Whether a change that stood in this register was put back there and stands in no record any more, where nothing is left to tell which records it touches. */
export async function isPutBack<F>(store: RecordStore<F>, dossier: FolderId, decision: EntryRef): Promise<boolean> {
  const key = decisionKey(dossier, decision), records = await recordsOf(store, dossier);
  return records.some(({ undone }) => undone.some((one) => one.decision === key)) && !records.some(({ applied }) => applied.includes(key));
}

// ---------------------------------------------------------------- writing

type Decided = Decision | { readonly refusal: Refusal };
export type DecideRecord = (record: RegisterRecord | null, view: View<FolderState>) => Decided;

/** One compare-and-set on one record. True: the request had been handled before. */
export async function writeRecord(host: Host, folder: FolderId, request: RequestMark, decide: DecideRecord): Promise<boolean> {
  assertWhole(host);
  host.world.crashPoint?.('record-unwritten');
  const handled = await host.participant.handle(folder, { request: { id: request.id, digest: request.digest }, decide: (view) => decide(view.state.record, view), reply: () => null });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  host.world.crashPoint?.('record-written');
  return handled.repeated;
}

/** A request of the register's own. What it does is decided from the record, so that doing it again changes nothing; its id is never used twice. */
export function ownRequest(host: Host): RequestMark {
  const id = randomHex(host.world, ownRequestBytes);
  return { id, digest: host.world.hash(utf8.encode(id)), mark: id };
}

const busyProblem: Problem = { problem: 'bản ghi đang được một hồ sơ giữ chỗ' };

function conflict(name: string, problem: Problem): { readonly refusal: Refusal } {
  return { refusal: refusalOfProblem(name, problem) };
}

async function isReserved<F>(store: RecordStore<F>, { reservation }: Slot<F>): Promise<boolean> {
  return reservation !== null && await store.reservedBy(reservation) !== '';
}

/** `open`: only where nobody has touched the folder. `judge`: nothing is written. */
type Loading<F> = { readonly how?: 'load' | 'open' | 'judge'; /** Facts that say that nothing stands there any more. Absent: none do. */ readonly isFree?: (standing: F) => boolean };

/**
 * Opens a record with facts from outside a dossier. A repeat of the request, or of the content, changes nothing. Where the facts that stood there were lost with a store, they are loaded in their place,
 * also by the request that had loaded them, and also while a dossier has the record reserved: it waits for them.
 */
export async function loadRecord<F>(store: RecordStore<F>, key: string, facts: F, request: RequestMark, { how = 'load', isFree = () => false }: Loading<F> = {}): Promise<Loaded> {
  const { host } = store;
  const folder = await store.folderOf(key);
  const keys = await store.keysOf(facts);
  const { commitment, aside } = commitTo('facts', facts, host.world);
  return onUnchanged(folder, async () => {
    const { isLost, ...slot } = await lookAt(store, folder);
    const busy = !isLost && await isReserved(store, slot);
    let outcome = 'loaded' as Loaded['outcome'] | 'changed';
    const decide: DecideRecord = (record, view) => {
      const stays = (as: typeof outcome): Decided => { outcome = as; return { drafts: [] }; };
      if (!unchanged(record, slot)) return stays('changed');
      if (how === 'open' && (isLost || (record === null && view.version > 0))) return stays('differs');
      if (slot.facts !== null && !isFree(slot.facts)) return stays(JSON.stringify(slot.facts) === JSON.stringify(facts) ? 'known' : 'differs');
      if (busy) return conflict(store.name, busyProblem);
      if (how === 'judge') return stays('loaded');
      outcome = 'loaded';
      if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: store.type, facts: commitment, keys } }], asides: [aside] };
      return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts: commitment, keys, reason: 'loaded' } }], asides: [aside] };
    };
    let repeated = await writeRecord(host, folder, request, decide);
    // What it did then is lost.
    if (repeated && isLost && how !== 'open') repeated = await writeRecord(host, folder, ownRequest(host), decide);
    return outcome === 'changed' ? outcome : { folder, outcome: repeated ? 'known' : outcome };
  });
}

/** Changes a record from outside a dossier. Undefined: there is none. A repeat of the request changes nothing. */
export async function reviseRecord<F>(store: RecordStore<F>, key: string, request: RequestMark, reason: string, next: (facts: F) => F | Problem): Promise<StoredRecord<F> | undefined> {
  const { host } = store;
  const folder = await store.folderOf(key);
  const known = await onUnchanged(folder, async () => {
    const slot = await readSlot(store, folder);
    if (slot.facts === null) return false;
    const busy = await isReserved(store, slot);
    const facts = next(slot.facts);
    const keys = isProblem(facts) ? {} : await store.keysOf(facts);
    const { commitment, aside } = commitTo('facts', facts, host.world);
    let outcome: true | 'changed' = true;
    await writeRecord(host, folder, request, (record) => {
      if (record === null || !unchanged(record, slot)) { outcome = 'changed'; return { drafts: [] }; }
      if (busy) return conflict(store.name, busyProblem);
      return isProblem(facts) ? conflict(store.name, facts) : { drafts: [{ item: record.item, kind: 'record-changed', body: { facts: commitment, keys, reason } }], asides: [aside] };
    });
    return outcome;
  });
  return known ? readRecord(store, folder) : undefined;
}

/** How often a record is looked at again after somebody else changed it meanwhile. */
const maxTries = 8;

/** Tries until the record was not changed between looking and writing. */
export async function onUnchanged<T>(folder: FolderId, attempt: () => Promise<T | 'changed'>): Promise<T> {
  for (let n = 0; n < maxTries; n++) {
    const outcome = await attempt();
    if (outcome !== 'changed') return outcome;
  }
  throw new HubError('CONFLICT_PERSISTS', { folder, attempts: String(maxTries) });
}

/** Whether a record is still as it was when `slot` was read. */
export function unchanged<F>(record: RegisterRecord | null, slot: Slot<F>): boolean {
  const [was, is] = [slot.reservation, record?.reservation ?? null];
  return (record?.versions.length ?? 0) === slot.version && (was === null || is === null ? was === is : sameIntent(was, is));
}

