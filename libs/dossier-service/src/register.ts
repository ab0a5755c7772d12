/**
 * A register: records of one kind at one service, changed by dossiers through intent → reserve → decide → apply, and loaded by the office that keeps it.
 * The rules are pure; reservations and facts are compare-and-set in the record's own folder, so two dossiers never decide on the same state.
 */
import { errorOfRefusal } from '@lienthong/kernel';
import type { Effect, EffectCall } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Dossier, FolderId } from '@lienthong/law';
import { markRequest } from './command-call.ts';
import type { Host } from './host.ts';
import { applyChange, prepareChange, reserveChange } from './register-changes.ts';
import type { RegisterDesk } from './register-port.ts';
import type { RegisterEffect } from './register-effects.ts';
import { inspectRegister } from './register-inspection.ts';
import { applyAmendment, prepareAmendment, reserveAmendment } from './register-amendments.ts';
import { applyReversal, reserveReversal } from './register-reversals.ts';
import { findRecords, listRecords, loadRecord, readRecord, readSlot, readVersion, RecordStore, reviseRecord } from './register-records.ts';
import type { Loaded, Problem, RegisterRules, StoredRecord } from './register-rules.ts';
import type { FolderState } from './rules.ts';
import { sideOfDossier } from './side.ts';
import type { Side } from './side.ts';

/** One side of a register. */
export type Register<F> = {
  readonly name: string;
  readonly side: Side;
  get(key: string): Promise<StoredRecord<F> | undefined>;
  /** A record by its folder, as it stood in one of its versions. Undefined: this side of the register has no such version. */
  version(folder: FolderId, version: number): Promise<StoredRecord<F> | undefined>;
  /** Records with `value` under `field`, ordered by folder, after `after`. */
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** All records of the register, page by page. */
  list(limit: number, after?: FolderId): Promise<readonly StoredRecord<F>[]>;
  /** Loads a record that was in the books before the hub. The same request, or the same content, changes nothing; REGISTER_CONFLICT while a dossier has it reserved, REHEARSAL_REFUSED on the side of rehearsals where the operator allows none. `isFree`: facts in whose place others may be loaded; absent: none. */
  load(key: string, facts: F, requestId: string, content: Uint8Array, isFree?: (standing: F) => boolean): Promise<Loaded>;
  /** As `load`, with the same refusals, but nothing is written: `loaded` is what would come of it. */
  judge(key: string, facts: F, requestId: string, content: Uint8Array, isFree?: (standing: F) => boolean): Promise<Loaded>;
  /** As `load`, of a record whose folder nobody has touched (see `number-series`): false where somebody has, and nothing is written. */
  open(key: string, facts: F, requestId: string, content: Uint8Array): Promise<boolean>;
  /** The folder of a record, whether it is there or not. */
  folderOf(key: string): Promise<FolderId>;
  /** Changes a record by order of the office that keeps it, outside a dossier. Undefined: there is no such record. REGISTER_CONFLICT while a dossier has it reserved, or where `next` says why not; REHEARSAL_REFUSED as for `load`. */
  revise(key: string, requestId: string, content: Uint8Array, reason: string, next: (facts: F) => F | Problem): Promise<StoredRecord<F> | undefined>;
  /** Code of the dossier that has announced a change of this record, or is about to open it, until it is applied; '' for none. */
  reservedBy(key: string): Promise<string>;
};

/** Both sides of a register. Dossiers reach theirs by desk and effects, and no other. */
export type Registers<F> = {
  readonly name: string;
  of(side: Side): Register<F>;
  readonly desk: RegisterDesk;
  readonly effects: Readonly<Record<RegisterEffect, Effect<FolderState>>>;
};

