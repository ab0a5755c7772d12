/** Names tell what a thing is; a cupboard is no name. The name of a test tells its cost. */
import type { Finding } from './finding.ts';
import type { ParsedSource } from './parsed-source.ts';
import { isHandWritten, isOfTests, testSuffix } from './source-tree.ts';

const cupboard = /^(utils?|common|commons|helpers?|managers?|misc|stuff)$/;
const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*$/;

/** Words of a path or an identifier: `folder-manager` and `FolderManager` both end in `manager`. */
function wordsOf(name: string): readonly string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
}

export function pathFindings(file: string): readonly Finding[] {
  if (!isHandWritten(file)) return [];
  const parts = file.split('/');
  const stem = (parts.at(-1) ?? '').replace(testSuffix, '').replace(/(\.config)?\.\w+$/, '');
  const finding = (what: string, remedy: string): Finding => ({ file, line: 1, what, remedy });
  const named = [...parts.slice(0, -1), stem].flatMap((part) => wordsOf(part)).find((word) => cupboard.test(word));
  return [
    ...(named === undefined ? [] : [finding(`is called "${named}"`, 'name it for what it does')]),
    ...(kebabCase.test(stem) ? [] : [finding(`"${stem}" is not kebab-case`, 'name the file for its main export, in lower case with hyphens')]),
    ...(/\.spec\.ts$/.test(file) ? [finding('is a .spec.ts', 'say what the test costs: .test.ts, .contract.ts, .sim.ts, .journey.ts, .chaos.ts')] : []),
  ];
}

export function exportFindings(source: ParsedSource): readonly Finding[] {
  return source.exports.filter((name) => wordsOf(name).some((word) => /^(utils?|helpers?|managers?)$/.test(word))).map((name) => ({ file: source.file, line: 1, what: `exports ${name}`, remedy: 'name it for what it does' }));
}

const suites = /^(describe|test|it)\(\)$/;
/** What a test that is called pure does not touch. */
const costly = /^(node:(child_process|net|http|http2|https|tls|sqlite|worker_threads|dgram)|playwright|testcontainers)/;

/** A test whose file is not named like one never runs; one that is named cheap must be. */
export function testFindings(source: ParsedSource): readonly Finding[] {
  const finding = (line: number, what: string, remedy: string): Finding => ({ file: source.file, line, what, remedy });
  if (source.file.endsWith('.test.ts')) {
    return source.imports.filter(({ specifier, typeOnly }) => !typeOnly && costly.test(specifier)).map(({ specifier, line }) => finding(line, `a pure test imports ${specifier}`, 'call the file .contract.ts, .journey.ts or .chaos.ts'));
  }
  const runs = source.uses.find(({ name }) => suites.test(name));
  const isSuiteOfKit = source.file.startsWith('libs/testkit/src/');
  if (runs === undefined || testSuffix.test(source.file) || isSuiteOfKit || !isOfTests(source.file)) return [];
  if (!source.imports.some(({ specifier }) => specifier === 'vitest')) return [];
  const topLevel = new RegExp(`^(${runs.name.slice(0, -2)})[.(]`, 'm').test(source.text);
  return topLevel ? [finding(runs.line, 'holds tests but is not named like a test', 'give it one of the endings .test.ts, .contract.ts, .sim.ts, .journey.ts, .chaos.ts')] : [];
}
