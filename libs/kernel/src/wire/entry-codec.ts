/** Entries to bytes and back. The author's bytes are what counts; nothing is ever encoded anew. */
import { encodeEntry as encodeMessage, folder as contract } from '@lienthong/contract';
import type { AuthorId, Entry, FolderId, Hash, Head, Heads, Proof, Succeeds } from '@lienthong/folder';
import { HubError } from '../errors.ts';
import { fromHex, toHex } from './hex.ts';
import { readBack } from './read-back.ts';

/** Everything of an entry but its bytes, hash and proof. */
export type EntryContent = Omit<Entry, 'bytes' | 'hash' | 'proof' | 'body'>;

export function encodeEntry(content: EntryContent, body: Uint8Array): Uint8Array {
  const { succeeds } = content;
  return encodeMessage({
    folder: content.folder, author: content.author, seq: content.seq, prev: fromHex(content.prev), seen: encodeHeads(content.seen),
    item: content.item, term: content.term, creates: content.creates as string[], handsTo: content.handsTo, ends: content.ends,
    cites: content.cites as { author: string; seq: number }[], kind: content.kind, body, recordedAtMs: content.recordedAt, effectiveAtMs: content.effectiveAt,
    succeeds: succeeds === null ? undefined : { predecessor: succeeds.predecessor, seq: succeeds.head?.seq ?? 0, hash: fromHex(succeeds.head?.hash ?? '') },
  });
}

/** Throws MALFORMED_MESSAGE, which says what is wrong with bytes that are no entry. */
export function decodeEntry(bytes: Uint8Array, hash: Hash, proof: Proof | null): Entry {
  const message = contract.Entry.decode(bytes);
  wellFormed(message);
  return {
    folder: message.folder, author: message.author, seq: message.seq, prev: toHex(message.prev), seen: decodeHeads(message.seen), item: message.item, term: message.term,
    creates: message.creates, handsTo: message.handsTo, ends: message.ends, cites: message.cites.map(({ author, seq }) => ({ author, seq })), succeeds: decodeSucceeds(message.succeeds), kind: message.kind,
    body: decodeBody(message.body), recordedAt: message.recordedAtMs, effectiveAt: message.effectiveAtMs, bytes, hash, proof,
  };
}

/** What a body that is not JSON becomes: the entry is kept and forwarded, and no law folds it. */
export const malformedBody: unique symbol = Symbol('malformed body');

export function isMalformed(entry: Entry): boolean {
  return entry.body === malformedBody;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeBody(bytes: Uint8Array): unknown {
  try {
    const body: unknown = JSON.parse(utf8.decode(bytes));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : malformedBody;
  } catch {
    return malformedBody;
  }
}

/** The body as every reader will see it, with its bytes. */
export function encodeBody(body: object): { readonly bytes: Uint8Array; readonly value: unknown } {
  const text = JSON.stringify(body);
  return { bytes: Buffer.from(text), value: readBack(body) ?? JSON.parse(text) };
}

export function encodeHeads(heads: Heads): { author: string; seq: number; hash: Uint8Array }[] {
  const found = [];
  for (const author in heads) found.push({ author, seq: heads[author]!.seq, hash: fromHex(heads[author]!.hash) });
  return found;
}

export function decodeHeads(heads: readonly { readonly author: string; readonly seq: number; readonly hash: Uint8Array }[]): Heads {
  const found: Record<AuthorId, Head> = {};
  for (const { author, seq, hash } of heads) found[author] = { seq, hash: toHex(hash) };
  return found;
}

function decodeSucceeds(message: { predecessor: string; seq: number; hash: Uint8Array } | undefined): Succeeds | null {
  if (message === undefined) return null;
  return { predecessor: message.predecessor, head: message.seq === 0 ? null : { seq: message.seq, hash: toHex(message.hash) } };
}

const folderIds = /^[0-9a-f]{64}$/;
const authorIds = /^[a-z][a-z0-9-]*~[0-9a-f]{16}$/;

export function isFolderId(text: string): text is FolderId {
  return folderIds.test(text);
}

export function isAuthorId(text: string): text is AuthorId {
  return authorIds.test(text);
}

function wellFormed(message: contract.Entry): void {
  check(isFolderId(message.folder), 'folder');
  check(isAuthorId(message.author), 'author');
  check(message.seq >= 1, 'seq');
  check(message.prev.byteLength === (message.seq === 1 ? 0 : 32), 'prev');
  check(message.seen.every((head) => isAuthorId(head.author) && head.seq >= 1 && head.hash.byteLength === 32), 'seen');
  check((message.item === '') === (message.term === 0), 'term');
  check(message.creates.every(isAuthorId), 'creates');
  check(message.handsTo === '' || isAuthorId(message.handsTo), 'hands_to');
  check(message.kind !== '', 'kind');
  const succeeds = message.succeeds;
  check(succeeds === undefined || (isAuthorId(succeeds.predecessor) && succeeds.hash.byteLength === (succeeds.seq === 0 ? 0 : 32)), 'succeeds');
}

function check(right: boolean, what: string): void {
  if (!right) throw new HubError('MALFORMED_MESSAGE', { problem: `not an entry: ${what}` });
}
