import { dossier as pb, intake } from '@lienthong/contract';
import { describe, expect, test } from 'vitest';
import { intakeReceiptPdf, nameOf } from '../src/index.ts';

const text = (vi: string): pb.LocalizedText => ({ vi, en: '' });
const citizen: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hồng Nhung' }) } };

function receipt(code: string): intake.IntakeReceipt {
  return intake.IntakeReceipt.fromPartial({
    code, procedure: '1.013831', procedureName: text('Đăng ký biến động quyền sử dụng đất'), counterName: text('Trung tâm Phục vụ hành chính công phường Hội An'), receivedTime: new Date('2026-11-23T02:00:00Z'),
    startTime: new Date('2026-11-23T02:00:00Z'), dueTime: new Date('2026-12-18T10:00:00Z'), legs: [{ name: 'land-check', title: text('Thẩm định hồ sơ'), officeName: text('Chi nhánh Văn phòng đăng ký đất đai'), dueTime: new Date('2026-11-25T10:00:00Z') }],
  });
}
const print = (code: string, url = 'http://127.0.0.1:8080/track/x?s=1'): Promise<Uint8Array> => intakeReceiptPdf({ receipt: receipt(code), applicant: citizen, contact: undefined, language: 'vi' }, url);

describe('the intake receipt', () => {
  test('is a PDF on A5 with its Vietnamese font inside', async () => {
    const bytes = Buffer.from(await print('H17.125.02-261123-0001')).toString('latin1');
    expect(bytes.startsWith('%PDF-')).toBe(true);
    expect(bytes).toContain('/MediaBox [0 0 419.53 595.28]');
    expect(bytes).toMatch(/FontFile2/);
  });
  test('is the same bytes for the same content, whenever it is made', async () => {
    const once = await print('H17.125.02-261123-0001');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(Buffer.compare(once, await print('H17.125.02-261123-0001'))).toBe(0);
  });
  test.each([['another code', 'H17.125.02-261123-0002', 'http://127.0.0.1:8080/track/x?s=1'], ['another secret', 'H17.125.02-261123-0001', 'http://127.0.0.1:8080/track/x?s=2']])('differs with %s', async (_what, code, url) => {
    expect(Buffer.compare(await print('H17.125.02-261123-0001'), await print(code, url))).not.toBe(0);
  });
  test('names the mother of a child that has no name yet', () => {
    const mother = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông' });
    expect(nameOf({ party: { $case: 'newborn', value: pb.Newborn.fromPartial({ mother }) } })).toBe('Trần Thị Bông');
  });
});
