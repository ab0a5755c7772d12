/** A row becomes a procedure with the default route, or names every field that stands in the way. Pure. */
import { parseProcedureCode } from '@lienthong/law';
import type { CatalogueDecision, Channel, Fee, LegTemplate, LocalDate, Locality, Procedure, RequiredDocument, Source, Span } from '@lienthong/law';
import { oneLimit } from '../one-limit.ts';
import type { Door } from '../one-limit.ts';
import type { ImportRow, RowProblem } from './import-row.ts';
import { text } from './import-row.ts';
import { spanOf } from './span-of-time.ts';
import { accountableOf } from './office-words.ts';
import type { Accountable } from './office-words.ts';

const DOORS: readonly Channel[] = ['counter', 'online', 'post'];
const LOCALITIES: readonly Locality[] = ['subject', 'residence', 'counter', 'target'];
/** A question to the citizen lapses after this time where no law gives another. */
const SUPPLEMENT_TIMEOUT: Span = '30d';

type Report = (field: string, problem: RowProblem['problem'], remedy: RowProblem['remedy']) => void;

export type ImportContext = { /** First day in force of what is new. */ readonly from: LocalDate; readonly roles: ReadonlySet<string> };

export function procedureOfRow(given: ImportRow, context: ImportContext): { readonly procedure: Procedure } | { readonly problems: readonly RowProblem[] } {
  const row = onOneLine(given), problems: RowProblem[] = [];
  const report: Report = (field, problem, remedy) => { problems.push({ line: row.line, code: row.code, field, problem, remedy }); };
  if (parseProcedureCode(row.code) !== row.code) report('MaTTHC', text(`"${row.code}" không phải mã thủ tục`, `"${row.code}" is no procedure code`), text('viết như 1.013831', 'write it as 1.013831'));
  if (row.name === '') report('TenTTHC', text('thiếu tên thủ tục', 'the name is missing'), text('ghi tên chính thức', 'give the official name'));
  if (row.unreadFee !== undefined) report('Phi', text(`"${row.unreadFee}" không phải số tiền`, `"${row.unreadFee}" is no amount`), text('ghi số nguyên đồng không dấu phân cách, để trống nếu không thu', 'write whole đồng without separators, nothing where none is asked'));
  const doors = doorsOf(row, report);
  const accountable = officeOf(row, context, report);
  if (problems.length > 0 || accountable === null) return { problems };
  return { procedure: built(row, doors, accountable, context) };
}

/** Lists carry breaks of lines and characters that nobody sees inside names; a name of ours is one line. */
function onOneLine(row: ImportRow): ImportRow {
  const lined = (words: string): string => words.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return {
    ...row, name: lined(row.name), field: lined(row.field), acts: row.acts.map(lined), results: row.results.map((one) => ({ ...one, name: lined(one.name) })),
    papers: row.papers.map((one) => ({ ...one, name: lined(one.name), form: lined(one.form), case: lined(one.case) })).filter((one) => one.name !== ''),
  };
}

function doorsOf(row: ImportRow, report: Report): Door[] {
  const doors = DOORS.flatMap((channel): Door[] => {
    const time = row.times[channel];
    if (time === undefined || time.count === '') return [];
    const span = spanOf(`${time.count} ${time.unit}`);
    if (span === null) report('ThoiGian', text(`thời hạn "${time.count} ${time.unit}" (${channel}) thiếu hoặc sai đơn vị`, `time "${time.count} ${time.unit}" (${channel}) has no unit that is known`), text('ghi rõ ngày làm việc, ngày hoặc giờ', 'say working days (ngày làm việc), days (ngày) or hours (giờ)'));
    return span === null ? [] : [{ channel, span }];
  });
  const bare = Object.values(row.times).every((one) => one.count === '');
  if (bare) report('ThoiGian', text('không có thời hạn giải quyết', 'there is no time limit'), text('ghi thời hạn theo quyết định công bố', 'give the limit of the decision that announced it'));
  return doors;
}

