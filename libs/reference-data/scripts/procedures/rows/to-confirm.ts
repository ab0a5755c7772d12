/** Procedures of which only the identity is known: received, handled by the competent office, returned. */
import type { Locality, Text } from '@lienthong/law';
import { ownDocument, text } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import { defaultRoute } from '../routes/single-office.ts';

/** Nothing was read of the time: a receipt must still have a date. */
export const defaultTotal: readonly [string, string] = ['10wd', 'No limit was read. Ten working days stand in, so that the receipt has a date and silence does not become endless; the office replaces them.'];
export const ownResult = (code: string, vi: string, en: string): { code: string; name: Text } => ({ code, name: text(vi, en) });

const unknown = (code: string, act: string, role: string, locality: Locality, result: readonly [vi: string, en: string], eras?: 'now'): ProcedureRow => ({
  code, act, limit: defaultTotal, docs: '', ownDocuments: [ownDocument('application-form', text('Đơn, tờ khai theo mẫu của cơ quan giải quyết', 'Application on the form of the office'))], ownResults: [ownResult('result', ...result)],
  flags: ['limit-assumed', 'documents-not-read'], route: defaultRoute({ role, locality }), note: 'Only the name and the level were read.', ...(eras === undefined ? {} : { eras }),
});

export const toConfirmRows: readonly ProcedureRow[] = [
  unknown('1.001653', '28/2012/NĐ-CP', 'social-protection', 'residence', ['Giấy xác nhận khuyết tật', 'Certificate of disability']),
  unknown('2.000286', '20/2021/NĐ-CP', 'social-protection-decision', 'residence', ['Quyết định tiếp nhận', 'Decision on admission']),
  unknown('2.002481', '2851/QĐ-UBND (Hải Phòng)', 'education', 'subject', ['Giấy giới thiệu chuyển trường', 'Letter of transfer']),
  unknown('3.000182', '5252/QĐ-UBND (Hải Phòng)', 'education', 'subject', ['Kết quả tuyển sinh', 'Result of the admission']),
  unknown('1.001622', '5252/QĐ-UBND (Hải Phòng)', 'education', 'residence', ['Quyết định hỗ trợ ăn trưa', 'Decision on lunch support']),
  unknown('1.003622', '110/2018/NĐ-CP', 'peoples-committee', 'subject', ['Văn bản trả lời', 'Written answer']),
  unknown('1.013724', '636/QĐ-BNV', 'peoples-committee', 'residence', ['Thông báo kết quả cho vay', 'Notice on the loan'], 'now'),
  unknown('1.013734', '640/QĐ-BNV', 'peoples-committee', 'residence', ['Văn bản xác nhận đăng ký hợp đồng', 'Confirmation of the contract'], 'now'),
  unknown('2.001283', '87/2018/NĐ-CP', 'local-committee', 'subject', ['Giấy chứng nhận đủ điều kiện cửa hàng bán lẻ LPG chai', 'LPG retail shop certificate']),
  unknown('1.001138', '3643/QĐ-UBND (Hải Phòng)', 'department-health', 'subject', ['Giấy phép hoạt động', 'Licence']),
];
