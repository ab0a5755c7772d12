/**
 * Form 01, receipt and appointment (Giấy tiếp nhận hồ sơ và hẹn trả kết quả; TT 03/2025 annex I): with QR, and with the due date of the whole and of each office.
 * The same content gives the same bytes: fonts are embedded, the file carries the time of receipt and no other.
 */
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { dossier as pb, intake } from '@lienthong/contract';

export type ReceiptContent = { readonly receipt: intake.IntakeReceipt; readonly applicant: pb.Party | undefined; readonly contact: pb.Contact | undefined; readonly language: 'vi' | 'en' };

const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
};

/** A5 in points, and its margin. */
const margin = 28;
const width = 419.53 - 2 * margin;
const qrSize = 74;

type Words = { readonly [key in 'country' | 'motto' | 'title' | 'code' | 'applicant' | 'phone' | 'procedure' | 'documents' | 'received' | 'starts' | 'due' | 'provisional' | 'way' | 'offices' | 'charges' | 'returnAt' | 'track' | 'giver' | 'taker' | 'rehearsal' | 'legal']: string };
const words: Readonly<Record<'vi' | 'en', Words>> = {
  vi: {
    country: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc', title: 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', code: 'Mã hồ sơ', applicant: 'Người nộp', phone: 'Điện thoại', procedure: 'Nội dung yêu cầu giải quyết',
    documents: 'Thành phần hồ sơ', received: 'Thời gian nhận hồ sơ', starts: 'Tính thời hạn từ', due: 'Thời gian trả kết quả', provisional: 'tạm tính', way: 'Nhận kết quả', offices: 'Cơ quan giải quyết và thời hạn của từng cơ quan', charges: 'Phí, lệ phí',
    returnAt: 'tại', track: 'Tra cứu', giver: 'NGƯỜI NỘP HỒ SƠ', taker: 'NGƯỜI TIẾP NHẬN HỒ SƠ', rehearsal: 'HỒ SƠ DIỄN TẬP – KHÔNG CÓ GIÁ TRỊ', legal: 'Mẫu số 01, Thông tư 03/2025',
  },
  en: {
    country: 'SOCIALIST REPUBLIC OF VIET NAM', motto: 'Independence – Freedom – Happiness', title: 'RECEIPT OF DOSSIER AND APPOINTMENT', code: 'Dossier code', applicant: 'Applicant', phone: 'Telephone', procedure: 'Request',
    documents: 'Documents', received: 'Received', starts: 'Time counts from', due: 'Result due', provisional: 'provisional', way: 'Result', offices: 'Offices and the due time of each', charges: 'Fees and charges',
    returnAt: 'at', track: 'Track', giver: 'APPLICANT', taker: 'RECEIVED BY', rehearsal: 'REHEARSAL – WITHOUT EFFECT', legal: 'Form 01, Circular 03/2025',
  },
};

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
const shown = (time: Date | undefined): string => (time === undefined ? '…' : clock.format(time));
const dong = new Intl.NumberFormat('vi-VN');

/** The receipt as PDF. `trackUrl`: where the QR leads, secret included. */
export async function intakeReceiptPdf({ receipt, applicant, contact, language }: ReceiptContent, trackUrl: string): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A5', margin, font: fonts.regular, info: { Title: `${words[language].title} ${receipt.code}`, CreationDate: receipt.receivedTime ?? new Date(0), ModDate: receipt.receivedTime ?? new Date(0) } });
  const finished = collect(document);
  const page = new Page(document, words[language], language);
  page.head(receipt, await QRCode.toBuffer(trackUrl, { errorCorrectionLevel: 'M', margin: 0, width: qrSize * 4 }));
  page.body(receipt, nameOf(applicant), contact?.phone ?? '');
  page.foot(trackUrl.split('?')[0] ?? trackUrl);
  document.end();
  return finished;
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

/** Name that stands on the receipt; of a newborn without a name, the mother's. */
export function nameOf(party: pb.Party | undefined): string {
  switch (party?.party?.$case) {
    case 'citizen': case 'foreigner': return party.party.value.fullName;
    case 'organisation': return party.party.value.name;
    case 'newborn': return party.party.value.fullName || party.party.value.mother?.fullName || party.party.value.father?.fullName || '';
    case undefined: return '';
  }
}

