/** Areas of both eras from the succession table of Resolution 1659/NQ-UBTVQH15. */
import type { Area, Source, Text } from '@lienthong/law';
import type { Row } from '../src/csv.ts';
import { AFTER, BEFORE, DA_NANG, OLD_QUANG_NAM, areaId } from './eras.ts';

const KINDS: readonly (readonly [vi: string, en: string])[] = [
  ['Thành phố', 'City'], ['Đặc khu', 'Special Zone'], ['Thị trấn', 'Township'], ['Thị xã', 'Town'], ['Phường', 'Ward'], ['Huyện', 'District'], ['Quận', 'Urban District'], ['Tỉnh', 'Province'], ['Xã', 'Commune'],
];

/** Official Vietnamese name, kind spelled one way; the English name puts the kind behind. */
export function unitName(official: string): Text {
  const kind = KINDS.find(([vi]) => official.toLowerCase().startsWith(`${vi.toLowerCase()} `));
  if (kind === undefined) throw new Error(`unit name without a known kind: ${official}`);
  const own = official.slice(kind[0].length + 1);
  return { vi: `${kind[0]} ${own}`, en: `${own} ${kind[1]}` };
}

const resolution = (item: string): Source => ({ act: `1659/NQ-UBTVQH15, Điều 1 khoản ${item}`, status: 'read' });
const districtsEnd: Source = {
  act: '1659/NQ-UBTVQH15', status: 'decided',
  note: 'Successors of a district are the units that took over its communes; validFrom is the first day of this data set, the unit is older.',
};

const unique = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

export function areasFrom(rows: readonly Row[]): Area[] {
  return [...provinces(), ...districts(rows), ...communesBefore(rows), ...communesAfter(rows)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function provinces(): Area[] {
  const name: Readonly<Record<string, Text>> = { [DA_NANG]: unitName('Thành phố Đà Nẵng'), [OLD_QUANG_NAM]: unitName('Tỉnh Quảng Nam') };
  const source: Source = { act: '202/2025/QH15', status: 'decided', note: 'Quảng Nam became part of Đà Nẵng city on 1/7/2025; validFrom 2025-01-01 is the first day of this data set.' };
  const old = [DA_NANG, OLD_QUANG_NAM].map((code): Area => ({
    id: areaId(code, BEFORE), code, name: name[code]!, level: 'province', parent: null, successors: [areaId(DA_NANG, AFTER)], validFrom: BEFORE.from, validTo: BEFORE.to, source,
  }));
  return [...old, { id: areaId(DA_NANG, AFTER), code: DA_NANG, name: name[DA_NANG]!, level: 'province', parent: null, successors: [], validFrom: AFTER.from, validTo: null, source }];
}

function districts(rows: readonly Row[]): Area[] {
  const codes = unique(rows.map((row) => row['old_district_code']!));
  return codes.map((code) => {
    const own = rows.filter((row) => row['old_district_code'] === code);
    return {
      id: areaId(code, BEFORE), code, name: unitName(own[0]!['old_district']!), level: 'district', parent: areaId(own[0]!['old_province_code']!, BEFORE),
      successors: unique(own.map((row) => areaId(row['successor_commune_code']!, AFTER))), validFrom: BEFORE.from, validTo: BEFORE.to, source: districtsEnd,
    } satisfies Area;
  });
}

function communesBefore(rows: readonly Row[]): Area[] {
  const codes = unique(rows.map((row) => row['old_commune_code']!).filter((code) => code !== ''));
  return codes.map((code) => {
    const own = rows.filter((row) => row['old_commune_code'] === code);
    return {
      id: areaId(code, BEFORE), code, name: unitName(own[0]!['old_commune']!), level: 'commune', parent: areaId(own[0]!['old_district_code']!, BEFORE),
      successors: own.map((row) => areaId(row['successor_commune_code']!, AFTER)), validFrom: BEFORE.from, validTo: BEFORE.to,
      source: resolution(own.map((row) => row['resolution_1659_item']!).join(', ')),
    } satisfies Area;
  });
}

function communesAfter(rows: readonly Row[]): Area[] {
  const codes = unique(rows.map((row) => row['successor_commune_code']!));
  return codes.map((code) => {
    const row = rows.find((one) => one['successor_commune_code'] === code)!;
    return {
      id: areaId(code, AFTER), code, name: unitName(row['successor_commune']!), level: 'commune', parent: areaId(DA_NANG, AFTER), successors: [],
      validFrom: AFTER.from, validTo: null, source: resolution(row['resolution_1659_item']!),
    } satisfies Area;
  });
}
