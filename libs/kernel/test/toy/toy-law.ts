/** A small law: a parcel of work goes from service to service; each new holder signs for it, may have to ring a bell, and it may expire. */
import { itemId } from '@lienthong/folder';
import type { AuthorId, Entry, EntryRef, FolderId, ItemId } from '@lienthong/folder';
import type { Command, Decision, Draft, Duty, DutyContext, Refused, Rules } from '../../src/index.ts';

export type Toy = {
  readonly id: FolderId;
  item: ItemId; holder: AuthorId; takenBy: AuthorId; total: number;
  services: readonly string[];
  /** Parts that a new holder must have. */
  parts: readonly string[]; origin: AuthorId;
  /** Entries of its author in other folders upon which this one was opened. */
  upon: readonly Ground[];
  bell: { readonly key: string } | null; rings: number; expiresAt: number | null; expired: boolean; failed: number;
  /** Request ids of all effective entries, without their digests. */
  readonly requests: string[];
};
type Ground = { readonly folder: FolderId; readonly entry: EntryRef };
type Body = {
  readonly services?: readonly string[]; readonly parts?: readonly string[]; readonly n?: number; readonly expiresAt?: number; readonly bell?: string; readonly request?: string; readonly upon?: readonly Ground[];
};

export type ToyOptions = {
  /** Entry kinds on which this service's law throws. */
  readonly chokesOn?: string; readonly unknown?: string;
  readonly readableBy?: readonly string[];
  /** Who keeps what stands beside a folder for whoever opened it. */
  readonly keeper?: string;
  /** Whoever opened a folder has done something elsewhere upon it, and looks whether that is still there. */
  readonly inspects?: boolean;
  /** What it owes it owes again when it was done. */
  readonly neverDone?: boolean;
};

export function toyRules(options: ToyOptions = {}): Rules<Toy> {
  return {
    empty: (id) => ({ id, item: '', holder: '', takenBy: '', total: 0, services: [], parts: [], origin: '', upon: [], bell: null, rings: 0, expiresAt: null, expired: false, failed: 0, requests: [] }),
    fold(state, entry) {
      if (entry.kind === options.chokesOn) throw new Error(`cannot fold ${entry.kind}`);
      fold(state, entry);
    },
    participants: (state) => heldBy(state, options),
    keptBy: (service) => (service === options.keeper ? undefined : options.keeper),
    duties: (state, context) => (options.neverDone === true && state.item !== '' && context.isMine(state.holder) ? [{ key: `again:${state.item}`, kind: 'again', drafts: [{ item: state.item, kind: 'done-again', body: {} }] }] : duties(state, context)),
    wakeAt: (state, context) => (state.expiresAt !== null && !state.expired && state.expiresAt > context.now && context.isMine(state.holder) ? state.expiresAt : null),
    index: (state, context) => ({ desk: context.isMine(state.holder) && !state.expired ? ['desk'] : [], holder: state.holder === '' ? [] : [state.holder] }),
    knows: (kind) => kind !== options.unknown,
    mayPull: (state, service, item) => item === state.item && (options.readableBy ?? heldBy(state, options)).includes(service),
    copies: (state, context) => (state.parts.length > 0 && context.service === options.keeper ? { from: state.origin, as: state.item, names: state.parts } : null),
    keeps: (state, context) => (state.parts.length > 0 && context.isMine(state.origin) ? { as: state.item, names: state.parts } : null),
    inspects: (state, context) => (options.inspects === true && state.item !== '' && context.isMine(state.origin) ? { perform: 'inspect', input: { item: state.item } } : null),
    restsOn: (state, context) => (context.isMine(state.origin) ? state.upon : []),
  };
}

function heldBy({ services, origin }: Toy, { keeper }: ToyOptions): readonly string[] {
  return keeper === undefined || origin === '' || services.includes(keeper) ? services : [...services, keeper];
}

