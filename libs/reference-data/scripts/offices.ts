/** Offices of both eras, from the areas: who answers for what, where, and who took over on 1/7/2025. */
import type { Area, AreaId } from '@lienthong/law';
import type { OfficeRecord } from '../src/data-files.ts';
import { AFTER, BEFORE, BOTH, DA_NANG, areaId, officeId } from './eras.ts';
import type { Era } from './eras.ts';
import { communeCodeAfter, communeCodeBefore, departmentCode, departmentCodeAfter, districtCode, groupCodeAfter } from './office-codes.ts';
import type { Unit } from './office-codes.ts';
import { communeKindsAfter, communeKindsBefore, departmentKinds, districtKindsBefore, groupKinds, groupKindsAfter } from './office-kinds.ts';
import type { OfficeKind } from './office-kinds.ts';

/** New commune in which the seat of each former district lies: it takes over what names no commune. Decided. */
const seats: Readonly<Record<string, string>> = {
  490: '20197', 491: '20209', 492: '20242', 493: '20263', 494: '20285', 495: '20260', 497: '20320', 498: '20333', 502: '20341', 503: '20410', 504: '20455', 505: '20467', 506: '20500',
  507: '20551', 508: '20599', 509: '20641', 510: '20695', 511: '20722', 512: '20779', 513: '20791', 514: '20854', 515: '20900', 516: '20944', 517: '20965', 518: '20364',
};
/** Hoàng Sa had no commune; its committee sits in Hải Châu, whose offices serve it. Decided. */
const HOANG_SA = { district: '498', commune: '20333', servedFrom: '492' };

type Kinds = Readonly<Record<string, OfficeKind>>;
type Placed = { readonly code: string; readonly place: { readonly vi: string; readonly en: string }; readonly serves: readonly AreaId[]; readonly era: Era; readonly agencyCode: (unit: Unit) => string; readonly successor: (kind: string) => string | null };

const entriesOf = (kinds: Kinds): [string, OfficeKind][] => Object.entries(kinds);

function officesOf(kinds: Kinds, placed: Placed): OfficeRecord[] {
  return entriesOf(kinds).map(([kind, one]) => ({
    id: officeId(kind, placed.code, placed.era), name: { vi: one.vi(placed.place.vi), en: one.en(placed.place.en) }, service: one.service, roles: one.roles, serves: placed.serves,
    agencyCode: placed.agencyCode(kind as Unit), successor: placed.successor(kind), sessions: 'default', validFrom: placed.era.from, validTo: placed.era.to, source: one.source,
  }));
}

const inEra = (areas: readonly Area[], era: Era, level: Area['level']): Area[] => areas.filter((one) => one.level === level && one.validFrom === era.from);
const codeOf = (id: AreaId): string => id.slice(0, id.indexOf('@'));

export function officesFrom(areas: readonly Area[]): OfficeRecord[] {
  const all = [...provincial(areas), ...communesBefore(areas), ...districtsBefore(areas), ...groups(areas), ...communesAfter(areas)];
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function provincial(areas: readonly Area[]): OfficeRecord[] {
  const { treasury, ...departments } = departmentKinds;
  const number = (unit: string): number => Object.keys(departmentKinds).indexOf(unit) + 1;
  const before = inEra(areas, BEFORE, 'province').flatMap((area) => officesOf(area.code === DA_NANG ? departments : { ...departments, treasury }, {
    code: area.code, place: area.name, serves: [area.id], era: BEFORE, agencyCode: (unit) => departmentCode(area.code, number(unit)),
    successor: (kind) => officeId(kind, DA_NANG, kind === 'treasury' ? BOTH : AFTER),
  }));
  const now = inEra(areas, AFTER, 'province')[0]!;
  const after = officesOf(departments, { code: DA_NANG, place: now.name, serves: [now.id], era: AFTER, agencyCode: (unit) => departmentCodeAfter(number(unit)), successor: () => null });
  const money = officesOf({ treasury }, { code: DA_NANG, place: now.name, serves: [areaId(DA_NANG, BEFORE), now.id], era: BOTH, agencyCode: (unit) => departmentCode(DA_NANG, number(unit)), successor: () => null });
  return [...before, ...after, ...money];
}

function communesBefore(areas: readonly Area[]): OfficeRecord[] {
  const communes = inEra(areas, BEFORE, 'commune');
  return communes.flatMap((area) => {
    const district = codeOf(area.parent!);
    const province = codeOf(areas.find((one) => one.id === area.parent)!.parent!);
    const n = communes.filter((one) => one.parent === area.parent).indexOf(area) + 1;
    return officesOf(communeKindsBefore, {
      code: area.code, place: area.name, serves: [area.id], era: BEFORE, agencyCode: (unit) => communeCodeBefore(province, district, n, unit),
      successor: (kind) => officeId(kind, codeOf(area.successors[0]!), AFTER),
    });
  });
}

function districtsBefore(areas: readonly Area[]): OfficeRecord[] {
  const { committee, counter } = districtKindsBefore;
  return inEra(areas, BEFORE, 'district').flatMap((area) => officesOf(area.code === HOANG_SA.district ? { committee, counter } : districtKindsBefore, {
    code: area.code, place: area.name, serves: [area.id], era: BEFORE, agencyCode: (unit) => districtCode(codeOf(area.parent!), area.code, unit),
    successor: (kind) => officeId(kind, kind in groupKindsAfter ? area.code : seats[area.code]!, AFTER),
  }));
}

/** New communes that a former district's land branch, post, tax and insurance office serve: those that bear the code of one of its communes. */
function groupOf(areas: readonly Area[], district: Area): AreaId[] {
  const formerCodes = new Set(areas.filter((one) => one.parent === district.id).map((one) => one.code));
  const own = inEra(areas, AFTER, 'commune').filter((one) => formerCodes.has(one.code)).map((one) => one.id);
  return district.code === HOANG_SA.servedFrom ? [...own, areaId(HOANG_SA.commune, AFTER)] : own;
}

function groups(areas: readonly Area[]): OfficeRecord[] {
  const districts = inEra(areas, BEFORE, 'district').filter((one) => one.code !== HOANG_SA.district);
  return districts.flatMap((district) => {
    const served = groupOf(areas, district);
    const place = { vi: district.name.vi.replace(/^(Thành phố|Thị xã|Quận|Huyện) /, ''), en: district.name.en.replace(/ (City|Town|Urban District|District)$/, '') };
    const lasting = officesOf(groupKinds, {
      code: district.code, place, serves: [district.id, ...served], era: BOTH, agencyCode: (unit) => districtCode(codeOf(district.parent!), district.code, unit), successor: () => null,
    });
    const after = officesOf(groupKindsAfter, { code: district.code, place, serves: served, era: AFTER, agencyCode: (unit) => groupCodeAfter(district.code, unit), successor: () => null });
    return [...lasting, ...after];
  });
}

function communesAfter(areas: readonly Area[]): OfficeRecord[] {
  return inEra(areas, AFTER, 'commune').flatMap((area, at) => officesOf(communeKindsAfter, {
    code: area.code, place: area.name, serves: [area.id], era: AFTER, agencyCode: (unit) => communeCodeAfter(at + 1, unit), successor: () => null,
  }));
}
