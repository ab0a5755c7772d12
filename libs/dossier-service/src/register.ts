/**
 * A register: records of one kind at one service, changed by dossiers through intent → reserve → decide → apply, and loaded by the office that keeps it.
 * The rules are pure; reservations and facts are compare-and-set in the record's own folder, so two dossiers never decide on the same state.
 */
import type { Effect } from '@lienthong/kernel';
import type { FolderId } from '@lienthong/law';
import { markRequest } from './command-call.ts';
import type { Host } from './host.ts';
import { applyChange, prepareChange, reserveChange } from './register-changes.ts';
import type { RegisterDesk } from './register-port.ts';
import { findRecords, listRecords, loadRecord, readRecord, readSlot, RecordStore, reviseRecord } from './register-records.ts';
import type { Loaded, Problem, RegisterRules, StoredRecord } from './register-rules.ts';
import type { FolderState } from './rules.ts';

export type Register<F> = {
  readonly name: string;
  get(key: string): Promise<StoredRecord<F> | undefined>;
  /** Records with `value` under `field`, ordered by folder, after `after`. */
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** All records of the register, page by page. */
  list(limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** Loads a record that was in the books before the hub. The same request, or the same content, changes nothing; REGISTER_CONFLICT while a dossier has it reserved. */
  load(key: string, facts: F, requestId: string, content: Uint8Array): Promise<Loaded>;
  /** Changes a record by order of the office that keeps it, outside a dossier. Undefined: there is no such record. REGISTER_CONFLICT while a dossier has it reserved, or where `next` says why not. */
  revise(key: string, requestId: string, content: Uint8Array, reason: string, next: (facts: F) => F | Problem): Promise<StoredRecord<F> | undefined>;
  /** Code of the dossier that has announced a change of this record, or is about to open it, until it is applied; '' for none. */
  reservedBy(key: string): Promise<string>;
  readonly desk: RegisterDesk;
  readonly effects: Readonly<Record<'reserve-register' | 'apply-register', Effect<FolderState>>>;
};

/** `pepper`: gives the secret of the service, without which keyed values tell nothing. */
export function register<F extends object, C extends object>(host: Host, rules: RegisterRules<F, C>, pepper: () => Promise<string>): Register<F> {
  const store = new RecordStore<F>(host, rules.name, (facts) => rules.keysOf(facts), pepper);
  return {
    name: rules.name,
    get: async (key) => readRecord(store, await store.folderOf(key)),
    find: (field, value, limit, after) => findRecords(store, field, value, limit, after),
    list: (limit, after) => listRecords(store, limit, after),
    load: (key, facts, requestId, content) => loadRecord(store, key, facts, markRequest(requestId, content, host.world)),
    revise: (key, requestId, content, reason, next) => reviseRecord(store, key, markRequest(requestId, content, host.world), reason, next),
    async reservedBy(key) {
      const { reservation } = await readSlot(store, await store.folderOf(key));
      return reservation === null ? '' : store.reservedBy(reservation);
    },
    desk: { fields: (action) => rules.fields(action), prepare: (change) => prepareChange(store, rules, change) },
    effects: { 'reserve-register': { run: (call) => reserveChange(store, rules, call) }, 'apply-register': { run: (call) => applyChange(store, rules, call) } },
  };
}
