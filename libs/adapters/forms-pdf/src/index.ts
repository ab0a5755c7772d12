export { feeReceiptPdf } from './fee-receipt.ts';
export type { FeeReceiptContent } from './fee-receipt.ts';
export { intakeReceiptPdf, nameOf } from './intake-receipt.ts';
export type { ReceiptContent } from './intake-receipt.ts';
