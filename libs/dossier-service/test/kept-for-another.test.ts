/** A decision came back without its reservation: it had been taken on a copy of the store, or before a store was put back. It is written where nobody else holds the record. */
import { hash } from 'node:crypto';
import type { Entry } from '@lienthong/folder';
import type { Aside, EffectCall } from '@lienthong/kernel';
import type { FolderId, ItemId } from '@lienthong/law';
import { expect, test } from 'vitest';
import type { FolderState, Host, RegisterRules } from '../src/index.ts';
import { commitTo } from '../src/particulars.ts';
import { foldRecord, openedRecord } from '../src/record.ts';
import type { RecordBodies, RecordKind, RegisterRecord } from '../src/record.ts';
import { applyChange } from '../src/register-changes.ts';
import { RecordStore } from '../src/register-records.ts';
import { applyReversal } from '../src/register-reversals.ts';

type Facts = { readonly owners: readonly string[] };
const rules = {
  name: 'land', touches: () => ['thua-1'], keysOf: () => ({}),
  next: ({ to }, _key, facts) => ({ owners: [...facts?.owners ?? [], to] }),
  undo: (_change, _key, { now }) => ({ facts: { owners: now!.owners.slice(0, -1) } }),
} as Partial<RegisterRules<Facts, { readonly to: string }>> as RegisterRules<Facts, { readonly to: string }>;

const [own, other] = ['a', 'b'].map((letter) => letter.repeat(64)) as [FolderId, FolderId];
const leg = 'intake~0/1/1' as ItemId, author = 'land~0', intent = { author, seq: 4 }, decision = { author, seq: 5 };
const world = { now: () => 0, randomBytes: (n: number) => new Uint8Array(n), hash: (bytes: Uint8Array) => hash('sha256', bytes, 'hex') };
const [change, before, after] = [['change', { to: 'C' }], ['facts', { owners: ['A'] }], ['facts', { owners: ['A', 'C'] }]].map(([part, value]) => commitTo(part as string, value, world)) as [Committed, Committed, Committed];
type Committed = ReturnType<typeof commitTo>;

/** How another dossier reserved the record. */
type Others = 'not reserved' | 'reserved' | 'reserved before it gave up';

/** `applied`: the decision stands in the record. */
function recordOf(applied: boolean, others: Others): RegisterRecord {
  const entry = (kind: RecordKind, body: unknown): Entry => ({ kind, body, author, recordedAt: 0 }) as unknown as Entry;
  const record = openedRecord('r' as FolderId, 'land~0/1/0' as ItemId, entry('record-opened', { type: 'register:land', facts: before.commitment, keys: {} }));
  if (applied) foldRecord(record, entry('record-applied', { decision, dossier: own, facts: after.commitment, keys: {} } satisfies RecordBodies['record-applied']));
  if (others !== 'not reserved') foldRecord(record, entry('record-reserved', { reservation: { dossier: other, leg, intent, action: 'transfer' } } satisfies RecordBodies['record-reserved']));
  return record;
}

function stage(applied: boolean, others: Others): { readonly store: RecordStore<Facts>; readonly call: EffectCall<FolderState>; readonly written: string[] } {
  const written: string[] = [], record = recordOf(applied, others);
  const dossier = (of: object): object => ({ root: { body: { code: 'HS-1', rehearsal: false } }, legs: new Map([[leg, { id: leg, round: 1, intent: null, amending: null, reversal: null, ...of }]]) });
  const decided = { ref: decision, change: { intent, commitment: change.commitment }, amendments: [] };
  const dossiers: Readonly<Record<FolderId, object>> = {
    [own]: dossier(applied ? { status: 'active', completion: null, applied: decision, appliedChange: decided.change, reversal: { ref: { author, seq: 8 }, decision, state: 'decided' } } : { status: 'complete', completion: decided, applied: null }),
    [other]: dossier({ status: others === 'reserved' ? 'deciding' : 'active', intent: others === 'reserved' ? { ref: intent } : null, completion: null, applied: null }),
  };
  const viewOf = (folder: FolderId): object => ({ author, nextSeq: 9, state: { dossier: dossiers[folder], record: folder in dossiers ? null : record } });
  const asides: readonly Aside[] = [change, before, after].map(({ aside }) => aside);
  const participant = {
    isWhole: () => true, view: async (folder: FolderId, read: (view: object) => unknown) => read(viewOf(folder)),
    asides: async (_folder: FolderId, names: readonly string[]) => asides.filter(({ name }) => names.includes(name)),
    handle: async (folder: FolderId, { decide }: { decide: (view: object) => { drafts: readonly { kind: string }[] } }) => { written.push(...decide(viewOf(folder)).drafts.map(({ kind }) => kind)); return { ok: true, repeated: false }; },
  };
  const host = { service: 'land', participant, world } as unknown as Host;
  return { store: new RecordStore<Facts>(host, 'land', 'real', () => ({}), async () => ''), call: { folder: own, input: { leg }, view: viewOf(own) } as unknown as EffectCall<FolderState>, written };
}

test.each<[string, Others, readonly string[], readonly string[]]>([
  // what is decided | by another dossier | written into the record | into the dossier
  ['a change', 'not reserved', ['record-applied'], ['register-applied']],
  ['a change', 'reserved', [], []],
  ['a change', 'reserved before it gave up', ['record-applied'], ['register-applied']],
  ['to put a change back', 'not reserved', ['record-applied'], ['register-reversed']],
  ['to put a change back', 'reserved', [], ['reversal-refused']],
  ['to put a change back', 'reserved before it gave up', ['record-applied'], ['register-reversed']],
])('%s was decided, and the record is by another dossier %s: %j into the record, %j into the dossier', async (what, others, inRecord, inDossier) => {
  const { store, call, written } = stage(what !== 'a change', others);
  const { drafts } = await (what === 'a change' ? applyChange : applyReversal)(store, rules, call);
  expect([written, drafts.map(({ kind }) => kind)]).toEqual([inRecord, inDossier]);
});
