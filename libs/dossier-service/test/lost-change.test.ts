/** The parameters of a decided change were lost with the store; the records may have come back from whoever keeps them. What the register holds decides what becomes of the decision. */
import { hash } from 'node:crypto';
import { having, seldom } from '@lienthong/folder';
import type { EffectCall } from '@lienthong/kernel';
import type { FolderId, ItemId } from '@lienthong/law';
import { describe, expect, it } from 'vitest';
import { onSide } from '../src/index.ts';
import type { FolderState, Host, RegisterRules } from '../src/index.ts';
import { decisionKey } from '../src/record.ts';
import type { RegisterRecord } from '../src/record.ts';
import { applyAmendment } from '../src/register-amendments.ts';
import { applyChange } from '../src/register-changes.ts';
import { RecordStore } from '../src/register-records.ts';
import { applyReversal, reserveReversal } from '../src/register-reversals.ts';
import { changedForField } from '../src/rules.ts';

const dossier = 'a'.repeat(64) as FolderId, leg = 'intake~0/1/1' as ItemId, author = 'land~0', intent = { author, seq: 4 }, decision = { author, seq: 5 };
const rules = {} as RegisterRules<object, object>;

type Held = Pick<RegisterRecord, 'type' | 'applied' | 'undone' | 'reservation' | 'among'>;
const untouched: Held = { type: 'register:land', applied: [], undone: [], reservation: null, among: seldom() };
const forAnother: RegisterRecord['reservation'] = { dossier: 'b'.repeat(64) as FolderId, leg, intent, action: 'transfer' };
const written: Held = { ...untouched, applied: [decisionKey(dossier, decision)] };
const oneOfTwo: Held = { ...written, among: having(seldom<string, number>(), decisionKey(dossier, decision), 2) };
const waiting: Held = { ...untouched, reservation: { dossier, leg, intent, action: 'split' } };
const earlier: Held = { ...untouched, applied: [decisionKey(dossier, { author, seq: 2 })] };
const keptForAnother: Held = { ...written, reservation: forAnother };
const onOtherSide = { type: `register:${onSide('rehearsal', 'land')}` };

/** `records`: those that are found by the dossier. Nothing is kept beside it. */
function stage(records: readonly Held[], whole = true, more: object = {}): { readonly store: RecordStore<object>; readonly call: EffectCall<FolderState> } {
  const change = { intent, commitment: { part: 'change', commitment: 'lost' } };
  const decided = { id: leg, round: 1, status: 'complete', completion: { ref: decision, change, amendments: [] }, applied: null, ...more };
  const view = { state: { dossier: { root: { body: { code: 'HS-1', rehearsal: false } }, legs: new Map([[leg, decided]]) } } };
  const participant = {
    isWhole: () => whole, asides: async () => [],
    find: async (field: string, value: string) => (field === changedForField && value === dossier ? records.map((_record, n) => `${n}`) : []),
    view: async (folder: string, read: (of: object) => unknown) => read({ state: { record: records[Number(folder)] } }),
  };
  const world = { now: () => 0, randomBytes: (n: number) => new Uint8Array(n), hash: (bytes: Uint8Array) => hash('sha256', bytes, 'hex') };
  const host = { service: 'land', participant, world } as unknown as Host;
  return { store: new RecordStore<object>(host, 'land', 'real', () => ({}), async () => ''), call: { folder: dossier, input: { leg }, view } as unknown as EffectCall<FolderState> };
}

