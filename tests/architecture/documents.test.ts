import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { told } from './finding.ts';
import type { Finding } from './finding.ts';
import { repositoryFiles, root, textOf } from './source-tree.ts';

const documents = repositoryFiles().filter((file) => file.endsWith('.md'));

/** Anchor of a heading, as code hosts make it. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
}

function anchorsOf(file: string): readonly string[] {
  return [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

const exists = (path: string): boolean => existsSync(join(root, path));

/** Links that lead nowhere. */
function deadLinks(file: string, text: string): readonly Finding[] {
  return [...text.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].flatMap(([, link = '']) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : posix.join(posix.dirname(file), path);
    const dead = !exists(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    return dead ? [{ file, line: 1, what: `links to ${link}`, remedy: 'there is no such place' }] : [];
  });
}

/** Paths of this repository that are named and not there. Names with holes or stars stand for many. */
function lostPaths(file: string, text: string): readonly Finding[] {
  return [...text.matchAll(/`((?:libs|services|proto|deploy|tests|docs)\/[\w./-]+)`/g)].flatMap(([, path = '']) =>
    exists(path) ? [] : [{ file, line: 1, what: `names ${path}`, remedy: 'there is no such file: correct the page' }]);
}

/** Scripts of package.json that are named and not there. */
function lostScripts(file: string, text: string): readonly Finding[] {
  const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts);
  return [...text.matchAll(/npm run (?:--silent )?(\w+)/g)].flatMap(([, script = '']) => (scripts.includes(script) ? [] : [{ file, line: 1, what: `names npm run ${script}`, remedy: `there are: ${scripts.join(', ')}` }]));
}

describe('the documents', () => {
  it('link to places that exist', () => expect(told(documents.flatMap((file) => deadLinks(file, textOf(file))))).toEqual([]));
  it('name files that exist', () => expect(told(documents.flatMap((file) => lostPaths(file, textOf(file))))).toEqual([]));
  it('name scripts that exist', () => expect(told(documents.flatMap((file) => lostScripts(file, textOf(file))))).toEqual([]));

  test.each([
    [deadLinks, '[x](nowhere.md)', 1], [deadLinks, '[x](README.md#no-such-heading)', 1], [deadLinks, '[x](README.md#two-commands)', 0], [deadLinks, '[x](https://example.org)', 0],
    [lostPaths, 'see `libs/law/src/nothing.ts`', 1], [lostPaths, 'see `libs/law/src/types.ts` and `libs/adapters/*`', 0], [lostScripts, '`npm run fly`', 1],
  ] as const)('are looked through by %o: %s', (rule, text, found) => expect(rule('CONTRIBUTING.md', text)).toHaveLength(found));
});