function fold(state: Toy, entry: Entry): void {
  const body = entry.body as Body;
  if (body.request !== undefined) state.requests.push(body.request.slice(0, body.request.lastIndexOf('#')));
  if (entry.kind === 'opened') {
    state.item = itemId(entry.author, entry.seq, 0);
    state.holder = state.takenBy = entry.creates[0]!;
    state.origin = entry.author;
    state.services = body.services ?? [];
    state.parts = body.parts ?? [];
    state.upon = body.upon ?? [];
    state.expiresAt = body.expiresAt ?? null;
  }
  if (entry.succeeds !== null && entry.succeeds.predecessor === state.holder) { if (state.takenBy === state.holder) state.takenBy = entry.author; state.holder = entry.author; }
  if (entry.handsTo !== '') state.holder = entry.handsTo;
  // Also what was handed to an incarnation whose successor had shown itself already.
  if (entry.kind === 'taken') state.holder = state.takenBy = entry.author;
  if (entry.kind === 'added') state.total += body.n ?? 0;
  if (entry.kind === 'bell-wanted') state.bell = { key: `bell:${entry.author}/${entry.seq}` };
  if (entry.kind === 'rang') { state.bell = null; state.rings++; }
  if (entry.kind === 'bell-broken') { state.bell = null; state.failed++; }
  if (entry.kind === 'expired') state.expired = true;
}

function duties(state: Toy, context: DutyContext): readonly Duty[] {
  if (state.item === '' || !context.isMine(state.holder)) return [];
  const found: Duty[] = [];
  if (state.takenBy !== state.holder) {
    const needs = state.parts.length === 0 ? {} : { needs: { from: state.origin, names: state.parts, as: state.item } };
    found.push({ key: `take:${state.item}:${state.holder}`, kind: 'take', drafts: [{ item: state.item, kind: 'taken', body: {} }], ...needs });
  } else {
    if (state.bell !== null) found.push({ key: state.bell.key, kind: 'ring', perform: 'ring', input: { item: state.item } });
    if (state.expiresAt !== null && !state.expired && context.now >= state.expiresAt) found.push({ key: `expire:${state.item}`, kind: 'expire', drafts: [{ item: state.item, kind: 'expired', body: {}, effectiveAt: state.expiresAt }] });
  }
  return found;
}

export type ToyCommand = Command<Toy, readonly string[]>;
const command = (id: string, content: object, decide: ToyCommand['decide']): ToyCommand => ({
  request: { id, digest: Buffer.from(JSON.stringify(content)).toString('hex').padEnd(16, '0').slice(-16) },
  decide,
  reply: (entries) => entries.map((entry) => `${entry.kind}@${entry.seq}`),
});
const refusal = (code: string): { readonly refusal: Refused } => ({ refusal: { code, field: '', meta: {} } });

export const open = (id: string, body: Body, asides: Decision['asides'] = []): ToyCommand => command(id, body, ({ state, author }) =>
  (state.item !== '' ? refusal('ALREADY_HELD') : { drafts: [{ item: '', kind: 'opened', body, creates: [author] }], asides }));

const onItem = (id: string, content: object, draft: (state: Toy) => Omit<Draft, 'item'>): ToyCommand => command(id, content, ({ state, author }) =>
  (state.holder !== author || state.expired ? refusal('NOT_HOLDER') : { drafts: [{ item: state.item, ...draft(state) }] }));

export const add = (id: string, n: number): ToyCommand => onItem(id, { add: n }, () => ({ kind: 'added', body: { n } }));
export const pass = (id: string, to: AuthorId): ToyCommand => onItem(id, { to }, () => ({ kind: 'passed', body: {}, handsTo: to }));
export const wantBell = (id: string): ToyCommand => onItem(id, { bell: true }, () => ({ kind: 'bell-wanted', body: {} }));
export const oddity = (id: string, kind: string): ToyCommand => onItem(id, { kind }, () => ({ kind, body: {} }));
