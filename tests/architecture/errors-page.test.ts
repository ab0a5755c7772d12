import { errorCatalogue } from '@lienthong/kernel';
import { describe, expect, it, test } from 'vitest';
import { errorsPage, errorsPageFile } from './errors-page.ts';
import { unraised, untested } from './raised-errors.ts';
import { isHandWritten, isOfTests, repositoryFiles, testSuffix, textOf } from './source-tree.ts';

/** Codes are part of the contract: callers compare them. */
const codeShape = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const holesOf = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('the catalogue of errors', () => {
  it('is printed in docs/errors.md as it is', () => expect(textOf(errorsPageFile), 'run: npm run generate').toBe(errorsPage()));

  it('has no code that nothing raises', () => {
    const product = repositoryFiles().filter((file) => isHandWritten(file) && !isOfTests(file)).map((file) => ({ file, text: textOf(file) }));
    expect(unraised(Object.keys(errorCatalogue), product), 'raise it, or take it out of the catalogue').toEqual([]);
  });

  it('has no code that no test names', () => {
    const tests = repositoryFiles().filter((file) => (testSuffix.test(file) || file.startsWith('libs/testkit/src/contracts/')) && !file.startsWith('tests/architecture/')).map((file) => ({ file, text: textOf(file) }));
    expect(untested(Object.keys(errorCatalogue), tests), 'provoke it in a test that looks at field, remedy and folder, or take it out of the catalogue').toEqual([]);
  });

  it.each([
    ['named', "toMatchObject({ code: 'CLOSED' })", []], ['within a text', '/^CLOSED: /', []], ['part of another', "code: 'TILL_CLOSED'", ['CLOSED']], ['nowhere', '', ['CLOSED']],
  ])('looks for a test in which a code is %s', (_where, text, found) => expect(untested(['CLOSED'], [{ file: 'a.test.ts', text }])).toEqual(found));

  it.each([
    ['raised', "throw refused(refuse('CLOSED', { code }))", []], ['only in its row', 'CLOSED: row(…)', ['CLOSED']], ['part of another', "refuse('TILL_CLOSED')", ['CLOSED']], ['nowhere', '', ['CLOSED']],
  ])('looks for a code that is %s', (_where, text, found) => expect(unraised(['CLOSED'], [{ file: 'a.ts', text }])).toEqual(found));

  test.each(Object.entries(errorCatalogue))('%s says in both languages what happened and what to do, with the same facts', (code, { message, remedy }) => {
    expect(code).toMatch(codeShape);
    for (const text of [message.vi, message.en, remedy.vi, remedy.en]) expect(text.trim()).toMatch(/\S[.!?]$/);
    expect(new Set(holesOf(message.vi + remedy.vi))).toEqual(new Set(holesOf(message.en + remedy.en)));
  });
});
