export { feeReceiptPdf } from './fee-receipt.ts';
export type { FeeReceiptContent } from './fee-receipt.ts';
export { formPdf } from './form-pdf.ts';
export type { FormPrint } from './form-pdf.ts';
