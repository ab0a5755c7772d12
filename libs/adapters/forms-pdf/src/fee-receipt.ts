/**
 * The fee receipt (Biên lai thu tiền phí, lệ phí): collecting unit, series and number, payer, what for, amount in figures and in words. The same content gives the
 * same bytes: the file carries the time of payment and no other.
 */
import PDFDocument from 'pdfkit';
import type { dossier as pb, payments } from '@lienthong/contract';
import { fonts } from './fonts.ts';

/** A5 in points, and its margin. */
const margin = 28, width = 419.53 - 2 * margin, height = 595.28;

type Language = 'vi' | 'en';

type Words = { readonly [key in 'title' | 'unit' | 'series' | 'number' | 'payer' | 'dossier' | 'name' | 'amount' | 'inWords' | 'method' | 'paid' | 'currency' | 'collector' | 'rehearsal' | 'note']: string };
const words: Readonly<Record<Language, Words>> = {
  vi: {
    title: 'BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ', unit: 'Đơn vị thu', series: 'Ký hiệu', number: 'Số', payer: 'Người nộp tiền', dossier: 'Mã hồ sơ', name: 'Nội dung thu', amount: 'Số tiền', inWords: 'Bằng chữ', method: 'Hình thức thanh toán', paid: 'Thời gian nộp', currency: 'đồng',
    collector: 'NGƯỜI THU TIỀN', rehearsal: 'BIÊN LAI DIỄN TẬP – KHÔNG CÓ GIÁ TRỊ', note: 'Biên lai điện tử lập từ sổ của hệ thống; số không ngắt quãng trong một ký hiệu.',
  },
  en: {
    title: 'RECEIPT OF FEES AND CHARGES', unit: 'Collected by', series: 'Series', number: 'No.', payer: 'Payer', dossier: 'Dossier code', name: 'For', amount: 'Amount', inWords: 'In words', method: 'Paid', paid: 'Time of payment', currency: 'Vietnamese dong',
    collector: 'COLLECTOR', rehearsal: 'RECEIPT OF A REHEARSAL – WITHOUT EFFECT', note: 'Electronic receipt made from the books of the system; numbers of a series follow without a gap.',
  },
};
/** By number of `PaymentMethod`. */
const methods: Readonly<Record<Language, readonly string[]>> = {
  vi: ['', 'tiền mặt', 'chuyển khoản', 'nền tảng thanh toán trực tuyến', 'bưu điện thu hộ'],
  en: ['', 'cash', 'bank transfer', 'online payment platform', 'collected by the post'],
};

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
const dong = new Intl.NumberFormat('vi-VN');
const textIn = (text: pb.LocalizedText | undefined, language: Language): string => (text === undefined ? '' : language === 'en' && text.en !== '' ? text.en : text.vi);

export type FeeReceiptContent = { readonly receipt: payments.FeeReceipt; readonly language: Language };

export async function feeReceiptPdf({ receipt, language }: FeeReceiptContent): Promise<Uint8Array> {
  const t = words[language], made = receipt.paidTime ?? new Date(0);
  const pdf = new PDFDocument({ size: 'A5', margin, font: fonts.regular, info: { Title: `${t.title} ${receipt.number}`, CreationDate: made, ModDate: made } });
  const chunks: Buffer[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
  pdf.font(fonts.bold).fontSize(8).text(`${t.unit}: ${textIn(receipt.officeName, language)}`, margin, margin, { width: width * 0.6 });
  pdf.font(fonts.regular).fontSize(8).text(`${t.series}: ${receipt.series}\n${t.number}: ${receipt.number.slice(receipt.number.indexOf('/') + 1)}`, margin + width * 0.62, margin, { width: width * 0.38, align: 'right' });
  pdf.font(fonts.bold).fontSize(12).text(t.title, margin, margin + 48, { width, align: 'center' });
  if (receipt.rehearsal) pdf.fillColor('#a40000').fontSize(8).text(t.rehearsal, { width, align: 'center' }).fillColor('black');
  pdf.moveDown(0.8);
  const line = (label: string, value: string, strong = false): void => { pdf.font(fonts.regular).fontSize(9).text(`${label}: `, margin, pdf.y, { width, continued: true }).font(strong ? fonts.bold : fonts.regular).text(value, { width }).moveDown(0.25); };
  line(t.payer, receipt.payerName === '' ? '…' : receipt.payerName);
  line(t.dossier, receipt.code);
  line(t.name, textIn(receipt.name, language));
  line(t.amount, `${dong.format(receipt.amount)} ${t.currency}`, true);
  line(t.inWords, textIn(receipt.amountInWords, language));
  line(t.method, methods[language][receipt.method] ?? '');
  line(t.paid, receipt.paidTime === undefined ? '…' : clock.format(receipt.paidTime));
  pdf.font(fonts.bold).fontSize(8).text(t.collector, margin + width / 2, pdf.y + 16, { width: width / 2, align: 'center' });
  pdf.font(fonts.regular).fontSize(6.5).text(t.note, margin, height - margin - 10, { width, align: 'right', lineBreak: false });
  pdf.end();
  return finished;
}