/** `pepper`: gives the secret of the service, without which keyed values tell nothing. */
export function registers<F extends object, C extends object>(host: Host, rules: RegisterRules<F, C>, pepper: () => Promise<string>): Registers<F> {
  const storeOn = (side: Side): RecordStore<F> => new RecordStore<F>(host, rules.name, side, (facts) => rules.keysOf(facts), pepper);
  const stores = { real: storeOn('real'), rehearsal: storeOn('rehearsal') };
  const sides = { real: oneSide(stores.real), rehearsal: oneSide(stores.rehearsal) };
  const storeOf = (dossier: Dossier): RecordStore<F> => stores[sideOfDossier(dossier)];
  const onItsSide = (change: (store: RecordStore<F>, call: EffectCall<FolderState>) => ReturnType<Effect<FolderState>['run']>): Effect<FolderState> => ({
    run: async (call) => (call.view.state.dossier.root === null ? { drafts: [] } : change(storeOf(call.view.state.dossier), call)),
  });
  return {
    name: rules.name,
    of: (side) => sides[side],
    desk: { fields: (action) => rules.fields(action), prepare: (change) => prepareChange(storeOf(change.dossier), rules, change), prepareAmendment: (of) => prepareAmendment(storeOf(of.dossier), rules, of) },
    effects: {
      'reserve-register': onItsSide((store, call) => reserveChange(store, rules, call)), 'apply-register': onItsSide((store, call) => applyChange(store, rules, call)),
      'reserve-reversal': onItsSide((store, call) => reserveReversal(store, rules, call)), 'apply-reversal': onItsSide((store, call) => applyReversal(store, rules, call)),
      'reserve-amendment': onItsSide((store, call) => reserveAmendment(store, rules, call)), 'apply-amendment': onItsSide((store, call) => applyAmendment(store, rules, call)),
      'inspect-register': onItsSide((store, call) => inspectRegister(store, rules, call)),
    },
  };
}

/** Both sides of records that no dossier changes: a service's own. `keysOf`: values by which one is found; they are keyed before they are written. */
export function ownRecords<F extends object>(host: Host, name: string, keysOf: (facts: F) => Readonly<Record<string, readonly string[]>>, pepper: () => Promise<string>): (side: Side) => Register<F> {
  const sides = { real: oneSide(new RecordStore<F>(host, name, 'real', keysOf, pepper)), rehearsal: oneSide(new RecordStore<F>(host, name, 'rehearsal', keysOf, pepper)) };
  return (side) => sides[side];
}

function oneSide<F extends object>(store: RecordStore<F>): Register<F> {
  const { host, side } = store;
  return {
    name: store.name, side,
    get: async (key) => readRecord(store, await store.folderOf(key)),
    version: (folder, version) => readVersion(store, folder, version),
    find: (field, value, limit, after) => findRecords(store, field, value, limit, after),
    list: (limit, after) => listRecords(store, limit, after),
    async load(key, facts, requestId, content, isFree = () => false) {
      assertOpen(host, side);
      return loadRecord(store, key, facts, markRequest(requestId, content, host.world), { isFree });
    },
    async judge(key, facts, requestId, content, isFree = () => false) {
      assertOpen(host, side);
      return loadRecord(store, key, facts, markRequest(requestId, content, host.world), { how: 'judge', isFree });
    },
    async open(key, facts, requestId, content) {
      assertOpen(host, side);
      return (await loadRecord(store, key, facts, markRequest(requestId, content, host.world), { how: 'open' })).outcome !== 'differs';
    },
    folderOf: (key) => store.folderOf(key),
    async revise(key, requestId, content, reason, next) {
      assertOpen(host, side);
      return reviseRecord(store, key, markRequest(requestId, content, host.world), reason, next);
    },
    async reservedBy(key) {
      const { reservation } = await readSlot(store, await store.folderOf(key));
      return reservation === null ? '' : store.reservedBy(reservation);
    },
  };
}

/** Where the operator allows no rehearsals nobody prepares one; those that were begun go on. */
function assertOpen({ rehearsalsAllowed }: Host, side: Side): void {
  if (side === 'rehearsal' && !rehearsalsAllowed) throw errorOfRefusal(refuse('REHEARSAL_REFUSED', {}, 'rehearsal'));
}
