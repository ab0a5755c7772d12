/** Draws the parts of a form one below the other; what does not fit goes on to the next page. */
import { writtenDay } from '@lienthong/law';
import type { Form, FormBlock, FormSignature, Text } from '@lienthong/law';
import { barCode, qrCode } from './codes.ts';
import type { Symbol } from './codes.ts';
import { fonts } from './fonts.ts';

type Say = (text: Text) => string;
type Table = Extract<FormBlock, { readonly type: 'table' }>;

const country: Text = { vi: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', en: 'SOCIALIST REPUBLIC OF VIET NAM' };
const motto: Text = { vi: 'Độc lập - Tự do - Hạnh phúc', en: 'Independence – Freedom – Happiness' };
const rehearsal: Text = { vi: 'HỒ SƠ DIỄN TẬP – KHÔNG CÓ GIÁ TRỊ', en: 'REHEARSAL – WITHOUT EFFECT' };
const track: Text = { vi: 'Tra cứu', en: 'Track' };
const legal: Text = { vi: 'Mẫu số', en: 'Form' };

/** Points. */
const qrSize = 64, barWidth = 150, barHeight = 16, gap = 3, cellPadding = 2, footHeight = 14;
const sizes = { body: 8.5, table: 7, head: 7.5, title: 11, small: 6.5 } as const;

export class FormPage {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #say: Say;
  readonly #margin: number;
  readonly #width: number;

  constructor(pdf: PDFKit.PDFDocument, say: Say, margin: number) {
    this.#pdf = pdf;
    this.#say = say;
    this.#margin = margin;
    this.#width = pdf.page.width - 2 * margin;
  }

  head(form: Form, trackUrl: string): void {
    const pdf = this.#pdf, margin = this.#margin, width = this.#width;
    pdf.font(fonts.bold).fontSize(sizes.head).text(this.#say(form.office).toUpperCase(), margin, margin, { width: width * 0.42, align: 'center' });
    const left = pdf.y;
    pdf.text(this.#say(country), margin + width * 0.45, margin, { width: width * 0.55, align: 'center' }).text(this.#say(motto), { width: width * 0.55, align: 'center' });
    pdf.font(fonts.regular).fontSize(sizes.head).text(this.#say(writtenDay(form.issuedAt)), { width: width * 0.55, align: 'center' });
    const top = Math.max(left, pdf.y) + 8, room = trackUrl === '' ? width : width - qrSize - 10;
    if (trackUrl !== '') this.#symbol(qrCode(trackUrl), margin + width - qrSize, top, qrSize, qrSize);
    pdf.font(fonts.bold).fontSize(sizes.title).text(this.#say(form.edition.title).toUpperCase(), margin, top, { width: room, align: 'center' });
    pdf.fontSize(9.5).text(`${this.#say(form.codeLabel)}: ${form.code}`, { width: room, align: 'center' });
    this.#symbol(barCode(form.code), margin + (room - barWidth) / 2, pdf.y + 3, barWidth, barHeight);
    pdf.y += barHeight + 6;
    if (form.rehearsal) pdf.fillColor('#a40000').fontSize(8).text(this.#say(rehearsal), margin, pdf.y, { width: room, align: 'center' }).fillColor('black');
    pdf.y = Math.max(pdf.y, trackUrl === '' ? 0 : top + qrSize) + 6;
    if (trackUrl !== '') pdf.font(fonts.regular).fontSize(sizes.small).text(`${this.#say(track)}: ${trackUrl.split('?')[0]!}`, margin, pdf.y, { width });
    pdf.y += gap;
  }

  blocks(blocks: readonly FormBlock[]): void {
    for (const block of blocks) {
      switch (block.type) {
        case 'line': this.#line(this.#say(block.label), this.#say(block.value), block.strong === true); break;
        case 'list': this.#list(this.#say(block.label), block.rows.map(this.#say)); break;
        case 'words': this.#words(this.#say(block.text)); break;
        case 'table': this.#table(block); break;
      }
    }
  }

  signatures(signatures: readonly FormSignature[]): void {
    if (signatures.length === 0) return;
    const pdf = this.#pdf, share = this.#width / signatures.length;
    this.#room(70);
    const y = pdf.y + 10;
    signatures.forEach((one, n) => {
      const x = this.#margin + n * share;
      pdf.font(fonts.bold).fontSize(8).text(this.#say(one.title), x, y, { width: share, align: 'center' });
      pdf.font(fonts.regular).text(one.name, x, y + 44, { width: share, align: 'center' });
    });
  }

  /** What the form is and which page, on each of them; the bottom margin is lifted, or a foot would open a page of its own. */
  feet(form: Form): void {
    const pdf = this.#pdf, { start, count } = pdf.bufferedPageRange();
    for (let n = 0; n < count; n++) {
      pdf.switchToPage(start + n);
      pdf.page.margins.bottom = 0;
      pdf.font(fonts.regular).fontSize(sizes.small).text(`${this.#say(legal)} ${form.edition.number}, ${form.edition.source.act} – ${n + 1}/${count}`, this.#margin, pdf.page.height - this.#margin + 2, { width: this.#width, align: 'right', lineBreak: false });
    }
  }

  #symbol({ width, height, dark }: Symbol, x: number, y: number, across: number, down: number): void {
    const [w, h] = [across / width, down / height];
    for (const one of dark) this.#pdf.rect(x + one.x * w, y + one.y * h, one.width * w, one.height * h);
    this.#pdf.fill('black');
  }

  /** Opens a page where less than `points` is left. */
  #room(points: number): void {
    if (this.#pdf.y + points > this.#pdf.page.height - this.#margin - footHeight) this.#pdf.addPage();
  }

  #line(label: string, value: string, strong: boolean): void {
    const pdf = this.#pdf.fontSize(sizes.body);
    this.#room(pdf.font(fonts.bold).heightOfString(`${label}: ${value}`, { width: this.#width }));
    pdf.font(fonts.regular).text(`${label}: `, this.#margin, pdf.y, { width: this.#width, continued: true }).font(strong ? fonts.bold : fonts.regular).text(value, { width: this.#width });
  }

  #words(text: string): void {
    const pdf = this.#pdf.font(fonts.regular).fontSize(sizes.body);
    this.#room(pdf.heightOfString(text, { width: this.#width }));
    pdf.text(text, this.#margin, pdf.y, { width: this.#width });
  }

  #list(label: string, rows: readonly string[]): void {
    this.#words(`${label}:`);
    rows.forEach((row, n) => this.#words(`   ${n + 1}. ${row}`));
  }

  #table({ label, columns, rows }: Table): void {
    if (label !== null) this.#words(`${this.#say(label)}:`);
    this.#pdf.y += cellPadding;
    const shares = columns.map((one) => one.share * this.#width);
    const header = columns.map((one) => this.#say(one.title));
    this.#row(header, shares, fonts.bold, null);
    for (const row of rows) this.#row(row.map(this.#say), shares, fonts.regular, header);
    this.#pdf.y += gap;
    this.#pdf.x = this.#margin;
  }

  /** A row stays on one page; on a new page the header comes again. */
  #row(cells: readonly string[], widths: readonly number[], font: string, header: readonly string[] | null): void {
    const pdf = this.#pdf;
    const height = this.#heightOf(cells, widths, font);
    if (pdf.y + height > pdf.page.height - this.#margin - footHeight) {
      pdf.addPage();
      if (header !== null) this.#row(header, widths, fonts.bold, null);
    }
    const y = pdf.y;
    let x = this.#margin;
    pdf.font(font).fontSize(sizes.table).lineWidth(0.4);
    cells.forEach((cell, n) => {
      pdf.rect(x, y, widths[n]!, height).stroke();
      pdf.text(cell, x + cellPadding, y + cellPadding, { width: widths[n]! - 2 * cellPadding });
      x += widths[n]!;
    });
    pdf.y = y + height;
  }

  #heightOf(cells: readonly string[], widths: readonly number[], font: string): number {
    const pdf = this.#pdf.font(font).fontSize(sizes.table);
    return Math.max(...cells.map((cell, n) => pdf.heightOfString(cell, { width: widths[n]! - 2 * cellPadding }))) + 2 * cellPadding;
  }
}
