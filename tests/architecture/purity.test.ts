import { describe, expect, it, test } from 'vitest';
import { told } from './finding.ts';
import type { Finding } from './finding.ts';
import { parse } from './parsed-source.ts';
import type { ParsedSource } from './parsed-source.ts';
import { domainWordFindings, environmentFindings, isPure, purityFindings, serviceNameFindings, throwFindings, waitFindings, worldFindings } from './purity-rules.ts';
import { handWritten } from './the-tree.ts';

const rules = {
  'folder, law and the rules of services are pure': purityFindings,
  'kernel and services take time and chance from their world': worldFindings,
  'the law names no service': serviceNameFindings,
  'the folder speaks no domain word': domainWordFindings,
  'the environment is read in libs/runtime only': environmentFindings,
  'every wait has a name': waitFindings,
} satisfies Record<string, (source: ParsedSource) => readonly Finding[]>;

describe('in the whole tree', () => {
  test.each(Object.entries(rules))('%s', (_, rule) => expect(told(handWritten.flatMap((source) => rule(source)))).toEqual([]));

  it('there is pure code to look at', () => expect(handWritten.filter(({ file }) => isPure(file)).length).toBeGreaterThan(20));
});

describe('the rule', () => {
  const pureRules = 'services/land/src/rules.ts';
  test.each([
    [purityFindings, 'libs/law/src/a.ts', "import { readFileSync } from 'node:fs';", 'pure code imports node:fs → reading files belongs to libs/reference-data'],
    [purityFindings, 'libs/folder/src/a.ts', "import { createHash } from 'node:crypto';", 'hashing and signing belong to the World port'],
    [purityFindings, pureRules, "import { Intake } from '@lienthong/contract';", 'pure code imports @lienthong/contract'],
    [purityFindings, 'libs/law/src/a.ts', "export { z } from 'zod';", 'pure code imports zod'],
    [purityFindings, 'libs/law/src/a.ts', 'const t = Date.now();', 'uses Date.now'],
    [purityFindings, 'libs/law/src/a.ts', 'const t = new Date();', 'uses new Date'],
    [purityFindings, 'libs/law/src/a.ts', 'const t = Math.random();', 'uses Math.random'],
    [purityFindings, 'libs/law/src/a.ts', "const t = Math['random']();", 'uses Math.random'],
    [purityFindings, 'libs/law/src/a.ts', 'const t = Temporal.Now.instant();', 'uses Temporal.Now'],
    [purityFindings, 'libs/law/src/a.ts', 'const t = process.env;', 'uses process.env'],
    [purityFindings, 'libs/law/src/a.ts', 'export const f = async () => 1;', 'uses async'],
    [purityFindings, 'libs/folder/src/a.ts', 'export async function f() { for await (const x of y()) {} }', 'uses await'],
    [purityFindings, pureRules, 'setTimeout(() => {}, 1);', 'uses setTimeout()'],
    [worldFindings, 'libs/kernel/src/a.ts', 'const t = Date.now();', 'take it from the World port'],
    [worldFindings, 'services/land/src/service.ts', 'setInterval(tick, periodMs);', 'uses setInterval()'],
    [serviceNameFindings, 'libs/law/src/a.ts', "if (leg.service === 'land') {}", 'names the service land'],
    [domainWordFindings, 'libs/folder/src/a.ts', '/** The office that holds it. */', 'speaks of "office"'],
    [environmentFindings, 'services/land/src/a.ts', "const port = process.env['PORT'];", 'give the variable a row'],
    [throwFindings, 'libs/kernel/src/a.ts', "throw new Error('no');", 'throws a bare Error'],
    [waitFindings, 'libs/runtime/src/a.ts', 'setTimeout(f, 5_000);', 'waits for a bare number'],
  ] as const)('%o finds in %s: %s', (rule, file, text, what) => expect(told(rule(parse(file, text))).join('\n')).toContain(what));

  test.each([
    [purityFindings, 'libs/law/src/a.ts', "import type { Hash } from '@lienthong/folder'; const d = new Date(0); const s = 'Date.now()'; // process.env"],
    [purityFindings, pureRules, "import type { Rules } from '@lienthong/dossier-service';"],
    [serviceNameFindings, 'libs/law/src/a.ts', '// the land service hosts it\nconst landUse = 1;'],
    [environmentFindings, 'libs/runtime/src/config.ts', 'const e = process.env;'],
    [throwFindings, 'libs/kernel/src/a.ts', "throw new RangeError('no');"],
    [waitFindings, 'libs/runtime/src/a.ts', 'setTimeout(f, graceMs); setTimeout(f, 0);'],
  ] as const)('%o lets pass in %s: %s', (rule, file, text) => expect(told(rule(parse(file, text)))).toEqual([]));
});
