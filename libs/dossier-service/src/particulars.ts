/** Personal data: each part is committed to with its own secret salt, and stands beside the entries. */
import type { Aside } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import type { Commitment, FolderId, Hash } from '@lienthong/law';

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

type Keeper = { readonly participant: { asides(folder: FolderId, names: readonly string[]): Promise<readonly Aside[]> } };

/** The value to which an entry of the folder committed. Undefined: it was lost with a store. */
export async function keptValue<T>({ participant }: Keeper, folder: FolderId, commitment: string): Promise<T | undefined> {
  const [aside] = await participant.asides(folder, [asideName(commitment)]);
  return aside?.bytes == null ? undefined : valueOf<T>(aside.bytes);
}
