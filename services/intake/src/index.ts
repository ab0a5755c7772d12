export { createIntake } from './service.ts';
export type { IntakeSettings } from './service.ts';
export type { FormPdf } from './forms.ts';
export type { SignForm } from './signed-form.ts';
export { trackUrlOf } from './track-url.ts';
