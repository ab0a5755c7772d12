/** A form with every kind of block, more rows than a page holds, and every Vietnamese letter. */
import type { Form, FormEdition, Text } from '@lienthong/law';

const same = (value: string): Text => ({ vi: value, en: value });
export const letters = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ';

export const sampleEdition: FormEdition = { form: 'receipt', number: '01', title: { vi: 'Giấy tiếp nhận hồ sơ', en: 'Receipt' }, paper: 'A5', landscape: false, validFrom: '2025-09-15', validTo: null, source: { act: '03/2025/TT-VPCP', status: 'to-confirm' } };

export function sampleForm(more: Partial<Form> = {}): Form {
  return {
    edition: sampleEdition, code: 'H17.125.02-261123-0001', codeLabel: { vi: 'Mã hồ sơ', en: 'Dossier code' }, issuedAt: Date.parse('2026-11-23T09:00:00+07:00'), office: { vi: 'Trung tâm Phục vụ hành chính công phường Hội An', en: 'Centre' }, rehearsal: false, track: { code: 'x', secret: 's' },
    blocks: [
      { type: 'line', label: { vi: 'Chủ hồ sơ', en: 'Applicant' }, value: same('Nguyễn Thị Hồng Nhung'), strong: true }, { type: 'words', text: same(`${letters} ${letters.toUpperCase()}`) }, { type: 'list', label: same('Giấy tờ'), rows: [same('Tờ khai'), same('Hợp đồng')] },
      { type: 'table', label: same('Bảng'), columns: [{ title: same('STT'), share: 0.1 }, { title: { vi: 'Cơ quan', en: 'Office' }, share: 0.9 }], rows: Array.from({ length: 90 }, (_one, n) => [same(String(n + 1)), same(`Cơ quan thứ ${n + 1}`)]) },
    ],
    signatures: [{ title: same('NGƯỜI NỘP'), name: 'Nhung' }, { title: same('NGƯỜI NHẬN'), name: 'cb-04' }], ...more,
  };
}
