export { feeReceiptPdf, formPdf } from './drawing-desk.ts';
export type { FeeReceiptContent } from './fee-receipt.ts';
export type { FormPrint } from './form-pdf.ts';
