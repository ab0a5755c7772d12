/**
 * A form as PDF: what it says is decided before (`libs/law/src/forms`), here it is drawn. The same form gives the same bytes: fonts are embedded, bar code and QR are drawn
 * as shapes, the file bears the time of issue and no other.
 */
import PDFDocument from 'pdfkit';
import type { Form, Text } from '@lienthong/law';
import { fonts } from './fonts.ts';
import { FormPage } from './form-page.ts';

/** `trackUrl`: where the QR leads, secret included; '' draws none. */
export type FormPrint = { readonly language: 'vi' | 'en'; readonly trackUrl: string };

/** Points around the page. */
export const marginPoints = 28;

export async function formPdf(form: Form, { language, trackUrl }: FormPrint): Promise<Uint8Array> {
  const say = (text: Text): string => (language === 'en' && text.en !== '' ? text.en : text.vi);
  const issued = new Date(form.issuedAt);
  const document = new PDFDocument({
    size: form.edition.paper, layout: form.edition.landscape ? 'landscape' : 'portrait', margin: marginPoints, font: fonts.regular, bufferPages: true, lang: language === 'en' ? 'en' : 'vi-VN',
    info: { Title: `${say(form.edition.title)} ${form.code}`, CreationDate: issued, ModDate: issued },
  });
  const finished = collect(document);
  const page = new FormPage(document, say, marginPoints);
  page.head(form, trackUrl);
  page.blocks(form.blocks);
  page.signatures(form.signatures);
  page.feet(form);
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
