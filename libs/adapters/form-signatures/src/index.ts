export { formSigner } from './form-signer.ts';
export type { FormSigner, Signing } from './form-signer.ts';
