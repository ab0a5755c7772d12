export { createIntake } from './service.ts';
export type { IntakeSettings } from './service.ts';
export type { ReceiptContent, ReceiptPdf } from './receipt.ts';
