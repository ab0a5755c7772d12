/**
 * A secret of one service, made once and kept in its store beside the entries: keyed look-up values mean nothing without it. Where another service keeps a copy of the
 * records, nothing is keyed with a secret that it has not got: one that is lost with the store then was used by nobody, and another is made.
 */
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Aside } from '@lienthong/kernel';
import type { Commitment, FolderId, Refusal } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import { commitTo, keptValue } from './particulars.ts';
import { randomHex } from './random-hex.ts';
import { pepperType } from './record-copies.ts';
import type { RecordBodies, RegisterRecord } from './record.ts';

export const pepperBytes = 32;
/** A secret that could not be had is asked for again after so long. */
export const pepperRetryMs = 250;

/** `value` absent: it was lost with the store. */
type Kept = { readonly facts: Commitment; readonly value: string | undefined; readonly unused: boolean; readonly settled: boolean };
type Changes = RecordBodies['record-changed'];

/** Of a record whose secret nothing is keyed with yet. Absent: something may be. */
const unusedKey = '.unused';

/**
 * The pepper of the host's service; the first call of a store makes it. Reading it needs no right to write, so a service that waits for a succession has it. Throws
 * REGISTER_NOT_WHOLE, SECRET_NOT_KEPT, both to be asked again, and SECRET_LOST.
 */
export async function servicePepper(host: Host): Promise<string> {
  const folder = host.world.hash(new TextEncoder().encode(`pepper|${host.service}`));
  const known = await keptPepper(host, folder);
  if (known?.value !== undefined && !known.unused) return known.value;
  assertWhole(host);
  const { service } = host, keeper = host.environment.keepers?.[service];
  if (known === null) await open(host, folder, keeper !== undefined);
  else if (!known.unused) throw new HubError('SECRET_LOST', { service, keeper: keeper ?? service });
  else if (known.value === undefined) await replace(host, folder, known.facts);
  else if (known.settled) await use(host, folder, known.facts);
  const now = await keptPepper(host, folder);
  if (now?.value !== undefined && !now.unused) return now.value;
  throw new HubError('SECRET_NOT_KEPT', { service, keeper: keeper ?? service });
}

/** `servicePepper`, asked once; a failure is asked again. */
export function rememberedPepper(host: Host): () => Promise<string> {
  let answer: Promise<string> | null = null;
  return () => answer ??= servicePepper(host).catch((cause: unknown) => { answer = null; throw cause; });
}

/** Resolves after the first attempt; `learnt` runs once, when the pepper is there. Rejects where asking again is no use. */
export async function learnPepper(host: Host, learnt: (pepper: string) => void): Promise<void> {
  try {
    learnt(await servicePepper(host));
  } catch (cause) {
    if (!(cause instanceof HubError) || !cause.retryable || host.participant.status().state === 'stopping') throw cause;
    host.world.later(pepperRetryMs, () => { void learnPepper(host, learnt).catch(() => {}); });
  }
}

async function keptPepper(host: Host, folder: FolderId): Promise<Kept | null> {
  const kept = await host.participant.view(folder, ({ state: { record }, settled }) => (record === null ? null : { facts: record.facts, unused: isUnused(record), settled }));
  return kept == null ? null : { ...kept, value: await keptValue<string>(host, folder, kept.facts) };
}

const isUnused = ({ keys }: Pick<RegisterRecord, 'keys'>): boolean => keys[unusedKey] !== undefined;
const keysOf = (unused: boolean): Changes['keys'] => (unused ? { [unusedKey]: ['1'] } : {});

function made(host: Host): { readonly facts: Commitment; readonly asides: readonly Aside[] } {
  const { commitment, aside } = commitTo('pepper', randomHex(host.world, pepperBytes), host.world);
  return { facts: commitment, asides: [aside] };
}

async function open(host: Host, folder: FolderId, unused: boolean): Promise<void> {
  const { facts, asides } = made(host);
  await write(host, folder, 'pepper', (record, author) => (record !== null ? null : { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: pepperType, facts, keys: keysOf(unused) } satisfies RecordBodies['record-opened'] }], asides }));
}

async function replace(host: Host, folder: FolderId, lost: Commitment): Promise<void> {
  const { facts, asides } = made(host);
  await write(host, folder, `pepper-for-${lost.commitment.slice(0, 32)}`, (record) => (record === null || !isUnused(record) || record.facts.commitment !== lost.commitment ? null : { drafts: [changed(record, { facts, keys: keysOf(true), reason: 'lost' })], asides }));
}

async function use(host: Host, folder: FolderId, facts: Commitment): Promise<void> {
  await write(host, folder, 'pepper-used', (record) => (record === null || !isUnused(record) || record.facts.commitment !== facts.commitment ? null : { drafts: [changed(record, { facts, keys: keysOf(false), reason: 'kept' })] }));
}

const changed = ({ item }: RegisterRecord, body: Changes) => ({ item, kind: 'record-changed', body });

type Written = { readonly drafts: readonly { readonly item: string; readonly kind: string; readonly body: object; readonly creates?: readonly string[] }[]; readonly asides?: readonly Aside[] };

/** `decide` says null where another call was first. */
async function write(host: Host, folder: FolderId, id: string, decide: (record: RegisterRecord | null, author: string) => Written | null): Promise<void> {
  host.world.crashPoint?.('pepper-unkept');
  const handled = await host.participant.handle(folder, {
    request: { id, digest: folder },
    decide: ({ state, author }) => decide(state.record, author) ?? { drafts: [] },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  host.world.crashPoint?.('pepper-kept');
}
