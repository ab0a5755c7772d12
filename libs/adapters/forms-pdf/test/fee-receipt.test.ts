import { payments } from '@lienthong/contract';
import { describe, expect, test } from 'vitest';
import { feeReceiptPdf } from '../src/index.ts';

const receipt = (more: Partial<payments.FeeReceipt> = {}): payments.FeeReceipt => payments.FeeReceipt.fromPartial({
  number: 'AA-26/0000012', series: 'AA-26', officeName: { vi: 'Trung tâm Phục vụ hành chính công phường Hội An', en: '' }, code: 'H17.125.02-261123-0001', name: { vi: 'Lệ phí đăng ký hộ kinh doanh', en: '' }, amount: 100_000,
  amountInWords: { vi: 'Một trăm nghìn đồng', en: 'One hundred thousand Vietnamese dong' }, method: payments.PaymentMethod.CASH, paidTime: new Date('2026-11-23T02:00:00Z'), payerName: 'Huỳnh Thị Bảy', ...more,
});
const print = (more: Partial<payments.FeeReceipt> = {}): Promise<Uint8Array> => feeReceiptPdf({ receipt: receipt(more), language: 'vi' });

describe('the fee receipt', () => {
  test('is a PDF on A5 with its Vietnamese font inside', async () => {
    const bytes = Buffer.from(await print()).toString('latin1');
    expect(bytes.startsWith('%PDF-')).toBe(true);
    expect(bytes).toContain('/MediaBox [0 0 419.53 595.28]');
    expect(bytes).toMatch(/FontFile2/);
  });
  test('is the same bytes for the same content', async () => expect(Buffer.compare(await print(), await print())).toBe(0));
  test.each<[string, Partial<payments.FeeReceipt>]>([['another number', { number: 'AA-26/0000013' }], ['another amount', { amount: 100_001 }], ['another payer', { payerName: 'Huỳnh Thị Tám' }], ['a rehearsal', { rehearsal: true }]])('differs with %s', async (_what, more) => {
    expect(Buffer.compare(await print(), await print(more))).not.toBe(0);
  });
});