function officeOf(row: ImportRow, { roles }: ImportContext, report: Report): (Accountable & { readonly inferred: boolean }) | null {
  if (row.role !== '') {
    const locality = LOCALITIES.find((one) => one === row.locality) ?? 'subject';
    if (roles.has(row.role)) return { role: row.role, locality, inferred: false };
    report('VaiTro', text(`không cơ quan nào giữ vai trò "${row.role}"`, `no office bears the role "${row.role}"`), text(`dùng một trong: ${[...roles].sort().join(', ')}`, `use one of: ${[...roles].sort().join(', ')}`));
    return null;
  }
  const found = accountableOf(row.agency, row.level);
  if (found === null) report('CoQuanThucHien', text(`không xác định được cơ quan giải quyết từ "${row.agency || row.level}"`, `"${row.agency || row.level}" names no office that is known`), text('ghi vai trò ở cột VaiTro, ví dụ peoples-committee', 'name a role in the column VaiTro, e.g. peoples-committee'));
  return found;
}

const PAPER = /^[\w.-]+$/;

function built(row: ImportRow, doors: readonly Door[], { role, locality, inferred }: Accountable & { readonly inferred: boolean }, { from }: ImportContext): Procedure {
  const { span, reason } = oneLimit(doors);
  const source: Source = { act: [...new Set(row.acts)].join('; ') || 'danh mục của cơ quan', status: 'to-confirm', note: 'Imported from the list of an office, with the default route.' };
  const results = row.results.length === 0 ? [{ code: 'result', name: text('Kết quả giải quyết', 'Result') }] : row.results.map(({ code, name }, n) => ({ code: PAPER.test(code) ? code : `result-${n + 1}`, name: text(name, name) }));
  const { cases, documents } = papersOf(row);
  const limit = { counter: span, online: span, post: span };
  const decisions: CatalogueDecision[] = reason === null ? [] : [{ field: 'limit', published: doors.map((one) => `${one.channel} ${one.span}`).join('; '), decided: span, reason, on: from }];
  const leg: LegTemplate = {
    name: 'handling', title: text('Giải quyết tại cơ quan có thẩm quyền', 'Handled by the competent office'), role, locality, after: [], limit: span, decides: true, results: results.map((one) => one.code), reads: ['applicant', 'subject', 'declaration'], source,
  };
  return {
    code: row.code, name: text(row.name, row.name), field: row.field || 'Khác', cases, channels: doors.map((one) => one.channel), limit, validFrom: from, validTo: null, counting: 'elapsed', handOver: true, boundaryFree: true,
    fees: feesOf(row, source), supplement: { timeout: SUPPLEMENT_TIMEOUT, restarts: true }, documents, legs: [leg], results, legalBasis: [...new Set(row.acts)], source,
    facts: {
      route: 'default', flags: ['default-route', 'imported', ...(inferred ? ['office-inferred'] : []), ...(row.papers.length === 0 ? ['documents-not-read'] : [])], decisions, accountable: { role, locality }, codes: { earlier: [], later: [] }, waits: [], announcedBy: '',
    },
  };
}

function feesOf({ fees }: ImportRow, source: Source): Fee[] {
  const amounts = Object.values(fees);
  if (amounts.length === 0) return [];
  return [{ code: 'fee', name: text('Phí, lệ phí', 'Fee'), kind: 'fee', amount: { counter: fees.counter ?? 0, online: fees.online ?? 0, post: fees.post ?? 0 }, when: 'filing', refundable: false, source }];
}

/** What one applicant must file: the papers of his case. A paper of several cases stands there once. */
function papersOf({ papers }: ImportRow): Pick<Procedure, 'cases' | 'documents'> {
  const titles = [...new Set(papers.map((one) => one.case))];
  const cases = titles.length < 2 ? ['standard'] : titles.map((_, n) => `case-${n + 1}`);
  if (papers.length === 0) return { cases, documents: [{ code: 'application-form', name: text('Đơn, tờ khai theo mẫu của cơ quan giải quyết', 'Application on the form of the office'), originals: 1, copies: 0 }] };
  const groups = [...Map.groupBy(papers, (one) => one.code || one.name).values()];
  const documents = groups.map((group, n): RequiredDocument => {
    const [first] = group;
    const own = [...new Set(group.map((one) => cases[titles.indexOf(one.case)]!))];
    return {
      code: PAPER.test(first!.code) ? first!.code : `paper-${n + 1}`, name: text(first!.name, first!.name), ...(first!.form === '' ? {} : { form: first!.form }), originals: first!.originals + first!.copies === 0 ? 1 : first!.originals, copies: first!.copies,
      ...(own.length === cases.length ? {} : { cases: own }),
    };
  });
  return { cases, documents };
}
