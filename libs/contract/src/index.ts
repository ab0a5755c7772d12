/**
 * The contracts of the hub: one namespace per area, e.g. `intake.SubmitDossierRequest`, `agency.AgencyDeskService`.
 * `@lienthong/contract/<area>` gives one area alone and loads no other.
 */
export * as agency from './gen/index.lienthong.agency.v1.ts';
export * as business from './gen/index.lienthong.business.v1.ts';
export * as documents from './gen/index.lienthong.documents.v1.ts';
export * as dossier from './gen/index.lienthong.dossier.v1.ts';
export * as evidence from './gen/index.lienthong.evidence.v1.ts';
export * as folder from './gen/index.lienthong.folder.v1.ts';
export * as intake from './gen/index.lienthong.intake.v1.ts';
export * as land from './gen/index.lienthong.land.v1.ts';
export * as operator from './gen/index.lienthong.operator.v1.ts';
export * as oversight from './gen/index.lienthong.oversight.v1.ts';
export * as payments from './gen/index.lienthong.payments.v1.ts';
export * as postal from './gen/index.lienthong.postal.v1.ts';
export * as reference from './gen/index.lienthong.reference.v1.ts';
export * as social from './gen/index.lienthong.social.v1.ts';
export * as rpc from './gen/index.google.rpc.ts';
export { descriptorSetFile } from './descriptors.ts';
export { encodeEntry } from './entry-codec.ts';
export { decodeErrorDetails, encodeErrorDetails, errorDetailsOf, maxStatusDetailsBytes, statusDetailsKey } from './error-details.ts';
export type { ErrorDetails, FieldViolation } from './error-details.ts';
