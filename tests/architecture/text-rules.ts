/** What must not stand in any tracked file: it is true on one machine only. */
import type { Finding } from './finding.ts';

/** Parts are joined here so that this file does not find itself. */
const banned: readonly { readonly pattern: RegExp; readonly what: string; readonly remedy: string }[] = [
  { pattern: new RegExp(`(?<![\\w.~:/-])/(${['work', 'farm', 'root', 'Users/\\w+', 'home/(?!nonroot|node\\b)\\w+', 'tmp'].join('|')})/`), what: 'a path of one machine', remedy: 'use a path relative to the file, os.tmpdir() or a setting' },
  { pattern: /[A-Za-z]:\\(Users|Windows)\\/, what: 'a path of one machine', remedy: 'use a path relative to the file, os.tmpdir() or a setting' },
  { pattern: new RegExp(`https?://[\\w.-]*(${['registry\\.', 'npmjs\\.', 'pypi\\.', 'pythonhosted\\.', 'crates\\.io', 'maven\\.org', 'deb\\.debian'].join('|')})`), what: 'the host of a registry', remedy: 'leave it to the settings of the package manager' },
];

const binary = /\.(binpb|bin|png|jpg|pdf|woff2?|ttf|ico|gz|db|sqlite)$/;

export function textFindings(file: string, text: string): readonly Finding[] {
  if (binary.test(file)) return [];
  return text.split('\n').flatMap((line, index) => banned.filter(({ pattern }) => pattern.test(line)).map(({ what, remedy }) => ({ file, line: index + 1, what: `names ${what}: ${line.trim().slice(0, 120)}`, remedy })));
}
