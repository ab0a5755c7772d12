/** The offices of a dossier: those that received it, return it, or have or had a leg of it. */
import type { Dossier, OfficeId } from '@lienthong/law';

export function officesOf(dossier: Dossier): ReadonlySet<OfficeId> {
  const found = new Set<OfficeId>();
  const { root } = dossier;
  if (root !== null) for (const office of [root.counter, root.returnOffice, ...root.rehomed.map((move) => move.from)]) found.add(office);
  for (const leg of dossier.legs.values()) for (const office of [leg.office, leg.plan.office, ...leg.rehomed.map((move) => move.from)]) found.add(office);
  return found;
}
