/** Where the door is to which something goes, or at which it is collected: pulled from intake before the post accepts, kept beside the entries, checked against what intake committed to. */
import { commitmentOf, keptBytes, particularsNamed } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { Aside, Peers } from '@lienthong/kernel';
import { addressOf, asideName, holderOf, serviceOf } from '@lienthong/law';
import type { Commitment, Consignment, Dossier, FolderId } from '@lienthong/law';

/** As intake writes it; empty texts where there is none. */
export type Delivery = { readonly address: string; readonly receiver: string; readonly phone: string };

/** Bound of one pull, in milliseconds. */
export const pullDeadlineMs = 2_000;

/** What is not here yet of the parts that a consignment to a door needs. Throws ASIDE_MISSING when intake does not give it. */
export async function pulledDelivery(host: Host, peers: Peers, dossier: Dossier, consignment: Consignment): Promise<readonly Aside[]> {
  const committed = addressOf(dossier, consignment);
  if (committed === undefined) return [];
  const name = asideName(committed.commitment), folder = dossier.id;
  if (await keptBytes(host, folder, committed) !== undefined) return [];
  const from = serviceOf(holderOf(dossier, dossier.root!));
  const pulled = await peers.to(from).pullAsides(host.participant.context().author, folder, consignment.id, [name], pullDeadlineMs);
  const aside = pulled.find((one) => one.name === name && one.bytes !== null && commitmentOf(committed.part, one.bytes, host.world) === committed.commitment);
  if (aside === undefined) throw new HubError('ASIDE_MISSING', { names: committed.part, folder, from });
  return [aside];
}

/** What is kept of it; all empty when it is not here or was erased. */
export async function deliveryOf(host: Host, folder: FolderId, address: Commitment | undefined): Promise<Delivery> {
  const found = address === undefined ? {} : await particularsNamed(host, folder, [{ part: address.part, name: asideName(address.commitment) }]);
  const { address: street = '', receiver = '', phone = '' } = (address === undefined ? {} : found[address.part] ?? {}) as Partial<Delivery>;
  return { address: street, receiver, phone };
}
