/** What the national record says about itself: flags, contradictions that were decided, code history, the office that answers. */
import type { CatalogueDecision, CatalogueFacts, ExcludedWait, Procedure } from '@lienthong/law';
import type { Row as NationalRow } from '../../src/csv.ts';
import { publishedResults } from './builder.ts';
import { decision } from './limits.ts';

const slug = (flag: string): string => flag.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
const parted = (field: string | undefined): string[] => (field ?? '').split('; ').filter((one) => one !== '');
const CODE = /\d\.\d{6}/g;

export type FactOptions = {
  readonly accountable: CatalogueFacts['accountable']; readonly route?: CatalogueFacts['route']; readonly waits?: readonly ExcludedWait[];
  readonly decisions?: readonly CatalogueDecision[]; readonly flags?: readonly string[];
};

export function factsOf(row: NationalRow, options: FactOptions): CatalogueFacts {
  const decisions = [...options.decisions ?? [], ...feeDecisions(row), ...agencyDecisions(row, options.accountable)];
  const flags = [...parted(row['flags']).map(slug), ...(isCouncilFee(row) ? ['council-fee'] : []), ...(options.route === 'default' ? ['default-route'] : []), ...options.flags ?? []];
  return {
    route: options.route ?? 'typed', flags: [...new Set(flags)], decisions, accountable: options.accountable, codes: codesOf(row['code_history'] ?? ''), waits: options.waits ?? [],
    announcedBy: row['announcing_decision'] ?? '',
  };
}

export const isCouncilFee = (row: NationalRow): boolean => [row['fee_counter'], row['fee_online'], row['fee_post']].includes('per council');

function feeDecisions(row: NationalRow): CatalogueDecision[] {
  const shown = `counter ${row['fee_counter']}; online ${row['fee_online']}; post ${row['fee_post']}`;
  const found: CatalogueDecision[] = [];
  if ((row['fee_note'] ?? '').includes('field says free')) found.push(decision('fees', `${shown}; note: the council decides`, 'a fee of the provincial council', 'The fee law leaves the amount to the provincial council, so "free" in the field says only that the ministry sets none.'));
  else if (parted(row['flags']).includes('fee differs by channel')) found.push(decision('fees', `${shown}${row['fee_note'] === '' ? '' : `; note: ${row['fee_note']}`}`, 'as in the fields, per door', 'A lower fee for filing online is lawful; where field and note differ, the field is what the portal charges.'));
  else if ((row['fee_note'] ?? '').includes('fee law')) found.push(decision('fees', `${shown}; note: ${row['fee_note']}`, 'nothing is asked', 'The text refers to the fee law as a whole and names no amount of this procedure; the field says free, and nobody is asked for what was not published.'));
  else if ((row['fee_note'] ?? '') !== '') found.push(decision('fees', `${shown}; note: ${row['fee_note']}`, 'the amount of the field, once for a dossier', 'The field has one amount; how many copies, documents, pages or events there are, and who is exempt, stands in no field of the record.'));
  return found;
}

/** Bodies named in a field by mistake. */
function agencyDecisions(row: NationalRow, { role }: CatalogueFacts['accountable']): CatalogueDecision[] {
  const wrong = parted(row['flags']).find((one) => one.startsWith('executing field names'));
  return wrong === undefined ? [] : [decision('facts.accountable', `${wrong}: ${row['executing_agency_field']}`, role, 'A body that has no part in the procedure, or of another province; the office comes from the route.')];
}

/** `replaces …` and older codes stand before the present one, `newer codes …` and `replaced by …` after it. */
function codesOf(history: string): CatalogueFacts['codes'] {
  const codes: string[] = history.match(CODE) ?? [];
  return history.startsWith('replaces') ? { earlier: codes, later: [] } : { earlier: [], later: codes };
}

/** What the record lists as results, and no leg issues. */
export function withNotIssued({ facts, ...procedure }: Procedure, row: NationalRow): Procedure {
  const issued = new Set(procedure.results.map((one) => one.code)), others = row['results'] === '' ? [] : publishedResults(row).filter((one) => !issued.has(one.code));
  return { ...procedure, ...(facts === undefined ? {} : { facts: others.length === 0 ? facts : { ...facts, notIssued: others } }) };
}

/** Puts the facts behind the rules of a version. */
export function withFacts(procedure: Procedure, row: NationalRow, options: FactOptions): Procedure {
  return { ...procedure, facts: factsOf(row, options) };
}
