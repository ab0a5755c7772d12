/** Which acts of a legal basis stood before the two tiers. */
import { knownActs } from '../acts.ts';

const FIRST_DAY_NOW = '2025-07-01';
const laterActs = new Set(knownActs.filter((one) => one.validFrom !== null && one.validFrom >= FIRST_DAY_NOW).map((one) => one.number));
const yearOf = (act: string): number => Number(/\/(\d{4})\//.exec(act)?.[1] ?? 0);
const LAST_YEAR_BEFORE = 2025;

/** Without acts of later years, and without those of 2025 that are known to have come with the two tiers. */
export const actsBefore = (acts: readonly string[]): string[] => acts.filter((act) => yearOf(act) <= LAST_YEAR_BEFORE && !laterActs.has(act));