class Page {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #words: Words;
  readonly #language: 'vi' | 'en';

  constructor(pdf: PDFKit.PDFDocument, texts: Words, language: 'vi' | 'en') {
    this.#pdf = pdf;
    this.#words = texts;
    this.#language = language;
  }

  head(receipt: intake.IntakeReceipt, qr: Buffer): void {
    const pdf = this.#pdf, t = this.#words;
    pdf.font(fonts.bold).fontSize(7.5).text(this.#text(receipt.counterName).toUpperCase(), margin, margin, { width: width * 0.42, align: 'center' });
    pdf.text(t.country, margin + width * 0.45, margin, { width: width * 0.55, align: 'center' });
    pdf.font(fonts.bold).text(t.motto, { width: width * 0.55, align: 'center' });
    pdf.image(qr, margin + width - qrSize, margin + 34, { width: qrSize });
    pdf.font(fonts.bold).fontSize(11).text(t.title, margin, margin + 50, { width: width - qrSize - 10, align: 'center' });
    pdf.fontSize(9.5).text(`${t.code}: ${receipt.code}`, { width: width - qrSize - 10, align: 'center' });
    if (receipt.rehearsal) pdf.fillColor('#a40000').fontSize(8).text(t.rehearsal, { width: width - qrSize - 10, align: 'center' }).fillColor('black');
    pdf.y = margin + 34 + qrSize + 8;
    pdf.x = margin;
  }

  body(receipt: intake.IntakeReceipt, applicant: string, phone: string): void {
    const t = this.#words;
    this.#line(t.applicant, applicant);
    if (phone !== '') this.#line(t.phone, phone);
    this.#line(t.procedure, `${this.#text(receipt.procedureName)} (${receipt.procedure})`);
    this.#list(t.documents, receipt.documents.map((one) => this.#text(one.name) || one.document));
    this.#line(t.received, shown(receipt.receivedTime));
    this.#line(t.starts, shown(receipt.startTime));
    this.#line(t.due, `${shown(receipt.dueTime)}${receipt.provisional ? ` (${t.provisional})` : ''}`, true);
    this.#list(t.offices, receipt.legs.map((leg) => `${this.#text(leg.officeName)} – ${this.#text(leg.title)}: ${shown(leg.dueTime)}`));
    if (receipt.charges.length > 0) this.#list(t.charges, receipt.charges.map((one) => `${this.#text(one.name)}: ${dong.format(one.amount)} đồng`));
  }

  foot(address: string): void {
    const pdf = this.#pdf, t = this.#words;
    pdf.moveDown(0.4).font(fonts.regular).fontSize(8).text(`${t.track}: ${address}`, margin, pdf.y, { width });
    const y = pdf.y + 12;
    pdf.font(fonts.bold).fontSize(8).text(t.giver, margin, y, { width: width / 2, align: 'center' }).text(t.taker, margin + width / 2, y, { width: width / 2, align: 'center' });
    pdf.font(fonts.regular).fontSize(6.5).text(t.legal, margin, 595.28 - margin - 10, { width, align: 'right', lineBreak: false });
  }

  #text(text: pb.LocalizedText | undefined): string {
    return text === undefined ? '' : this.#language === 'en' && text.en !== '' ? text.en : text.vi;
  }

  #line(label: string, value: string, strong = false): void {
    this.#pdf.font(fonts.regular).fontSize(8.5).text(`${label}: `, margin, this.#pdf.y, { width, continued: true }).font(strong ? fonts.bold : fonts.regular).text(value, { width });
  }

  #list(label: string, rows: readonly string[]): void {
    this.#pdf.font(fonts.regular).fontSize(8.5).text(`${label}:`, margin, this.#pdf.y, { width });
    rows.forEach((row, n) => this.#pdf.fontSize(8).text(`${n + 1}. ${row}`, margin + 10, this.#pdf.y, { width: width - 10 }));
  }
}
