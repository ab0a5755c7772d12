export { parseAgencyCode } from './agency-code.ts';
export type { AgencyCode } from './agency-code.ts';
export { codeGrammars } from './code-grammars.ts';
export type { AgencyForm, CodeGrammar } from './code-grammars.ts';
export { isCodeRefusal } from './code-refusal.ts';
export type { CodeRefusal } from './code-refusal.ts';
export { lastSequence, parseCode, printCode } from './dossier-code.ts';
export type { DossierCode } from './dossier-code.ts';
export { parseProcedureCode } from './procedure-code.ts';
