/**
 * A register: records of one kind at one service, changed by dossiers through intent → reserve → decide → apply, and loaded by the office that keeps it.
 * The rules are pure; reservations and facts are compare-and-set in the record's own folder, so two dossiers never decide on the same state.
 */
import { errorOfRefusal } from '@lienthong/kernel';
import type { Decision, Effect, EffectCall } from '@lienthong/kernel';
import { asideName, decidedByRegister, refuse, sameRef } from '@lienthong/law';
import type { EntryRef, FolderId, Refusal } from '@lienthong/law';
import { markRequest } from './command-call.ts';
import type { RequestMark } from './command-call.ts';
import { changePart } from './desk/fact-commands.ts';
import type { Host } from './host.ts';
import { commitTo, valueOf } from './particulars.ts';
import { decisionKey } from './record.ts';
import type { RecordBodies, RegisterRecord, Reservation } from './record.ts';
import type { PrepareChange, RegisterDesk } from './register-port.ts';
import type { FolderState } from './rules.ts';

/** Why the register says no, in Vietnamese: it goes to the officer's desk. */
export type Problem = { readonly problem: string };
export const isProblem = (one: unknown): one is Problem => typeof one === 'object' && one !== null && 'problem' in one;

/** The pure part of a register. `F`: facts of a record; `C`: a change. Both are plain JSON. */
export type RegisterRules<F, C> = {
  /** Name in the catalogue, e.g. `land`. */
  readonly name: string;
  fields(action: string): readonly string[];
  /** The change that a completion would make, from what the leg may read and the officer gave. */
  changeOf(prepare: PrepareChange): C | Problem;
  /** Keys of the records that it touches. */
  touches(change: C): readonly string[];
  /** The facts of one touched record after the change; null facts: there is no such record yet. */
  next(change: C, key: string, facts: F | null): F | Problem;
  /** Values by which a record is found. They are keyed before they are written. */
  keysOf(facts: F): Readonly<Record<string, readonly string[]>>;
};

export type StoredRecord<F> = { readonly folder: FolderId; readonly facts: F; readonly reserved: boolean; readonly readAt: number };

export type Register<F> = {
  get(key: string): Promise<StoredRecord<F> | undefined>;
  /** Records with `value` under `field`, ordered by folder, after `after`. */
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** All records of the register, page by page. */
  list(limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** Loads or corrects a record outside a dossier. The same request again changes nothing. */
  put(key: string, facts: F, requestId: string, content: Uint8Array, reason: string): Promise<void>;
  readonly desk: RegisterDesk;
  readonly effects: Readonly<Record<'reserve-register' | 'apply-register', Effect<FolderState>>>;
};

const utf8 = new TextEncoder();
/** Characters of a keyed value in an index. */
const keyedCharacters = 32;

/** `pepper`: gives the secret of the service, without which keyed values tell nothing; known once the service has started. */
export function register<F extends object, C extends object>(host: Host, rules: RegisterRules<F, C>, pepper: () => string): Register<F> {
  const folderOf = (key: string): FolderId => host.world.hash(utf8.encode(`register|${rules.name}|${key}`));
  const keyed = (field: string, value: string): string => host.world.hash(utf8.encode(`${pepper()}|${rules.name}|${field}|${value}`)).slice(0, keyedCharacters);
  const keysOf = (facts: F): Record<string, string[]> => Object.fromEntries(Object.entries(rules.keysOf(facts)).map(([field, values]) => [`${rules.name}.${field}`, values.map((value) => keyed(field, value))]));
  const store: RecordStore<F> = { host, type: `register:${rules.name}`, folderOf, keysOf };
  return {
    get: (key) => readRecord(store, folderOf(key)),
    find: async (field, value, limit, after) => readAll(store, await host.participant.find(`${rules.name}.${field}`, keyed(field, value), limit, after)),
    list: async (limit, after) => readAll(store, await host.participant.find('type', store.type, limit, after)),
    put: (key, facts, requestId, content, reason) => putRecord(store, key, facts, markRequest(requestId, content, host.world), reason),
    desk: { fields: (action) => rules.fields(action), prepare: (change) => prepare(store, rules, change) },
    effects: { 'reserve-register': { run: (call) => reserve(store, rules, call) }, 'apply-register': { run: (call) => apply(store, rules, call) } },
  };
}

// ---------------------------------------------------------------- records

type RecordStore<F> = { readonly host: Host; readonly type: string; readonly folderOf: (key: string) => FolderId; readonly keysOf: (facts: F) => Record<string, string[]> };

async function readRecord<F>(store: RecordStore<F>, folder: FolderId): Promise<StoredRecord<F> | undefined> {
  const { host } = store;
  const found = await host.participant.view(folder, ({ state: { record } }) => (record === null ? undefined : { facts: record.facts, reserved: record.reservation !== null }));
  if (found === undefined) return undefined;
  const [aside] = await host.participant.asides(folder, [asideName(found.facts.commitment)]);
  return aside?.bytes == null ? undefined : { folder, facts: valueOf<F>(aside.bytes), reserved: found.reserved, readAt: host.world.now() };
}

async function readAll<F>(store: RecordStore<F>, folders: readonly FolderId[]): Promise<StoredRecord<F>[]> {
  const found = await Promise.all(folders.map((folder) => readRecord(store, folder)));
  return found.filter((one): one is StoredRecord<F> => one !== undefined);
}

async function putRecord<F>(store: RecordStore<F>, key: string, facts: F, request: RequestMark, reason: string): Promise<void> {
  const { commitment, aside } = commitTo('facts', facts, store.host.world);
  const keys = store.keysOf(facts);
  await writeRecord(store, store.folderOf(key), request, (record, author) => {
    if (record?.reservation != null) return { refusal: refuse('REGISTER_CONFLICT', { register: store.type, problem: 'bản ghi đang được một hồ sơ giữ chỗ' }) };
    if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: store.type, facts: commitment, keys } }], asides: [aside] };
    return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts: commitment, keys, reason } }], asides: [aside] };
  });
}

