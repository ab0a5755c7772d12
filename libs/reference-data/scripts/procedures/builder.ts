/** Turns rows of the national procedure lists into typed procedures; what the lists leave open is decided at the call and noted in the source. */
import type { Channel, LegTemplate, Procedure, RequiredDocument, Source, Span, Text } from '@lienthong/law';
import type { Row } from '../../src/csv.ts';

export type National = { readonly procedures: readonly Row[]; readonly documents: readonly Row[] };
export type Limits = Readonly<Record<Channel, Span>>;

export const text = (vi: string, en: string): Text => ({ vi, en });
export const everyChannel = (limit: Span): Limits => ({ counter: limit, online: limit, post: limit });
export const decided = (act: string, note: string): Source => ({ act, status: 'decided', note });
export const toConfirm = (act: string, note: string): Source => ({ act, status: 'to-confirm', note });
export const read = (act: string): Source => ({ act, status: 'read' });

/** A question to the citizen lapses after this time where no law gives another. */
export const SUPPLEMENT: Procedure['supplement'] = { timeout: '30d', restarts: true };
/** NĐ 301/2026 art. 6, 10: seven working days, then processing is stopped. */
export const CHAIN_SUPPLEMENT: Procedure['supplement'] = { timeout: '7wd', restarts: true };
export const SUPPLEMENT_NOTE = 'No law read gives a time after which an unanswered supplement request ends; 30 days decided.';

export function nationalRow(national: National, code: string): Row {
  const row = national.procedures.find((one) => one['code'] === code);
  if (row === undefined) throw new Error(`procedure ${code} is not in the national list`);
  return row;
}

const units: Readonly<Record<string, string>> = { working_day: 'wd', day: 'd' };

/** Total limits as published; throws where a unit or number is missing, for then they must be decided. */
export function publishedLimits(row: Row): Limits {
  const span = (channel: string): Span => {
    const unit = units[row[`time_${channel}_unit`]!];
    if (unit === undefined || row[`time_${channel}_n`] === '') throw new Error(`${row['code']}: no published limit for ${channel}`);
    return `${row[`time_${channel}_n`]}${unit}`;
  };
  return { counter: span('counter'), online: span('online'), post: span('post') };
}

export const legalBasis = (row: Row): string[] => row['legal_basis']!.split('; ').filter((one) => one !== '');

/** Results as published, `name (code)`. */
export function publishedResults(row: Row): Procedure['results'] {
  return row['results']!.split('; ').map((one) => {
    const match = /^(.*) \(([^()]+)\)$/.exec(one);
    if (match === null) throw new Error(`${row['code']}: result without code: ${one}`);
    return { code: match[2]!, name: text(match[1]!, RESULTS_IN_ENGLISH[match[2]!] ?? row['short_name']!) };
  });
}

/** The published results that the legs issue: notices of refusal or amendment are forms, not results. */
function issuedResults(row: Row, legs: readonly LegTemplate[]): Procedure['results'] {
  const issued = new Set(legs.flatMap((one) => one.results));
  return publishedResults(row).filter((one) => issued.has(one.code));
}

const RESULTS_IN_ENGLISH: Readonly<Record<string, string>> = {
  'KQ.G10.001147': 'Certificate of land use right and assets attached to land', 'KQ.G15.000031': 'Birth certificate', 'KQ.G18.000047': 'Health insurance card',
  'KQ.G01.000065': 'Notice of residence registration result', 'KQ.G15.000334': 'Certified request for mortgage registration', 'KQ.G15.000335': 'Certified request for deletion of mortgage registration',
  'KQ.G12.001041': 'Household business certificate', 'KQ.G12.001009': 'Notice of what must be amended', 'KQ.G12.001347': 'Entry of changed particulars', 'KQ.G12.001049': 'Confirmation of suspension',
  'KQ.G12.001154': 'Confirmation of early resumption', 'KQ.G12.001348': 'Entry of legal status', 'KQ.G12.001017': 'Notice of refusal with reasons', 'KQ.G12.001349': 'Entry of termination',
  'KQ.G17.000311': 'Construction permit with stamped design',
};

export type DocumentOptions = { readonly cases?: readonly string[]; readonly optional?: boolean; readonly evidence?: NonNullable<RequiredDocument['evidence']> };

/** The n-th document of the national list under a stable code of ours. */
export function nationalDocument(national: National, procedure: string, n: number, code: string, en: string, options: DocumentOptions = {}): RequiredDocument {
  const row = national.documents.find((one) => one['procedure_code'] === procedure && one['n'] === String(n));
  if (row === undefined) throw new Error(`${procedure}: no document ${n} in the national list`);
  const form = row['form_no'] === '' ? {} : { form: row['form_no']! };
  return { code, name: text(row['document_name_short']!, en), ...form, originals: Number(row['copies_original'] || 1), copies: Number(row['copies_copy'] || 0), ...options };
}

/** A document that the national list lacks; say why in the procedure's source. */
export function ownDocument(code: string, name: Text, options: DocumentOptions = {}): RequiredDocument {
  return { code, name, originals: 1, copies: 0, ...options };
}

export const LAND_CERTIFICATE = { service: 'land', fact: 'certificate', subject: 'parcel' } as const;
export const BUSINESS = { service: 'business-registration', fact: 'business', subject: 'business' } as const;
export const BENEFICIARY = { service: 'social-protection', fact: 'beneficiary', subject: 'person' } as const;

type LegDefaults = 'after' | 'decides' | 'results' | 'reads';
/** A leg with the usual defaults: ready at once, deciding nothing, issuing nothing, reading who applies and what for. */
export function leg(template: Omit<LegTemplate, LegDefaults> & Partial<Pick<LegTemplate, LegDefaults>>): LegTemplate {
  return { after: [], decides: false, results: [], reads: ['applicant', 'subject', 'declaration'], ...template };
}

export const counterOnlinePost: readonly Channel[] = ['counter', 'online', 'post'];

type ProcedureDefaults = 'channels' | 'counting' | 'handOver' | 'boundaryFree' | 'fees' | 'supplement' | 'name' | 'field' | 'code' | 'results' | 'legalBasis';
/** A version of a procedure with the row's own name, field, results and acts, and the usual defaults. */
export function version(row: Row, spec: Omit<Procedure, ProcedureDefaults> & Partial<Pick<Procedure, ProcedureDefaults>>): Procedure {
  return {
    code: row['code']!, name: text(row['name']!, row['short_name']!), field: row['domain']!, channels: counterOnlinePost, counting: 'elapsed', handOver: true,
    boundaryFree: spec.validFrom >= '2025-07-01', fees: [], supplement: SUPPLEMENT, results: spec.results ?? issuedResults(row, spec.legs), legalBasis: spec.legalBasis ?? legalBasis(row), ...spec,
  };
}
