/** Which businesses of one commune bear one name (NĐ 168/2025/NĐ-CP điều 85), and which of them keeps it. */
import type { Business, NameOrder } from './rules-facts.ts';
import { comparable } from './rules-names.ts';

/** `keeps`: the business that its registrar lets keep the name, with the ground and the day; '' while nobody has decided. */
export type NameClash = { readonly name: string; readonly businesses: string[]; readonly keeps: string; readonly ground: string; readonly decidedOn: string };
type Bearer = Pick<Business, 'business' | 'name' | 'registeredOn' | 'nameOrder'>;

/** In order of name; of each the businesses in order of registration. */
export function clashesAmong(businesses: readonly Bearer[]): NameClash[] {
  const bearers = Map.groupBy(businesses, (one) => comparable(one.name));
  return [...bearers].filter(([, found]) => found.length > 1).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, found]) => {
    const inOrder = [...found].sort((a, b) => (`${a.registeredOn} ${a.business}` < `${b.registeredOn} ${b.business}` ? -1 : 1));
    return { name: inOrder[0]!.name, businesses: inOrder.map((one) => one.business), ...decisionAmong(found, name) };
  });
}

/** A decision counts for those about whom it was: who comes to bear the name later is decided about anew. */
function decisionAmong(bearers: readonly Bearer[], name: string): Pick<NameClash, 'keeps' | 'ground' | 'decidedOn'> {
  const ordered = bearers.filter(({ nameOrder }) => nameOrder?.comparable === name), [keeper, ...others] = ordered.filter(({ nameOrder }) => nameOrder!.keeps);
  if (ordered.length < bearers.length || keeper === undefined || others.length > 0) return { keeps: '', ground: '', decidedOn: '' };
  return { keeps: keeper.business, ground: keeper.nameOrder!.ground, decidedOn: keeper.nameOrder!.on };
}

/** The business with the order; nothing else of it changes. */
export function ordered(business: Business, order: NameOrder): Business {
  return { ...business, nameOrder: order };
}
