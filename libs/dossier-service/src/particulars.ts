/** Personal data: each part is committed to with its own secret salt, and stands beside the entries. */
import type { Aside, Participant, World } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import type { Commitment, FolderId, Hash, NamedPart } from '@lienthong/law';

/** Bytes of a salt; 256 bits, never reused. */
export const saltBytes = 32;

type Chance = { randomBytes(n: number): Uint8Array; hash(bytes: Uint8Array): Hash };
const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

/** Commits to one part. The aside holds salt and value; the commitment alone goes into an entry. */
export function commitTo(part: string, value: unknown, chance: Chance): { readonly commitment: Commitment; readonly aside: Aside } {
  const bytes = utf8.encode(JSON.stringify(value));
  const salted = new Uint8Array(saltBytes + bytes.length);
  salted.set(chance.randomBytes(saltBytes));
  salted.set(bytes, saltBytes);
  const commitment = commitmentOf(part, salted, chance);
  return { commitment: { part, commitment }, aside: { name: asideName(commitment), bytes: salted } };
}

/** hash(salt ‖ part ‖ 0 ‖ value). */
export function commitmentOf(part: string, salted: Uint8Array, chance: Pick<Chance, 'hash'>): Hash {
  const name = utf8.encode(part);
  const all = new Uint8Array(salted.length + name.length + 1);
  all.set(salted.subarray(0, saltBytes));
  all.set(name, saltBytes);
  all.set(salted.subarray(saltBytes), saltBytes + name.length + 1);
  return chance.hash(all);
}

/** The value that an aside holds. */
export function valueOf<T>(salted: Uint8Array): T {
  return JSON.parse(fromUtf8.decode(salted.subarray(saltBytes))) as T;
}

/** Reads what stands beside the entries of one service's folders. */
export type Keeper = { readonly participant: Pick<Participant<never>, 'asides' | 'noteDamagedPart'>; readonly world: Pick<World, 'hash'> };

/** What stands beside a folder's entries, by name. What is not what the entries committed to is damaged: it is left out, as if it were not there, and told to whoever runs the service. */
export async function keptParts({ participant, world }: Keeper, folder: FolderId, wanted: readonly NamedPart[]): Promise<Map<string, Uint8Array>> {
  const kept = new Map<string, Uint8Array>();
  if (wanted.length === 0) return kept;
  for (const { name, bytes } of await participant.asides(folder, wanted.map((one) => one.name))) {
    const named = wanted.find((one) => one.name === name);
    if (named === undefined || bytes === null) continue;
    if (asideName(commitmentOf(named.part, bytes, world)) === name) kept.set(name, bytes);
    else participant.noteDamagedPart(folder, named.part);
  }
  return kept;
}

/** The bytes to which an entry of the folder committed. Undefined: they were lost with a store, or are damaged. */
export async function keptBytes(keeper: Keeper, folder: FolderId, { part, commitment }: Commitment): Promise<Uint8Array | undefined> {
  const name = asideName(commitment);
  return (await keptParts(keeper, folder, [{ part, name }])).get(name);
}

/** Likewise, the value. */
export async function keptValue<T>(keeper: Keeper, folder: FolderId, commitment: Commitment): Promise<T | undefined> {
  const bytes = await keptBytes(keeper, folder, commitment);
  return bytes === undefined ? undefined : valueOf<T>(bytes);
}
