export { intakeReceiptPdf, nameOf } from './intake-receipt.ts';
export type { ReceiptContent } from './intake-receipt.ts';
