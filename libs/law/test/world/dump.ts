/** A dossier as text, the same for every order in which its entries were folded; so is the order of its items. */
import type { Dossier } from '../../src/dossier.ts';

export function dump(dossier: Dossier): string {
  const { derived: _derived, entries, ...state } = dossier;
  const order = [dossier.legs, dossier.requests, dossier.charges, dossier.consignments].map((items) => [...items.keys()]);
  return JSON.stringify({ ...state, order, entries: entries.map((entry) => entry.hash).sort() }, (_key, value: unknown) => {
    if (value instanceof Map) return [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return value instanceof Set ? [...value].map(String).sort() : value;
  });
}
