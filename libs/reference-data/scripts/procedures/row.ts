/** One procedure as one row: what differs from its family. The rest comes from the national record, the family's route and the two eras. */
import type { CatalogueDecision, CatalogueFacts, ExcludedWait, Fee, LegTemplate, LocalDate, Procedure, RequiredDocument, Source, Span, Text } from '@lienthong/law';
import type { Row as NationalRow } from '../../src/csv.ts';
import { SUPPLEMENT, SUPPLEMENT_NOTE, decided, everyChannel, legalBasis, nationalRow, publishedResults, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';
import { actsBefore } from './acts-of-era.ts';
import { documentsOf } from './documents.ts';
import { factsOf, isCouncilFee } from './facts.ts';
import { decision, limitFrom, offeredChannels } from './limits.ts';
import type { Decided } from './limits.ts';

/** `before`: districts, until 30/6/2025. `now`: two tiers. */
export type EraName = 'before' | 'now';
/** What a family's route is built from. */
export type RouteContext = { readonly total: Span; readonly results: readonly string[]; readonly era: EraName; readonly source: Source };
/** The shape that a family shares. */
export type Route = {
  readonly accountable: CatalogueFacts['accountable'];
  legs(context: RouteContext): LegTemplate[];
  readonly waits?: readonly ExcludedWait[];
  /** `default` where nothing is known but the competent office. */
  readonly kind?: CatalogueFacts['route'];
};

export type ProcedureRow = {
  readonly code: string;
  /** Absent: both eras. `now`: the code is new, or nothing was read of the time before. */
  readonly eras?: 'now';
  /** First and last day, where they are not those of the eras. */
  readonly dates?: readonly [from: LocalDate, to: LocalDate | null];
  /** Separated by blanks; absent: `standard`. */
  readonly cases?: string;
  /** See documents.ts; papers that the list lacks stand in `ownDocuments`. */
  readonly docs: string;
  readonly ownDocuments?: readonly RequiredDocument[];
  readonly route: Route;
  /** The limit where the published one cannot be taken as it stands, with the reason. */
  readonly limit?: readonly [span: Span, reason: string];
  readonly caseLimits?: Readonly<Record<string, Span>>;
  /** Codes of the results that are issued; absent: all published. Refusals and requests to amend are forms, not results. */
  readonly results?: string;
  readonly ownResults?: readonly { readonly code: string; readonly name: Text }[];
  readonly fees?: readonly Fee[];
  readonly counting?: Procedure['counting'];
  readonly waits?: readonly ExcludedWait[];
  readonly decisions?: readonly CatalogueDecision[];
  readonly flags?: readonly string[];
  /** Grounds of the route, and what is known about it. */
  readonly act: string;
  readonly note?: string;
  readonly supplement?: Procedure['supplement'];
};

const ERAS: Readonly<Record<EraName, readonly [LocalDate, LocalDate | null]>> = { before: ['2025-01-01', '2025-06-30'], now: ['2025-07-01', null] };

export function proceduresOf(rows: readonly ProcedureRow[], national: National): Procedure[] {
  return rows.flatMap((row) => (row.eras === 'now' || row.dates !== undefined ? (['now'] as const) : (['before', 'now'] as const)).map((era) => procedureOf(row, era, national)));
}

function procedureOf(row: ProcedureRow, era: EraName, national: National): Procedure {
  const record = nationalRow(national, row.code);
  const { limit, decisions } = limitOf(row, record);
  const results = row.ownResults ?? publishedResults(record).filter((one) => row.results?.includes(one.code) ?? true);
  const isRead = record['status'] === 'read';
  const source = isRead ? decided(`${record['announcing_decision']}; ${row.act}`, noteOf(row, era)) : toConfirm(row.act, `Absent from the national crawl. ${noteOf(row, era)}`);
  const [validFrom, validTo] = row.dates ?? ERAS[era];
  const legs = row.route.legs({ total: limit.counter, results: results.map((one) => one.code), era, source: isRead ? decided(row.act, ROUTE_NOTE) : toConfirm(row.act, ROUTE_NOTE) });
  const acts = legalBasis(record);
  return version(record, {
    cases: (row.cases ?? 'standard').split(' '), channels: offeredChannels(record), limit, validFrom, validTo, counting: row.counting ?? 'elapsed', fees: row.fees ?? [], supplement: row.supplement ?? SUPPLEMENT,
    documents: [...documentsOf(national, row.code, row.docs), ...row.ownDocuments ?? []], legs, results, boundaryFree: era === 'now', legalBasis: basisOf(era === 'before' ? actsBefore(acts) : acts, row.act), source,
    ...(row.caseLimits === undefined ? {} : { caseLimits: row.caseLimits }),
    facts: factsOf(record, {
      accountable: row.route.accountable, waits: [...row.route.waits ?? [], ...row.waits ?? []], decisions: [...decisions, ...caseDecisions(row, record), ...row.decisions ?? []],
      flags: flagsOf(row, record), ...(row.route.kind === undefined ? {} : { route: row.route.kind }),
    }),
  });
}

const ROUTE_NOTE = 'Route read in the national text or in the notes on the domain; the limit of a leg is ours, for no text divides the total.';

const basisOf = (acts: readonly string[], act: string): string[] => (acts.length > 0 ? [...acts] : act.split('; '));

function noteOf(row: ProcedureRow, era: EraName): string {
  const known = era === 'before' ? 'Documents and limits of the later record, which is the only one read. ' : '';
  return `${known}${row.note === undefined ? '' : `${row.note} `}${SUPPLEMENT_NOTE}`;
}

function limitOf(row: ProcedureRow, record: NationalRow): Decided {
  if (row.limit === undefined) return limitFrom(record);
  const [span, reason] = row.limit;
  return { limit: everyChannel(span), decisions: [decision('limit', publishedTime(record), span, reason)] };
}

/** As published, with the text beside it. */
export function publishedTime(record: NationalRow): string {
  const door = (channel: string): string => `${channel} ${record[`time_${channel}_n`]!} ${record[`time_${channel}_unit`]!.replaceAll('_', ' ')}`.replace('  ', ' ');
  return `${['counter', 'online', 'post'].map(door).join('; ')}${record['time_in_text'] === '' ? '' : `; text: ${record['time_in_text']}`}`;
}

function caseDecisions(row: ProcedureRow, record: NationalRow): CatalogueDecision[] {
  if (row.caseLimits === undefined) return [];
  const shown = Object.entries(row.caseLimits).map(([name, span]) => `${name} ${span}`).join('; ');
  return [decision('caseLimits', publishedTime(record), shown, 'The text gives each case its own time; the field has room for one number per door only.')];
}

function flagsOf(row: ProcedureRow, record: NationalRow): string[] {
  return [
    ...row.flags ?? [], ...(isCouncilFee(record) && (row.fees ?? []).length === 0 ? ['council-fee-not-loaded'] : []), ...(row.eras === 'now' && record['code']! < '1.0136' ? ['earlier-version-not-read'] : []),
    ...(record['status'] === 'read' ? [] : ['to-confirm']),
  ];
}
