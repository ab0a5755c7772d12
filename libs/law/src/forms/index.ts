export * from './form.ts';
export { counterRefusalForm, refusalCode } from './counter-refusal.ts';
export type { CounterRefusal } from './counter-refusal.ts';
export { formOf } from './form-of.ts';
export { confirmedHandovers, printedRef } from './control-slip.ts';
export type { Confirmation, ConfirmedHandover } from './control-slip.ts';
export { bookColumns, bookLine, bookPage, bookYear, voidLine } from './tracking-book.ts';
export type { BookHead, BookLine } from './tracking-book.ts';
export { printedDong, printedNumber, printedSpan, printedTime, writtenDay } from './form-words.ts';