describe('a decided change whose parameters are lost', () => {
  it.each<[string, readonly Held[], readonly string[]]>([
    ['stands where its record came back with it', [written], ['register-applied']],
    ['stands, also where the record is kept for another dossier since', [keptForAnother], ['register-applied']],
    ['stands where all its records came back with it', [written, written], ['register-applied']],
    ['is taken back, and put back by a person, where one of its two records did not come back', [oneOfTwo], ['register-applied', 'completion-revoked']],
    ['is taken back where it stands nowhere', [], ['completion-revoked']],
    ['is taken back where its record still waits for it', [waiting], ['completion-revoked']],
    ['is taken back where only an earlier decision of the dossier stands', [earlier], ['completion-revoked']],
    ['is taken back where it stands on the other side alone', [{ ...written, ...onOtherSide }], ['completion-revoked']],
    ['is taken back, and put back by a person, where it stands in a part of its records', [written, waiting], ['register-applied', 'completion-revoked']],
  ])('%s', async (_what, records, inDossier) => {
    const { store, call } = stage(records);
    expect((await applyChange(store, rules, call)).drafts.map(({ kind, cites }) => [kind, cites])).toEqual(inDossier.map((kind) => [kind, [decision]]));
  });

  it('is judged by nothing before all records are back', async () => {
    const { store, call } = stage([], false);
    await expect(applyChange(store, rules, call)).rejects.toMatchObject({ code: 'REGISTER_NOT_WHOLE' });
  });
});

describe('a decided correction of a result that the register shows, where the parameters of the change are lost', () => {
  const asked = { author, seq: 8 }, amended = { author, seq: 9 };
  const borne: Held = { ...untouched, applied: [decisionKey(dossier, decision), decisionKey(dossier, amended)] };
  const reserved: Held = { ...written, reservation: { dossier, leg, intent: asked, action: 'amend' } };

  it.each<[string, readonly Held[], object | null, readonly string[]]>([
    ['stands where all its records came back with it', [borne, borne], amended, ['amendment-applied']],
    ['stands, also where another record of the decision bears none of its numbers', [borne, written], amended, ['amendment-applied']],
    ['is refused where it stands nowhere', [written], amended, ['amendment-refused']],
    ['is refused where it stands in a part of its records', [borne, reserved], amended, ['amendment-refused']],
    ['is not judged before it is decided', [borne], null, []],
  ])('%s', async (_what, records, decided, inDossier) => {
    const { store, call } = stage(records, true, { amending: { ref: asked, body: {}, amended: decided } });
    expect((await applyAmendment(store, rules, call)).drafts.map(({ kind }) => kind)).toEqual(inDossier);
  });
});

describe('a decision that was taken back, where the parameters of its change are lost', () => {
  const reversal = { author, seq: 7 };
  const putBack: Held = { ...untouched, undone: [{ decision: decisionKey(dossier, decision), by: decisionKey(dossier, reversal) }] };

  const rows: readonly [string, readonly Held[], 'done' | 'refused'][] = [
    ['is put back where its record came back as it was before', [putBack], 'done'],
    ['is put back, also where the record is kept for another dossier since', [{ ...putBack, reservation: forAnother }], 'done'],
    ['is put back where all its records came back as they were before', [putBack, putBack], 'done'],
    ['goes to a person where it stands in a part of its records', [putBack, written], 'refused'],
    ['goes to a person where it stands in all of them', [written, written], 'refused'],
    ['goes to a person where nothing is known of it', [], 'refused'],
    ['goes to a person where only another decision was put back', [{ ...untouched, undone: [{ decision: decisionKey(dossier, { author, seq: 2 }), by: decisionKey(dossier, reversal) }] }], 'refused'],
    ['goes to a person where it was put back on the other side alone', [{ ...putBack, ...onOtherSide }], 'refused'],
  ];
  const staged = (records: readonly Held[], decided: object | null) => stage(records, true, { applied: decision, appliedChange: { commitment: { part: 'change', commitment: 'lost' } }, reversal: decided });

  it.each(rows)('%s', async (_what, records, outcome) => {
    const { store, call } = staged(records, { ref: reversal, decision, state: 'decided' });
    expect((await applyReversal(store, rules, call)).drafts.map(({ kind, cites }) => [kind, cites])).toEqual([[outcome === 'done' ? 'register-reversed' : 'reversal-refused', [decision]]]);
  });

  it.each(rows)('%s, also where nobody knows any more that it was to be', async (_what, records, outcome) => {
    const { store, call } = staged(records, null);
    expect((await reserveReversal(store, rules, call)).drafts.map(({ kind, cites }) => [kind, cites])).toEqual([[outcome === 'done' ? 'reversal-decided' : 'reversal-refused', [decision]]]);
  });
});