async function writeRecord<F>(store: RecordStore<F>, folder: FolderId, request: RequestMark, decide: (record: RegisterRecord | null, author: string) => Decision | { readonly refusal: Refusal }): Promise<void> {
  const handled = await store.host.participant.handle(folder, { request: { id: request.id, digest: request.digest }, decide: (view) => decide(view.state.record, view.author), reply: () => null });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
}

/** A request of the register's own: named by what it does, so that doing it again is recognised. */
function ownRequest(host: Host, ...words: readonly string[]): RequestMark {
  const id = host.world.hash(utf8.encode(words.join('|')));
  return { id, digest: id, mark: id };
}

// ---------------------------------------------------------------- a completion that changes the register

async function prepare<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, given: PrepareChange): Promise<{ readonly change: unknown } | { readonly refusal: Refusal }> {
  const conflict = ({ problem }: Problem): { refusal: Refusal } => ({ refusal: refuse('REGISTER_CONFLICT', { register: rules.name, problem }) });
  const change = rules.changeOf(given);
  if (isProblem(change)) return conflict(change);
  for (const key of rules.touches(change)) {
    const record = await readRecord(store, store.folderOf(key));
    if (record?.reserved === true) return conflict({ problem: 'bản ghi đang được một hồ sơ khác giữ chỗ' });
    const next = rules.next(change, key, record?.facts ?? null);
    if (isProblem(next)) return conflict(next);
  }
  return { change };
}

type Step<C> = { readonly change: C; readonly keys: readonly string[]; readonly reservation: Reservation };

async function changeIn<C>(host: Host, folder: FolderId, commitment: string): Promise<C> {
  const [aside] = await host.participant.asides(folder, [asideName(commitment)]);
  if (aside?.bytes == null) throw new Error(`no parameters of ${changePart} ${commitment}`);
  return valueOf<C>(aside.bytes);
}

