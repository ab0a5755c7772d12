/** What would clash in the registers where communes become one: each on the desk of its office then, none written over. */
import { business, land, social } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import type { AreaId, LocalDate, Reference } from '@lienthong/law';
import type { ReformPlan } from '@lienthong/reference-data';

export type NameClash = { readonly area: AreaId; readonly name: string; readonly businesses: readonly string[] };
export type ParcelClash = { readonly area: AreaId; readonly mapSheet: string; readonly number: string; readonly parcels: readonly string[] };
/** Seemingly one person's; `paid`: until it is decided; `byName`: a date of birth is missing, and all are paid whom only a name ties. */
export type BeneficiaryClash = { readonly area: AreaId; readonly beneficiaries: readonly string[]; readonly paid: readonly string[]; readonly byName: boolean };
export type ClashesAhead = { readonly clashes: readonly NameClash[]; readonly parcelClashes: readonly ParcelClash[]; readonly beneficiaryClashes: readonly BeneficiaryClash[] };

/** Any office may count; names and persons are not read. */
export const asker = (before: Reference, area: AreaId, on: string): { readonly office: string; readonly officer: string } => ({ office: before.competentOffice('counter', area, on)?.id ?? before.offices.find((one) => one.validTo === null)!.id, officer: 'reform-plan' });

export async function clashesAhead(hub: HubClient, plan: ReformPlan, before: Reference, on: LocalDate): Promise<ClashesAhead> {
  const names: NameClash[] = [], parcels: ParcelClash[] = [], beneficiaries: BeneficiaryClash[] = [];
  for (const { area, register, members } of meeting(plan)) {
    const by = asker(before, members[0]!, on), asked = { areas: [...members] };
    if (register === 'business') names.push(...(await hub.business.listNameClashes(business.ListNameClashesRequest.fromPartial(asked), by)).clashes.map(({ name, businesses }) => ({ area, name, businesses })));
    if (register === 'land') parcels.push(...(await hub.land.listParcelClashes(land.ListParcelClashesRequest.fromPartial(asked), by)).clashes.map((one) => ({ area, mapSheet: one.mapSheet, number: one.number, parcels: one.parcels })));
    if (register === 'beneficiary') beneficiaries.push(...(await hub.social.listBeneficiaryClashes(social.ListBeneficiaryClashesRequest.fromPartial(asked), by)).clashes.map((one) => ({ area, beneficiaries: one.beneficiaries, paid: one.paid, byName: one.ground === social.ClashGround.NAME })));
  }
  return { clashes: names, parcelClashes: parcels, beneficiaryClashes: beneficiaries };
}

/** The communes that become one and of which a register has records: where fewer than two have any, nothing meets. */
function meeting({ areas, registers }: ReformPlan): readonly { readonly area: AreaId; readonly register: string; readonly members: readonly AreaId[] }[] {
  const merged = Map.groupBy(areas.filter((one) => one.to.length === 1), (one) => one.to[0]!);
  return [...merged].flatMap(([area, from]) => [...new Set(registers.map((one) => one.register))].flatMap((register) => {
    const members = from.map((one) => one.area).filter((one) => registers.some((rows) => rows.register === register && rows.area === one));
    return members.length < 2 ? [] : [{ area, register, members }];
  }));
}

/** Lines for whoever reads the plan; `some` shortens a long list. */
export function clashLines({ clashes, parcelClashes, beneficiaryClashes }: ClashesAhead, some: (lines: readonly string[]) => string[]): string[] {
  return [
    `Trùng tên hộ kinh doanh / name clashes: ${clashes.length}`, ...some(clashes.map((one) => `  ${one.area} "${one.name}": ${one.businesses.join(', ')}`)),
    `Trùng số tờ, số thửa / parcel clashes: ${parcelClashes.length}`, ...some(parcelClashes.map((one) => `  ${one.area} tờ ${one.mapSheet} thửa ${one.number}: ${one.parcels.join(', ')}`)),
    `Một người, nhiều hồ sơ hưởng / beneficiary clashes: ${beneficiaryClashes.length}`, ...some(beneficiaryClashes.map((one) => `  ${one.area} ${one.beneficiaries.join(', ')} (tạm chi / paid: ${one.paid.join(', ')}${one.byName ? '; chỉ cùng họ tên, thiếu ngày sinh / by name alone' : ''})`)),
  ];
}
