export { formPdf } from './form-pdf.ts';
export type { FormPrint } from './form-pdf.ts';
