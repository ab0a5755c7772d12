/**
 * The six digits that only whoever gives or takes a consignment has. At a door they follow from the salted address, which intake and the post have and nobody else;
 * at an office from a secret of the post. So nothing is written for them, and they are the same whenever they are asked for.
 */
import type { Commitment, FolderId, ItemId } from '@lienthong/law';
import { toHex } from '@lienthong/kernel';
import type { World } from '@lienthong/kernel';
import { keptBytes } from './particulars.ts';
import type { Keeper } from './particulars.ts';

export const handoverDigits = 6;
/** Hexadecimal digits of a digest that are made into a number: more than are lost by taking a remainder. */
const drawnDigits = 12;

/** `given`: to the post. `taken`: from it. */
export type HandoverEnd = 'given' | 'taken';

export function handoverCode(world: Pick<World, 'hash'>, secret: string, consignment: ItemId, end: HandoverEnd): string {
  const digest = world.hash(new TextEncoder().encode(`handover|${secret}|${consignment}|${end}`));
  return String(Number.parseInt(digest.slice(0, drawnDigits), 16) % 10 ** handoverDigits).padStart(handoverDigits, '0');
}

/** What stands beside the entries for an address, as a secret; undefined when it is not here or was erased. */
export async function doorSecret(keeper: Keeper, folder: FolderId, address: Commitment | undefined): Promise<string | undefined> {
  const bytes = address === undefined ? undefined : await keptBytes(keeper, folder, address);
  return bytes === undefined ? undefined : toHex(bytes);
}
