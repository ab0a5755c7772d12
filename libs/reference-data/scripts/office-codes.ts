/**
 * Agency codes. Read in a source: `001.00.10.H47` (Duy Xuyên district), H47 and H17 as the two provinces. Everything else is numbered here by one rule,
 * so that dossier codes are unique, until the authority's own list is loaded.
 * Before 1/7/2025 the four groups of QCVN 102 (TT 10/2016); since then the form that begins with the province (QĐ 20/2020).
 */
const province: Readonly<Record<string, { mx: string; districtZero: number }>> = { '48': { mx: 'H17', districtZero: 488 }, '49': { mx: 'H47', districtZero: 498 } };

const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');

/** Sub-unit numbers of what one area has; the committee itself is 1. */
export const UNIT = { committee: 1, counter: 2, business: 3, social: 4, police: 5, land: 6, tax: 7, insurance: 8, post: 9 } as const;
export type Unit = keyof typeof UNIT;

export const departmentCode = (provinceCode: string, n: number): string => `000.00.${two(n)}.${province[provinceCode]!.mx}`;

export function districtCode(provinceCode: string, district: string, unit: Unit): string {
  const { mx, districtZero } = province[provinceCode]!;
  return `${three(UNIT[unit])}.00.${two(Number(district) - districtZero)}.${mx}`;
}

/** `n`: position of the commune in its district, from 1. */
export function communeCodeBefore(provinceCode: string, district: string, n: number, unit: Unit): string {
  const { mx, districtZero } = province[provinceCode]!;
  return `${three(UNIT[unit])}.${two(n)}.${two(Number(district) - districtZero)}.${mx}`;
}

/** `n`: position of the commune in the province, from 1. */
export const communeCodeAfter = (n: number, unit: Unit): string => (unit === 'committee' ? `H17.${100 + n}` : `H17.${100 + n}.${two(UNIT[unit])}`);
export const departmentCodeAfter = (n: number): string => `H17.${two(n)}`;
/** Offices that serve the communes of a former district. */
export const groupCodeAfter = (district: string, unit: Unit): string => `H17.${Number(district) - 470}.${two(UNIT[unit])}`;
