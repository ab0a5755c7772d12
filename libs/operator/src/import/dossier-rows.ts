/** From a line of a table to a dossier that another system had, or that was taken on paper in an outage. Pure: what a line lacks is told, nothing is asked. */
import { dossier as pb, intake } from '@lienthong/contract';
import { localDate } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { TableRow } from './read-table.ts';
import { numberRemedy, partyOf } from './record-rows.ts';
import { fault, namedBefore, repeatedLines } from './row-problem.ts';
import type { Fault, RowProblem } from './row-problem.ts';

export const dossierColumns = ['code', 'system', 'procedure', 'case', 'counter', 'area', 'applicant_number', 'applicant_name', 'received_time'] as const;

/** `earlier`: of a system that had it. Otherwise paper of an outage, the ground in the submission. */
export type DossierRow = { readonly line: number; readonly key: string } & ({ readonly counter: string; readonly submission: intake.Submission; readonly earlier?: intake.EarlierSystem } | { readonly problem: RowProblem });

const channels: Readonly<Record<string, pb.Channel>> = { counter: pb.Channel.COUNTER, online: pb.Channel.ONLINE, post: pb.Channel.POST };
const causes: Readonly<Record<string, pb.SuspensionCause>> = {
  supplement: pb.SuspensionCause.SUPPLEMENT, payment: pb.SuspensionCause.PAYMENT, posting: pb.SuspensionCause.POSTING, consultation: pb.SuspensionCause.CONSULTATION, consent: pb.SuspensionCause.CONSENT, 'verification-abroad': pb.SuspensionCause.VERIFICATION_ABROAD,
};
const timeRemedy = 'ngày giờ, ví dụ 2026-11-03T08:00 (giờ Việt Nam) / a time, e.g. 2026-11-03T08:00 (+07:00)';

export function dossiersOf(rows: readonly TableRow[], reference: Pick<Reference, 'procedure'>): DossierRow[] {
  const again = repeatedLines(rows, ({ row }) => JSON.stringify([cell(row, 'system'), cell(row, 'code')]));
  return rows.map(({ line, row, problem }) => {
    const key = cell(row, 'code'), before = again.get(line);
    return { line, key, ...(problem !== undefined ? { problem } : before === undefined ? dossierOf(row, reference) : namedBefore('code', key, before)) };
  });
}

const cell = (row: TableRow['row'], name: string): string => (row[name] ?? '').trim();
const words = (text: string): string[] => text.split(';').map((one) => one.trim()).filter((one) => one !== '');

function dossierOf(row: TableRow['row'], reference: Pick<Reference, 'procedure'>): Omit<Extract<DossierRow, { counter: string }>, 'line' | 'key'> | Fault {
  const system = cell(row, 'system'), outage = cell(row, 'outage'), received = timeOf(cell(row, 'received_time')), legSince = timeOf(cell(row, 'leg_since')), applicant = partyOf(cell(row, 'applicant_number'), cell(row, 'applicant_name')), channel = channels[cell(row, 'channel') || 'counter'];
  for (const field of ['code', 'procedure', 'counter'] as const) if (cell(row, field) === '') return fault(field, 'trống / empty', 'điền vào / fill it in');
  if ((system === '') === (outage === '')) return fault('system', `${system} ${outage}`.trim() || 'trống / empty', 'tên hệ thống cũ, hoặc mã sự cố ở cột outage / name of the earlier system, or the outage in column outage');
  if (received === null) return fault('received_time', row['received_time']!, timeRemedy);
  if (cell(row, 'leg_since') !== '' && legSince === null) return fault('leg_since', row['leg_since']!, timeRemedy);
  if (applicant === null) return fault('applicant_number', `${row['applicant_number']} ${row['applicant_name']}`, numberRemedy);
  if (channel === undefined) return fault('channel', row['channel']!, `một trong / one of: ${Object.keys(channels).join(', ')}`);
  const waits = waitsOf(cell(row, 'waits')), submission = intake.Submission.fromPartial({
    procedure: cell(row, 'procedure'), case: cell(row, 'case'), channel, applicant, areas: { subject: cell(row, 'area'), residence: cell(row, 'residence') || cell(row, 'area'), target: cell(row, 'target') },
    subject: { parcel: cell(row, 'parcel'), business: cell(row, 'business'), beneficiary: cell(row, 'beneficiary') }, contact: { phone: cell(row, 'phone'), postalAddress: cell(row, 'address') },
    documents: papersOf(row, received, reference).map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })), ...(outage === '' ? {} : { lateRecord: { receivedTime: received, outage } }),
  });
  const running = runningOf(cell(row, 'waiting'), { documents: words(cell(row, 'waiting_documents')), office: cell(row, 'waiting_office'), fee: cell(row, 'waiting_fee'), amount: cell(row, 'waiting_amount') });
  if ('problem' in waits) return waits;
  if ('problem' in running) return running;
  const counter = cell(row, 'counter');
  return outage === '' ? { counter, submission, earlier: { system, code: cell(row, 'code'), receivedTime: received, done: words(cell(row, 'done')), waits: waits.waits, legSinceTime: legSince ?? undefined, running: running.running } } : { counter, submission };
}