/** Reserves every record; all or none. Ends in the decision, or in the register's refusal. */
async function reserve<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const { dossier } = call.view.state;
  const leg = dossier.legs.get((call.input as { leg: string }).leg);
  const intent = leg?.intent;
  if (leg === undefined || intent == null) return { drafts: [] };
  const change = await changeIn<C>(store.host, call.folder, intent.change.commitment);
  const step: Step<C> = { change, keys: [...rules.touches(change)].sort(), reservation: { dossier: call.folder, leg: leg.id, intent: intent.ref, action: intent.action } };
  const taken: string[] = [];
  for (const key of step.keys) {
    const problem = await reserveOne(store, rules, step, key);
    if (problem !== null) {
      for (const one of taken) await releaseOne(store, step, one, problem);
      return { drafts: [{ item: leg.id, kind: 'register-refused', body: { round: leg.round, reason: problem }, cites: [intent.ref] }] };
    }
    taken.push(key);
  }
  const decided = decidedByRegister(dossier, leg);
  return { drafts: decided === null ? [] : [decided] };
}

const sameReservation = (a: Reservation, b: Reservation): boolean => a.dossier === b.dossier && sameRef(a.intent, b.intent);
const intentWords = ({ dossier, intent }: Reservation): string => `${dossier}/${intent.author}/${intent.seq}`;

/** Null when reserved now or before; otherwise why not. A record that does not exist yet is opened by the application. */
async function reserveOne<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, step: Step<C>, key: string): Promise<string | null> {
  const folder = store.folderOf(key);
  const stored = await readRecord(store, folder);
  const next = rules.next(step.change, key, stored?.facts ?? null);
  if (isProblem(next)) return next.problem;
  if (stored === undefined) return null;
  let problem: string | null = null;
  await writeRecord(store, folder, ownRequest(store.host, 'reserve', intentWords(step.reservation), key), (record) => {
    if (record === null) return { drafts: [] };
    if (record.reservation !== null) {
      problem = sameReservation(record.reservation, step.reservation) ? null : 'bản ghi đang được một hồ sơ khác giữ chỗ';
      return { drafts: [] };
    }
    return { drafts: [{ item: record.item, kind: 'record-reserved', body: { reservation: step.reservation } }] };
  });
  return problem;
}

async function releaseOne<F, C>(store: RecordStore<F>, step: Step<C>, key: string, reason: string): Promise<void> {
  await writeRecord(store, store.folderOf(key), ownRequest(store.host, 'release', intentWords(step.reservation), key), (record) => {
    if (record?.reservation == null || !sameReservation(record.reservation, step.reservation)) return { drafts: [] };
    return { drafts: [{ item: record.item, kind: 'record-released', body: { reservation: step.reservation, reason } }] };
  });
}

/** Writes the change into every record, the decision beside it. A record that has it already is left alone. */
async function apply<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const { dossier } = call.view.state;
  const leg = dossier.legs.get((call.input as { leg: string }).leg);
  const completion = leg?.completion;
  if (leg === undefined || completion?.change == null) return { drafts: [] };
  const change = await changeIn<C>(store.host, call.folder, completion.change.commitment.commitment);
  for (const key of [...rules.touches(change)].sort()) await applyOne(store, rules, { change, key, dossier: call.folder, decision: completion.ref });
  return { drafts: [{ item: leg.id, kind: 'register-applied', body: { round: leg.round, decision: completion.ref }, cites: [completion.ref] }] };
}

type Application<C> = { readonly change: C; readonly key: string; readonly dossier: FolderId; readonly decision: EntryRef };

async function applyOne<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, { change, key, dossier, decision }: Application<C>): Promise<void> {
  const folder = store.folderOf(key);
  const done = await store.host.participant.view(folder, ({ state: { record } }) => record?.applied.includes(decisionKey(dossier, decision)));
  if (done === true) return;
  const stored = await readRecord(store, folder);
  const next = rules.next(change, key, stored?.facts ?? null);
  if (isProblem(next)) throw new Error(`${rules.name} ${key}: ${next.problem}`);
  const { commitment, aside } = commitTo('facts', next, store.host.world);
  const body: RecordBodies['record-applied'] = { decision, dossier, facts: commitment, keys: store.keysOf(next) };
  await writeRecord(store, folder, ownRequest(store.host, 'apply', decisionKey(dossier, decision), key), (record, author) => {
    if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: store.type, facts: commitment, keys: body.keys, applied: decisionKey(dossier, decision) } }], asides: [aside] };
    return { drafts: [{ item: record.item, kind: 'record-applied', body }], asides: [aside] };
  });
}
