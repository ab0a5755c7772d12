/** The small record beside a folder's entries: what others have acknowledged, claims of effects, pulls that failed. */
import { having, seldom } from '@lienthong/folder';
import type { AuthorId, Head, Heads, Seldom } from '@lienthong/folder';
import { decodeCheckedJson, encodeCheckedJson } from './wire/checked-json.ts';

/** An effect at work or waiting to be tried again. */
export type Claim = {
  /** Instance that runs it; '' while it waits for its next attempt. */
  by: string;
  /** Lease end, or the moment of the next attempt; milliseconds since the epoch. */
  until: number;
  attempts: number;
  /** True once all attempts are used up and nothing could be written for it. */
  givenUp: boolean;
};

export type Aux = {
  /** Per incarnation, what it has durably. */
  readonly acked: Map<AuthorId, Heads>;
  claims: Seldom<string, Claim>;
  /** Failed pulls in a row, and when to try again. */
  pull: { failures: number; at: number } | null;
  /** Something that this service keeps for another is not here yet: the entries are told, and acknowledge nothing. */
  partial: boolean;
};

export const emptyAux = (): Aux => ({ acked: new Map(), claims: seldom(), pull: null, partial: false });

type Written = {
  /** Authors, in the order of the numbers below. */
  readonly l: readonly AuthorId[];
  /** Acknowledged numbers; a pair with a hash where it is not the one held here. */
  readonly a: Readonly<Record<AuthorId, readonly (number | readonly [number, string])[]>>;
  readonly c?: Readonly<Record<string, Claim>>;
  readonly p?: Aux['pull'];
  /** Absent: all is here. */
  readonly b?: true;
};

/** Hash of entry (author, seq) as held here; undefined when not held. */
export type HashAt = (author: AuthorId, seq: number) => string | undefined;

export function encodeAux(aux: Aux, authors: readonly AuthorId[], hashAt: HashAt): Uint8Array {
  const listed = withAcknowledged(aux, authors);
  const a: Record<AuthorId, readonly (number | readonly [number, string])[]> = {};
  for (const [peer, heads] of aux.acked) a[peer] = numbersOf(heads, listed, hashAt);
  const written: Written = { l: listed, a, ...(aux.claims.size > 0 ? { c: Object.fromEntries(aux.claims) } : {}), ...(aux.pull ? { p: aux.pull } : {}), ...(aux.partial ? { b: true } : {}) };
  return encodeCheckedJson(written);
}

function numbersOf(heads: Heads, listed: readonly AuthorId[], hashAt: HashAt): (number | [number, string])[] {
  return listed.map((author) => {
    const head = heads[author];
    if (head === undefined) return 0;
    return hashAt(author, head.seq) === head.hash ? head.seq : [head.seq, head.hash];
  });
}

/** Throws where the bytes are not those that were written. */
export function decodeAux(bytes: Uint8Array, hashAt: HashAt): Aux {
  const aux = emptyAux();
  if (bytes.byteLength === 0) return aux;
  const written = decodeCheckedJson(bytes) as Written;
  for (const [peer, seqs] of Object.entries(written.a)) {
    const heads: Record<AuthorId, Head> = {};
    seqs.forEach((one, at) => {
      const head = headOf(written.l[at]!, one, hashAt);
      if (head !== undefined) heads[written.l[at]!] = head;
    });
    aux.acked.set(peer, heads);
  }
  for (const [key, claim] of Object.entries(written.c ?? {})) aux.claims = having(aux.claims, key, { ...claim });
  aux.pull = written.p ?? null;
  aux.partial = written.b === true;
  return aux;
}

/** Whether a folder asks others again and again for parts that it lacks; the count of its tries grows with time. */
export const asksForParts = (aux: Uint8Array): boolean => decodeAux(aux, () => undefined).pull !== null;

function headOf(author: AuthorId, written: number | readonly [number, string], hashAt: HashAt): Head | undefined {
  if (typeof written !== 'number') return { seq: written[0], hash: written[1] };
  const hash = written === 0 ? undefined : hashAt(author, written);
  return hash === undefined ? undefined : { seq: written, hash };
}

/** Peers may have acknowledged entries of authors that are not held here. */
function withAcknowledged(aux: Aux, authors: readonly AuthorId[]): readonly AuthorId[] {
  let listed: Set<AuthorId> | undefined;
  for (const heads of aux.acked.values()) {
    for (const author in heads) if (!authors.includes(author)) (listed ??= new Set(authors)).add(author);
  }
  return listed === undefined ? authors : [...listed];
}
