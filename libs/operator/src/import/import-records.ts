/** Records of a register from a table, one call each, a report per line; the hub judges the dry run, too. Cut off or repeated it goes on where it was: what is there with the same content stays. */
import { business, land, social } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { localDate } from '@lienthong/law';
import type { AreaId, Reference, Role } from '@lienthong/law';
import { catalogueOfHub, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { hubOf } from '../hub-target.ts';
import { importOfficer, lineByLine, problemOf, reportLines } from './line-report.ts';
import type { ImportAsked, LineReport } from './line-report.ts';
import { readTable } from './read-table.ts';
import type { TableRow } from './read-table.ts';
import { beneficiariesOf, beneficiaryColumns, businessColumns, businessesOf, parcelColumns, parcelsOf, requestOf } from './record-rows.ts';
import type { Drawn } from './record-rows.ts';
import type { RowProblem } from './row-problem.ts';

const by = importOfficer;

/** `known`: the hub has it already, as a dry run hears. */
type Call = (hub: HubClient, office: string, validateOnly: boolean) => Promise<{ readonly known: boolean }>;
type Prepared = { readonly key: string; readonly area: string; readonly lines: readonly number[] } & ({ readonly call: (area: AreaId) => Call } | { readonly problem: RowProblem });
type Kind = { readonly role: Role; readonly columns: readonly string[]; prepare(rows: readonly TableRow[]): readonly Prepared[] };

const prepared = <R>(drawn: readonly Drawn<R>[], call: (record: R, area: AreaId) => Call): Prepared[] => drawn.map((one) => ('problem' in one ? one : { key: one.key, area: one.area, lines: one.lines, call: (area) => call(one.record, area) }));

const kinds: Readonly<Record<string, Kind>> = {
  parcels: { role: 'land-registration', columns: parcelColumns, prepare: (rows) => prepared(parcelsOf(rows), (one, area) => {
    const parcel = { ...one, area }, requestId = requestOf('parcel', land.Parcel.encode(parcel).finish());
    return (hub, office, validateOnly) => hub.land.seedParcel(land.SeedParcelRequest.fromPartial({ requestId, office, parcel, validateOnly }), { office, officer: by });
  }) },
  businesses: { role: 'business-registration', columns: businessColumns, prepare: (rows) => prepared(businessesOf(rows), (one, area) => {
    const given = { ...one, area }, requestId = requestOf('business', business.Business.encode(given).finish());
    return (hub, office, validateOnly) => hub.business.seedBusiness(business.SeedBusinessRequest.fromPartial({ requestId, office, business: given, validateOnly }), { office, officer: by });
  }) },
  beneficiaries: { role: 'social-protection', columns: beneficiaryColumns, prepare: (rows) => prepared(beneficiariesOf(rows), (one, area) => {
    const given = { ...one, area }, requestId = requestOf('beneficiary', social.Beneficiary.encode(given).finish());
    return (hub, office, validateOnly) => hub.social.seedBeneficiary(social.SeedBeneficiaryRequest.fromPartial({ requestId, office, beneficiary: given, validateOnly }), { office, officer: by });
  }) },
};

export const recordKinds = Object.keys(kinds);

export async function importRecords(asked: ImportAsked): Promise<number> {
  const kind = kinds[asked.kind]!, records = kind.prepare(await readTable(asked.file, kind.columns)), reference = referenceOf(catalogueOfHub());
  const hub = hubOf(asked);
  try {
    return reportLines(asked, records.length, await lineByLine(records, (one) => brought(one, { role: kind.role, reference, hub, dryRun: asked.dryRun })));
  } finally {
    hub.close();
  }
}

type Bringing = { readonly role: Role; readonly reference: Reference; readonly hub: HubClient; readonly dryRun: boolean };

async function brought(record: Prepared, { role, reference, hub, dryRun }: Bringing): Promise<LineReport[]> {
  const told = (outcome: LineReport['outcome'], problem?: RowProblem): LineReport[] => record.lines.map((line) => ({ line, key: record.key, outcome, ...problem }));
  if ('problem' in record) return told('refused', record.problem);
  const on = localDate(Date.now()), area = reference.area(record.area) ?? reference.areaByCode(record.area, on), office = area === undefined ? undefined : reference.competentOffice(role, area.id, on);
  if (area === undefined || office === undefined) return told('refused', { field: 'area', problem: record.area, remedy: 'mã đơn vị hành chính cấp xã / code or id of a commune' });
  let known = false;
  const problem = await problemOf(async () => { ({ known } = await record.call(area.id)(hub, office.id, dryRun)); });
  return problem === null ? told(!dryRun ? 'loaded' : known ? 'known' : 'ready') : told('refused', problem);
}
