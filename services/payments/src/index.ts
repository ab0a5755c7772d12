export { createPayments } from './service.ts';
export type { PaymentsSettings } from './service.ts';
export type { ReceiptCheck } from './gateway-channel.ts';
export type { FeeReceiptPdf } from './charge-reading.ts';
export type { MoneyBack, MoneyBackOrder } from './refund-effect.ts';
export { amountInWords } from './amount-in-words.ts';
