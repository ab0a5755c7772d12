/** The two eras of the province: districts until 30/6/2025, two tiers since (1659/NQ-UBTVQH15). */
export type Era = { readonly from: string; readonly to: string | null; readonly suffix: string };

/** First day that this data set knows; units existed before it. */
export const BEFORE: Era = { from: '2025-01-01', to: '2025-06-30', suffix: '202501' };
export const AFTER: Era = { from: '2025-07-01', to: null, suffix: '202507' };
/** For an office that outlived the change. */
export const BOTH: Era = { from: '2025-01-01', to: null, suffix: '202501' };

export const areaId = (code: string, era: Era): string => `${code}@${era.from}`;
export const officeId = (kind: string, code: string, era: Era): string => `${kind}-${code}-${era.suffix}`;

export const OLD_QUANG_NAM = '49';
export const DA_NANG = '48';
