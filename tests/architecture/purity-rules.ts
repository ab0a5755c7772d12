/** What is pure stays pure: the same values in give the same values out, under any clock, on any machine. */
import type { Finding } from './finding.ts';
import type { ParsedSource } from './parsed-source.ts';
import { services } from './dependency-table.ts';
import { isOfTests } from './source-tree.ts';

/** Sources that decide and fold. */
export function isPure(file: string): boolean {
  return /^libs\/(folder|law)\/src\//.test(file) || /^services\/[\w-]+\/src\/rules(\.|\/|-)/.test(file);
}

/** Sources that may wait but take time, chance and timers from the world they are given, so that a simulator can be that world. */
export function isSimulated(file: string): boolean {
  return /^(libs\/(kernel|dossier-service)|services\/[\w-]+)\/src\//.test(file) && !/\/src\/main\.ts$/.test(file) && !file.startsWith('services/portal/');
}

/** Sources whose refusals reach callers. */
export function speaksToCallers(file: string): boolean {
  return /^(libs\/(kernel|dossier-service|adapters\/[\w-]+)|services\/[\w-]+)\/src\//.test(file);
}

const pureImports = /^(\.|@lienthong\/(folder|law)$)/;
const impureUse = /^(process\.|Date\.now$|new Date$|Math\.random$|Temporal\.Now$|performance\.|crypto\.|console\.|globalThis\.|fetch\(\)$|set(Timeout|Interval|Immediate)\(\)$|queueMicrotask\(\)$|await$|async$)/;
const ownClock = /^(Date\.now$|new Date$|Math\.random$|Temporal\.Now$|performance\.now$|crypto\.|set(Timeout|Interval)\(\)$)/;

export function purityFindings(source: ParsedSource): readonly Finding[] {
  if (!isPure(source.file)) return [];
  const imports = source.imports.filter(({ specifier, typeOnly }) => !pureImports.test(specifier) && !(typeOnly && specifier.startsWith('@lienthong/')));
  return [
    ...imports.map(({ specifier, line }) => ({ file: source.file, line, what: `pure code imports ${specifier}`, remedy: `${belongs(specifier)}; hand its result in as a value` })),
    ...source.uses.filter(({ name }) => impureUse.test(name)).map(({ name, line }) => ({ file: source.file, line, what: `pure code uses ${name}`, remedy: 'take it as an argument: time as `now`, chance and settings as values; what waits belongs to libs/kernel' })),
  ];
}

function belongs(specifier: string): string {
  if (specifier === 'node:crypto') return 'hashing and signing belong to the World port of libs/kernel';
  if (specifier.startsWith('node:fs')) return 'reading files belongs to libs/reference-data or an adapter';
  if (specifier.startsWith('@lienthong/contract')) return 'messages belong to libs/kernel and the services';
  return 'it belongs to libs/kernel, an adapter or libs/runtime';
}

export function worldFindings(source: ParsedSource): readonly Finding[] {
  if (!isSimulated(source.file)) return [];
  return source.uses.filter(({ name }) => ownClock.test(name)).map(({ name, line }) => ({
    file: source.file, line, what: `uses ${name}`, remedy: 'take it from the World port (now, randomBytes, later), or no simulator can replay it',
  }));
}

/** The law knows services only as values in data. */
export function serviceNameFindings(source: ParsedSource): readonly Finding[] {
  if (!source.file.startsWith('libs/law/src/')) return [];
  return source.literals.filter(({ text }) => services.includes(text)).map(({ text, line }) => ({
    file: source.file, line, what: `names the service ${text}`, remedy: 'take the service from the office or the leg: reference data says who hosts what',
  }));
}

const domainWord = /\b(dossiers?|offices?|officers?|citizens?|procedures?|itinerar(y|ies)|legs?|counters?|parcels?|fees?|charges?|consignments?|communes?|provinces?|applicants?|agenc(y|ies)|receipts?|hồ sơ)\b/i;

/** Logs and items are proved without knowing what they are about. */
export function domainWordFindings(source: ParsedSource): readonly Finding[] {
  if (!source.file.startsWith('libs/folder/src/')) return [];
  return source.text.split('\n').flatMap((text, index) => {
    const word = domainWord.exec(text)?.[0];
    return word === undefined || /No domain word/i.test(text) || isVocabulary(text) ? [] : [{ file: source.file, line: index + 1, what: `speaks of "${word}"`, remedy: 'say folder, entry, author, item, holder, term; what they mean belongs to libs/law' }];
  });
}

/** A line that tells a reader which words do not belong here. */
function isVocabulary(text: string): boolean {
  return /domain word/i.test(text);
}

export function environmentFindings(source: ParsedSource): readonly Finding[] {
  const reads = /^libs\/runtime\/src\/|^deploy\/run(\.mjs$|\/)|^proto\/generate\.mjs$/;
  if (reads.test(source.file) || isOfTests(source.file)) return [];
  return source.uses.filter(({ name }) => name === 'process.env').map(({ name, line }) => ({
    file: source.file, line, what: `reads ${name}`, remedy: 'give the variable a row in libs/runtime/src/config.ts and take it from the configuration',
  }));
}

/** Bare `Error` has no code, so a caller could do nothing with it. */
export function throwFindings(source: ParsedSource): readonly Finding[] {
  if (!speaksToCallers(source.file)) return [];
  return source.uses.filter(({ name }) => name === 'throw new Error').map(({ line }) => ({
    file: source.file, line, what: 'throws a bare Error', remedy: 'what callers may meet: a HubError or StoreError of the catalogue; a broken invariant: RangeError or TypeError',
  }));
}

export function waitFindings(source: ParsedSource): readonly Finding[] {
  if (isOfTests(source.file)) return [];
  return source.uses.filter(({ name }) => name === 'unnamed wait').map(({ line }) => ({ file: source.file, line, what: 'waits for a bare number', remedy: 'name it, with its unit: `const retryAfterMs = …`' }));
}
