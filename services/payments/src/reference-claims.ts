/** A reference settles one charge only. What the law refused has settled nothing: then the reference is free for the charge that it is for. */
import { claimUntilOver, onSide } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import { moneyBy } from './books.ts';
import type { Books } from './books.ts';
import { moneyOf } from './return-money.ts';
import { chargeKey } from './rules-found.ts';
import { isTakenBy } from './rules-money.ts';
import type { Claim, Command } from './rules-money.ts';

/** `arrival`: names the money that is to pay; it is durable already. */
export type Referenced = { readonly claim: Claim; readonly command: Command; readonly arrival: string };

/** Nothing for money over the counter. Throws REFERENCE_USED. */
export async function claimReference(books: Books, { claim, command: { id, reference, method }, arrival }: Referenced): Promise<void> {
  if (reference === '') return;
  const owner = chargeKey(claim), { world } = books.host, attempt = world.hash(new TextEncoder().encode(`${arrival} ${id}`));
  // What a rehearsal makes up must not stand in the way of real money.
  const first = await claimUntilOver(books.host, { register: onSide(books.side, 'payment'), value: reference, owner, attempt }, (other) => isOver(books, reference, other));
  if (first !== owner) throw new HubError('REFERENCE_USED', { reference: reference.slice(reference.lastIndexOf('|') + 1) }, { field: `${method}.reference` });
}

/** No money of that reference has paid the charge, nor is any undecided: what was refused is refused for ever, as no charge opens again. */
async function isOver(books: Books, reference: string, owner: string): Promise<boolean> {
  const [dossier = '', charge = ''] = owner.split(' '), of = { dossier, charge };
  for (const { money } of await moneyBy(books, 'charge', chargeKey(of))) if (isTakenBy(money, of, reference)) return false;
  const status = await books.host.participant.view(dossier, ({ state }) => state.dossier.charges.get(charge)?.status);
  // A charge that was paid before there were books may have been paid with it; one that is not to be found tells nothing.
  return status !== undefined && ((status !== 'paid' && status !== 'refunded') || await moneyOf(books, of) !== undefined);
}
