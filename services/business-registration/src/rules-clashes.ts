/** Which businesses of one commune bear one name (NĐ 168/2025/NĐ-CP điều 85). */
import type { Business } from './rules-facts.ts';
import { comparable } from './rules-names.ts';

export type NameClash = { readonly name: string; readonly businesses: string[] };

/** In order of name; of each the businesses in order of registration. */
export function clashesAmong(businesses: readonly Pick<Business, 'business' | 'name' | 'registeredOn'>[]): NameClash[] {
  const bearers = Map.groupBy(businesses, (one) => comparable(one.name));
  return [...bearers].filter(([, found]) => found.length > 1).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => {
    const inOrder = [...found].sort((a, b) => (`${a.registeredOn} ${a.business}` < `${b.registeredOn} ${b.business}` ? -1 : 1));
    return { name: inOrder[0]!.name, businesses: inOrder.map((one) => one.business) };
  });
}
