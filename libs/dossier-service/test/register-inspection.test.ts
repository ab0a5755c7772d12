/** A dossier came back after its service's store was lost. What the register holds decides whether the dossier still says what is so. */
import { hash } from 'node:crypto';
import { having, seldom } from '@lienthong/folder';
import type { EffectCall } from '@lienthong/kernel';
import type { FolderId, ItemId } from '@lienthong/law';
import { describe, expect, it } from 'vitest';
import type { FolderState, Host, RegisterRules } from '../src/index.ts';
import { decisionKey } from '../src/record.ts';
import type { RegisterRecord } from '../src/record.ts';
import { inspectRegister } from '../src/register-inspection.ts';
import { RecordStore } from '../src/register-records.ts';

const dossier = 'a'.repeat(64) as FolderId, leg = 'intake~0/1/1' as ItemId, author = 'land~0', intent = { author, seq: 4 }, decision = { author, seq: 5 }, amended = { author, seq: 9 };
const key = decisionKey(dossier, decision);

type Held = Pick<RegisterRecord, 'type' | 'applied' | 'undone' | 'reservation' | 'among'>;
const untouched: Held = { type: 'register:land', applied: [], undone: [], reservation: null, among: seldom() };
const written: Held = { ...untouched, applied: [key] };
const oneOfTwo: Held = { ...written, among: having(seldom<string, number>(), key, 2) };
const waiting: Held = { ...untouched, reservation: { dossier, leg, intent, action: 'transfer' } };
const putBack: Held = { ...untouched, undone: [{ decision: key, by: decisionKey(dossier, { author, seq: 8 }) }] };
const renumbered: Held = { ...written, applied: [key, decisionKey(dossier, amended)] };

type Said = { readonly leg?: object; readonly root?: object; readonly entries?: readonly object[]; readonly mayLeaveAll?: boolean };

async function inspected(records: readonly Held[], { leg: more = {}, root = {}, entries = [], mayLeaveAll = false }: Said = {}, whole = true): Promise<readonly [boolean | undefined, readonly string[]]> {
  const change = { action: 'transfer', intent, commitment: { part: 'change', commitment: 'lost' } };
  const decided = { id: leg, round: 1, holder: author, status: 'complete', plan: { register: { register: 'land' } }, completion: { ref: decision, verdict: 'done', change, amendments: [{ ref: amended }] }, applied: decision, amending: null, ...more };
  const view = { state: { dossier: { root: { body: { code: 'HS-1', rehearsal: false }, closing: null, ...root }, succeeded: new Map(), entries, legs: new Map([[leg, decided]]) } } };
  const participant = {
    isWhole: () => whole, context: () => ({ isMine: (one: string) => one === author }), find: async () => records.map((_record, n) => `${n}`),
    view: async (folder: string, read: (of: object) => unknown) => read({ state: { record: records[Number(folder)] } }),
  };
  const world = { now: () => 0, randomBytes: (n: number) => new Uint8Array(n), hash: (bytes: Uint8Array) => hash('sha256', bytes, 'hex') };
  const store = new RecordStore<object>({ service: 'land', participant, world, environment: {} } as unknown as Host, 'land', 'real', () => ({}), async () => '');
  const rules = { mayLeaveAll: (action: string) => mayLeaveAll && action === 'transfer' } as unknown as RegisterRules<object, object>;
  const found = await inspectRegister(store, rules, { folder: dossier, input: {}, view } as unknown as EffectCall<FolderState>);
  return [found.lost, found.drafts.map(({ kind }) => kind)];
}

const told = (kind: string, body: object): object => ({ item: leg, kind, body });

describe('a decision that came back as applied', () => {
  it.each<[string, readonly Held[], Said, boolean, readonly string[]]>([
    ['stands where its record came back, too', [written], {}, false, []],
    ['goes back to its desk where no record bears it', [], {}, true, ['completion-revoked', 'register-reversed']],
    ['goes back to its desk where its record still waits for it', [waiting], {}, true, ['completion-revoked', 'register-reversed']],
    ['goes back to its desk, and is put back, where one of its two records is not there', [oneOfTwo], {}, true, ['completion-revoked']],
    ['stands where both came back', [oneOfTwo, oneOfTwo], {}, false, []],
    ['is left where the record says that it was put back: that one is listed itself', [putBack], {}, false, []],
    ['is listed alone once the dossier is being closed', [], { root: { closing: decision } }, true, []],
    ['is listed alone where such a change may leave all records as they are', [], { mayLeaveAll: true }, true, []],
    ['is no matter of this service where another one holds the leg', [], { leg: { holder: 'agency~0' } }, false, []],
    ['is judged by nothing that was never applied', [], { leg: { applied: null } }, false, []],
  ])('%s', async (_what, records, said, lost, kinds) => { expect(await inspected(records, said)).toEqual([lost, kinds]); });

  it('waits until all records are back', async () => { await expect(inspected([], {}, false)).rejects.toMatchObject({ code: 'REGISTER_NOT_WHOLE' }); });
});

describe('what else a dossier says of its register', () => {
  it.each<[string, readonly Held[], Said, boolean]>([
    ['a corrected number stands where the record bears it', [renumbered], { entries: [told('amendment-applied', { amended })] }, false],
    ['a corrected number that no record bears is listed', [written], { entries: [told('amendment-applied', { amended })] }, true],
    ['a decision that was put back is gone from the record', [untouched], { leg: { status: 'open', applied: null }, entries: [told('register-reversed', { decision })] }, false],
    ['a decision that was put back, and that the record shows again, is listed', [written], { leg: { status: 'open', applied: null }, entries: [told('register-reversed', { decision })] }, true],
  ])('%s', async (_what, records, said, lost) => { expect(await inspected(records, said)).toEqual([lost, []]); });
});