/** As listed; where none is, what the procedure required on that day: it was received, so it was there. */
function papersOf(row: TableRow['row'], received: Date, reference: Pick<Reference, 'procedure'>): readonly string[] {
  const listed = words(cell(row, 'documents')), required = reference.procedure(cell(row, 'procedure'), localDate(received.getTime()))?.documents ?? [];
  return listed.length > 0 ? listed : required.filter((one) => one.optional !== true && one.cases?.includes(cell(row, 'case')) !== false).map((one) => one.code);
}

/** `FROM/TO cause ground`, separated by semicolons. */
function waitsOf(text: string): { readonly waits: intake.EarlierWait[] } | Fault {
  const waits: intake.EarlierWait[] = [];
  for (const one of words(text)) {
    const [, from = '', to = '', cause = '', ground = ''] = /^([^/\s]+)\s*\/\s*(\S+)\s+(\S+)\s*(.*)$/u.exec(one) ?? [], startTime = timeOf(from), endTime = timeOf(to), known = causes[cause];
    if (startTime === null || endTime === null || known === undefined) return fault('waits', one, `2026-11-03T08:00/2026-11-05T08:00 supplement; …: ${Object.keys(causes).join(', ')}`);
    waits.push({ cause: known, startTime, endTime, ground });
  }
  return { waits };
}

/** Columns beside the one that says what is awaited. */
type Beside = { readonly documents: string[]; readonly office: string; readonly fee: string; readonly amount: string };

/** `FROM cause ground`, or `FROM/DUE cause ground` where it falls due: what it waits for still. */
function runningOf(text: string, { documents, office, fee, amount }: Beside): { readonly running: intake.EarlierRunning | undefined } | Fault {
  if (text === '') return { running: undefined };
  const [, from = '', due, cause = '', ground = ''] = /^([^/\s]+)(?:\s*\/\s*(\S+))?\s+(\S+)\s*(.*)$/u.exec(text) ?? [], startTime = timeOf(from), dueTime = due === undefined ? undefined : timeOf(due), known = causes[cause];
  if (startTime === null || dueTime === null || known === undefined) return fault('waiting', text, `2026-11-03T08:00 supplement …, 2026-11-03T08:00/2026-12-03T17:00 consent …: ${Object.keys(causes).join(', ')}`);
  if (!/^\d{0,13}$/.test(amount)) return fault('waiting_amount', amount, 'số nguyên đồng / whole đồng');
  return { running: { cause: known, startTime, ground, documents, dueTime, office, fee, amount: Number(amount) } };
}

/** A time in +07:00 unless it says another zone; a day alone does not tell when. */
function timeOf(text: string): Date | null {
  const [, day, time, zone = '+07:00'] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const found = new Date(`${day}T${time}${zone}`);
  // A 31st of a month that has none is another day to `Date`.
  return Number.isNaN(found.getTime()) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day ? null : found;
}
