/** A list as a plain CSV with a header line; every column but code, name and one time may be missing. */
import type { Channel } from '@lienthong/law';
import { parseCsvLines } from '../csv.ts';
import type { Row } from '../csv.ts';
import type { ImportRow, ImportedTime } from './import-row.ts';

/** Column → names it may bear, without regard to case. */
const COLUMNS = {
  code: ['MaTTHC', 'code'], name: ['TenTTHC', 'name'], field: ['TenLinhVuc', 'LinhVuc', 'field'], agency: ['CoQuanThucHien', 'agency'], level: ['CapThucHien', 'level'], role: ['VaiTro', 'role'], locality: ['DiaBan', 'locality'],
  time: ['ThoiGian', 'time'], counter: ['ThoiGianTrucTiep', 'time_counter'], online: ['ThoiGianTrucTuyen', 'time_online'], post: ['ThoiGianBuuChinh', 'time_post'], fee: ['Phi', 'fee'],
  resultCode: ['MaKetQua', 'result_code'], resultName: ['TenKetQua', 'result_name'], acts: ['CanCuPhapLy', 'legal_basis'], papers: ['ThanhPhanHoSo', 'documents'], state: ['TrangThai', 'state'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Column = keyof typeof COLUMNS;

/** What must stand in the header; the others default. */
const REQUIRED: readonly Column[] = ['code', 'name'];
/** Words for no fee. */
const FREE: readonly string[] = ['không', 'miễn phí', 'free', 'none'];
const DOORS: readonly Channel[] = ['counter', 'online', 'post'];

/** The names of columns for people who write such a file. */
export const csvColumns: readonly string[] = Object.values(COLUMNS).map(([first]) => first);

/** @throws TypeError naming the columns that the header lacks. */
export function csvList(content: string): ImportRow[] {
  const lines = parseCsvLines(content);
  const lacking = REQUIRED.filter((column) => lines.length > 0 && headerOf(lines[0]!.row, column) === undefined);
  if (lines.length === 0 || lacking.length > 0) throw new TypeError(`the header lacks ${lacking.map((column) => COLUMNS[column][0]).join(', ') || 'every row'}; columns are ${csvColumns.join(', ')}`);
  return lines.map(({ line, row }) => rowOf(line, row));
}

const headerOf = (row: Row, column: Column): string | undefined => Object.keys(row).find((name) => COLUMNS[column].some((known) => known.toLowerCase() === name.toLowerCase()));
const parted = (cell: string): string[] => cell.split(';').map((one) => one.trim()).filter((one) => one !== '');

function rowOf(line: number, row: Row): ImportRow {
  const cell = (column: Column): string => (row[headerOf(row, column) ?? ''] ?? '').trim();
  const all = cell('time');
  const times = Object.fromEntries(DOORS.map((door) => [door, cell(door as Column) || all]).filter(([, time]) => time !== '').map(([door, time]) => [door, timeOf(time!)])) as ImportRow['times'];
  const fee = cell('fee'), amount = /^\d{1,13}$/.test(fee) ? Number(fee) : 0;
  const codes = parted(cell('resultCode'));
  return {
    line, code: cell('code'), name: cell('name'), field: cell('field'), agency: cell('agency'), level: cell('level'), role: cell('role'), locality: cell('locality'), times,
    fees: amount > 0 ? { counter: amount, online: amount, post: amount } : {}, ...(fee === '' || /^\d{1,13}$/.test(fee) || FREE.includes(fee.toLowerCase()) ? {} : { unreadFee: fee }),
    papers: parted(cell('papers')).map((name) => ({ code: '', name, form: '', originals: 1, copies: 0, case: '' })),
    results: parted(cell('resultName')).map((name, n) => ({ code: codes[n] ?? '', name })), acts: parted(cell('acts')), active: ['', '1'].includes(cell('state')),
  };
}

/** `3 ngày làm việc`, or `3wd` as the catalogue writes it. */
function timeOf(cell: string): ImportedTime {
  const [, count = '', unit = ''] = /^(\d*)\s*(.*)$/.exec(cell) ?? [];
  return { count, unit };
}
