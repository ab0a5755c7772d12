export { loadReference } from './load-reference.ts';
export { readDataFiles, releasedData } from './read-data-files.ts';
export { buildReference } from './build-reference.ts';
export { canonicalDigest } from './canonical-digest.ts';
export { validate } from './validate.ts';
export type { Finding } from './validate.ts';
export { evidenceFacts, hostingServices, particularParts, registerActions, registerKeepers, standingRoles } from './vocabulary.ts';
export type { CalendarFile, OfficeRecord, OfficesFile, ReferenceData } from './data-files.ts';
