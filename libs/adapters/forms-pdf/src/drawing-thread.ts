/** Draws what it is sent, one after the other. */
import { parentPort } from 'node:worker_threads';
import { feeReceiptPdf } from './fee-receipt.ts';
import type { FeeReceiptContent } from './fee-receipt.ts';
import { formPdf } from './form-pdf.ts';
import type { FormPrint } from './form-pdf.ts';
import type { Form } from '@lienthong/law';

export type Drawing = { readonly form: Form; readonly print: FormPrint } | { readonly feeReceipt: FeeReceiptContent };
export type Drawn = { readonly bytes: Uint8Array } | { readonly failed: unknown };

parentPort!.on('message', (drawing: Drawing) => {
  const drawn = 'form' in drawing ? formPdf(drawing.form, drawing.print) : feeReceiptPdf(drawing.feeReceipt);
  drawn.then((bytes): Drawn => ({ bytes }), (failed: unknown): Drawn => ({ failed })).then((answer) => parentPort!.postMessage(answer));
});
