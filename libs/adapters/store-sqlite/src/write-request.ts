/** What crosses from the callers' thread to the writer's: a batch as one text and one block of bytes, so that nothing is cloned piece by piece. */
import type { AuthorId } from '@lienthong/folder';
import type { Append, Appended, Aside, FolderVersion } from '@lienthong/kernel/ports/folder-store';

export type WriteRequest = { readonly ns: number } & ({ readonly change: Append } | { readonly owner: AuthorId } | { readonly name: string } | { readonly settle: readonly FolderVersion[] });

export type Packed = { readonly count: number; readonly text: string; readonly bytes: Uint8Array<ArrayBuffer> };

type AppendLine = [
  ns: number, id: string, expectedVersion: number, incarnation: AuthorId, wakeAt: number | null, unsettled: 0 | 1,
  segment: number, aux: number, index: Append['index'] | 0, asides: [name: string, length: number][] | 0,
];
type NamespaceLine = [ns: number, what: 'owner' | 'name', text: string];
type SettleLine = [ns: number, settle: readonly FolderVersion[]];
type Line = AppendLine | NamespaceLine | SettleLine;

const absent = -1;
const lengthOf = (bytes: Uint8Array | null | undefined): number => bytes?.byteLength ?? absent;

/** Bytes that a request carries, about: what a queue's limit counts. */
export function weightOf(request: WriteRequest): number {
  if (!('change' in request)) return 0;
  let weight = (request.change.segment?.byteLength ?? 0) + (request.change.aux?.byteLength ?? 0);
  for (const aside of request.change.asides ?? []) weight += aside.bytes?.byteLength ?? 0;
  return weight;
}

export function pack(requests: readonly WriteRequest[]): Packed {
  const parts: Uint8Array[] = [];
  let size = 0;
  const lay = (bytes: Uint8Array | null | undefined): number => {
    if (bytes) { parts.push(bytes); size += bytes.byteLength; }
    return lengthOf(bytes);
  };
  const lines = requests.map((request): Line => {
    if ('owner' in request) return [request.ns, 'owner', request.owner];
    if ('name' in request) return [request.ns, 'name', request.name];
    if ('settle' in request) return [request.ns, request.settle];
    const { id, expectedVersion, incarnation, wakeAt, unsettled, segment, aux, index, asides } = request.change;
    return [
      request.ns, id, expectedVersion, incarnation, wakeAt, unsettled ? 1 : 0,
      lay(segment), lay(aux), index ?? 0, asides?.length ? asides.map(({ name, bytes }) => [name, lay(bytes)]) : 0,
    ];
  });
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.byteLength; }
  return { count: requests.length, text: JSON.stringify(lines), bytes };
}

export function unpack({ text, bytes }: Packed): WriteRequest[] {
  let at = 0;
  const take = (length: number): Uint8Array | null => (length === absent ? null : bytes.subarray(at, at += length));
  return (JSON.parse(text) as Line[]).map((line): WriteRequest => {
    if (line.length === 2) return { ns: line[0], settle: line[1] };
    if (line.length === 3) return line[1] === 'owner' ? { ns: line[0], owner: line[2] } : { ns: line[0], name: line[2] };
    const [ns, id, expectedVersion, incarnation, wakeAt, unsettled, segmentLength, auxLength, index, asideLengths] = line;
    const segment = take(segmentLength);
    const aux = take(auxLength);
    const asides: Aside[] = asideLengths === 0 ? [] : asideLengths.map(([name, length]) => ({ name, bytes: take(length) }));
    return {
      ns,
      change: { id, expectedVersion, incarnation, wakeAt, unsettled: unsettled === 1, ...(segment && { segment }), ...(aux && { aux }), ...(index !== 0 && index && { index }), asides },
    };
  });
}

/** Two numbers an answer: version and commit; or 0 and why not. */
const conflictCode = { version: -1, incarnation: -2 } as const;

export function packAnswers(answers: readonly Appended[]): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(answers.length * 2);
  answers.forEach((answer, at) => {
    packed[2 * at] = answer.ok ? answer.version : 0;
    packed[2 * at + 1] = answer.ok ? answer.commit : conflictCode[answer.conflict];
  });
  return packed;
}

export function answerAt(packed: Float64Array, at: number): Appended {
  const version = packed[2 * at]!;
  const commit = packed[2 * at + 1]!;
  if (commit >= 0) return { ok: true, version, commit };
  return { ok: false, conflict: commit === conflictCode.version ? 'version' : 'incarnation' };
}
