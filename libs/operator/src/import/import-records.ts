/** Records of a register from a table, one call each, a report per line. Cut off or repeated it goes on where it was: what is there with the same content stays. */
import { setTimeout as pause } from 'node:timers/promises';
import { business, land, social } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { localDate } from '@lienthong/law';
import type { AreaId, Reference, Role } from '@lienthong/law';
import { CallError } from '@lienthong/rpc-grpc';
import { catalogueOfHub, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';
import { hubOf } from '../hub-target.ts';
import { readTable } from './read-table.ts';
import type { TableRow } from './read-table.ts';
import { beneficiariesOf, beneficiaryColumns, businessColumns, businessesOf, parcelColumns, parcelsOf, requestOf } from './record-rows.ts';
import type { Drawn, RowProblem } from './record-rows.ts';

export type ImportAsked = { readonly kind: string; readonly file: string; readonly dryRun: boolean; readonly json: boolean; readonly address: string | undefined; readonly target: string | undefined };
export type LineReport = { readonly line: number; readonly key: string; readonly outcome: 'loaded' | 'ready' | 'refused' } & Partial<RowProblem>;

/** Calls side by side, and how long one is repeated while the hub is busy or restarting, in milliseconds. */
const sideBySide = 8, maxRetryMs = 180_000;
const by = 'nhap-du-lieu';

type Call = (hub: HubClient, office: string) => Promise<unknown>;
type Prepared = { readonly key: string; readonly area: string; readonly lines: readonly number[] } & ({ readonly call: (area: AreaId) => Call } | { readonly problem: RowProblem });
type Kind = { readonly role: Role; readonly columns: readonly string[]; prepare(rows: readonly TableRow[]): readonly Prepared[] };

const prepared = <R>(drawn: readonly Drawn<R>[], call: (record: R, area: AreaId) => Call): Prepared[] => drawn.map((one) => ('problem' in one ? one : { key: one.key, area: one.area, lines: one.lines, call: (area) => call(one.record, area) }));

const kinds: Readonly<Record<string, Kind>> = {
  parcels: { role: 'land-registration', columns: parcelColumns, prepare: (rows) => prepared(parcelsOf(rows), (one, area) => {
    const parcel = { ...one, area }, requestId = requestOf('parcel', land.Parcel.encode(parcel).finish());
    return (hub, office) => hub.land.seedParcel(land.SeedParcelRequest.fromPartial({ requestId, office, parcel }), { office, officer: by });
  }) },
  businesses: { role: 'business-registration', columns: businessColumns, prepare: (rows) => prepared(businessesOf(rows), (one, area) => {
    const given = { ...one, area }, requestId = requestOf('business', business.Business.encode(given).finish());
    return (hub, office) => hub.business.seedBusiness(business.SeedBusinessRequest.fromPartial({ requestId, office, business: given }), { office, officer: by });
  }) },
  beneficiaries: { role: 'social-protection', columns: beneficiaryColumns, prepare: (rows) => prepared(beneficiariesOf(rows), (one, area) => {
    const given = { ...one, area }, requestId = requestOf('beneficiary', social.Beneficiary.encode(given).finish());
    return (hub, office) => hub.social.seedBeneficiary(social.SeedBeneficiaryRequest.fromPartial({ requestId, office, beneficiary: given }), { office, officer: by });
  }) },
};

export const recordKinds = Object.keys(kinds);

export async function importRecords(asked: ImportAsked): Promise<number> {
  const kind = kinds[asked.kind]!, records = kind.prepare(await readTable(asked.file, kind.columns)), reference = referenceOf(catalogueOfHub());
  const hub = asked.dryRun ? null : hubOf(asked), reports: LineReport[][] = [];
  let next = 0;
  try {
    await Promise.all(Array.from({ length: sideBySide }, async () => { while (next < records.length) { const n = next++; reports[n] = await brought(records[n]!, kind.role, reference, hub); } }));
  } finally {
    hub?.close();
  }
  return report(asked, records.length, reports.flat().sort((a, b) => a.line - b.line));
}

async function brought(record: Prepared, role: Role, reference: Reference, hub: HubClient | null): Promise<LineReport[]> {
  const told = (outcome: LineReport['outcome'], problem?: RowProblem): LineReport[] => record.lines.map((line) => ({ line, key: record.key, outcome, ...problem }));
  if ('problem' in record) return told('refused', record.problem);
  const on = localDate(Date.now()), area = reference.area(record.area) ?? reference.areaByCode(record.area, on), office = area === undefined ? undefined : reference.competentOffice(role, area.id, on);
  if (area === undefined || office === undefined) return told('refused', { field: 'area', problem: record.area, remedy: 'mã đơn vị hành chính cấp xã / code or id of a commune' });
  if (hub === null) return told('ready');
  try {
    await repeated(() => record.call(area.id)(hub, office.id));
    return told('loaded');
  } catch (error) {
    // Nobody answers: that is no fault of the row.
    if (!(error instanceof CallError) || error.reason === '') throw error;
    return told('refused', { field: error.field, problem: error.message, remedy: error.english });
  }
}

async function repeated(call: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + maxRetryMs; ; await pause(500)) {
    try { await call(); return; } catch (error) { if (!(error instanceof CallError) || !error.retryable || error.reason === '' || Date.now() > end) throw error; }
  }
}

function report({ kind, dryRun, json }: ImportAsked, records: number, lines: readonly LineReport[]): number {
  const refused = lines.filter((one) => one.outcome === 'refused');
  if (json) print(JSON.stringify({ kind, dryRun, records, loaded: lines.filter((one) => one.outcome === 'loaded').length, refused: refused.length, lines }));
  else print([
    `${dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'}: ${records} bản ghi / records, ${lines.length - refused.length} dòng được / lines taken, ${refused.length} dòng không được / lines refused`,
    ...refused.map((one) => `dòng / line ${one.line} ${one.key} ${one.field ?? ''}: ${one.problem ?? ''} → ${one.remedy ?? ''}`),
  ].join('\n'));
  return refused.length === 0 ? 0 : 1;
}
