/** Money that a postman collects at a door for charges of the dossier. */
import type { CollectedCharge, Dong, ItemId } from './types.ts';
import type { Charge, Consignment, Dossier } from './dossier.ts';

/** What is still owed of the charges that a consignment was ordered with, in their order; not what another postman has taken already, though the books do not say so yet. */
export function chargesDue(dossier: Dossier, { plan }: Pick<Consignment, 'plan'>): readonly CollectedCharge[] {
  return (plan.charges ?? []).flatMap((id) => { const charge = dossier.charges.get(id); return charge?.status === 'open' && unbooked(dossier, charge).length === 0 ? [{ charge: id, amount: charge.plan.amount }] : []; });
}

/** Whole đồng to be collected now: where the charges are named, those that nobody has settled meanwhile. */
export function codDue(dossier: Dossier, one: Pick<Consignment, 'plan' | 'collected'>): Dong {
  if (one.collected.length > 0) return 0;
  return one.plan.charges === undefined ? one.plan.cod : chargesDue(dossier, one).reduce((sum, { amount }) => sum + amount, 0);
}

/** Collections for a charge that the books do not have yet: consignments. What was paid back takes no entry any more. */
export function unbooked(dossier: Dossier, charge: Charge): readonly ItemId[] {
  if (charge.status === 'refunded') return [];
  return [...dossier.consignments.values()].filter((one) => one.collected.some(({ charge: id }) => id === charge.id) && !charge.booked.includes(one.id)).map((one) => one.id);
}

/** A postman is on the way with what an open charge is collected for, or has collected and it is not booked yet: neither is it cancelled meanwhile nor the dossier closed. */
export function collectionUnderWay(dossier: Dossier, charge: Charge): boolean {
  return unbooked(dossier, charge).length > 0 || (charge.status === 'open' && isCarried(dossier, charge));
}

const isCarried = (dossier: Dossier, { id }: Charge): boolean => [...dossier.consignments.values()].some((one) => one.ended === null && one.plan.charges?.includes(id) === true && one.collected.length === 0);

/** A postman who has not heard that it is paid may still take it, or has taken it: it is not paid back before that is known, for afterwards nothing is written about it any more. */
export const mayBeCollectedYet = (dossier: Dossier, charge: Charge): boolean => unbooked(dossier, charge).length > 0 || isCarried(dossier, charge);
