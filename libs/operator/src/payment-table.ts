/** Lines of a payment list as CSV, for programs that people open tables with. Pure. */
import { stringify } from 'csv-stringify/sync';
import { social as pb } from '@lienthong/contract';

const kinds: Readonly<Partial<Record<pb.BenefitKind, string>>> = {
  [pb.BenefitKind.MONTHLY_ALLOWANCE]: 'Trợ cấp xã hội hàng tháng', [pb.BenefitKind.SOCIAL_PENSION]: 'Trợ cấp hưu trí xã hội', [pb.BenefitKind.FUNERAL_SUPPORT]: 'Hỗ trợ chi phí mai táng',
};

const columns: readonly (readonly [header: string, valueOf: (line: pb.PaymentLine, place: number) => string])[] = [
  ['STT', (_line, place) => String(place)],
  ['Mã đối tượng', ({ beneficiary }) => beneficiary],
  ['Họ và tên', ({ fullName }) => fullName],
  ['Chính sách', ({ kind }) => kinds[kind] ?? ''],
  ['Số quyết định', ({ decisionNumber }) => decisionNumber],
  ['Mức tháng này (đồng)', ({ amount }) => String(amount)],
  ['Truy lĩnh (đồng)', ({ arrears }) => String(arrears)],
  ['Chi trả (đồng)', ({ amount, arrears }) => String(amount + arrears)],
  ['Tạm giữ chờ xác minh (đồng)', ({ withheld }) => String(withheld)],
  ['Kênh chi trả', ({ channel }) => (channel === pb.PaymentChannel.BANK ? 'Ngân hàng' : 'Bưu điện')],
  ['Ngân hàng', ({ account }) => account?.bank ?? ''],
  ['Số tài khoản', ({ account }) => account?.number ?? ''],
  ['Chủ tài khoản', ({ account }) => account?.holder ?? ''],
];

/** UTF-8 with a mark by which Excel knows it; what would be taken for a formula is text. */
export function paymentTable(lines: readonly pb.PaymentLine[]): string {
  const rows = lines.map((line, n) => columns.map(([, valueOf]) => valueOf(line, n + 1)));
  return stringify([columns.map(([header]) => header), ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
