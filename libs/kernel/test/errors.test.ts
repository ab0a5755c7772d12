/** The catalogue: every error can be told to a person, in both languages, with a remedy and the next move. */
import { refuse } from '@lienthong/law';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import { describe, expect, test } from 'vitest';
import { asHubError, errorCatalogue, errorOfRefusal, HubError, kernelErrors, textOf } from '../src/index.ts';

const rows = Object.entries(errorCatalogue);
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).sort();

describe('every error', () => {
  test.each(rows)('%s has a message with the same holes in both languages, and a remedy', (code, { message, remedy }) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(holes(message.vi)).toEqual(holes(message.en));
    for (const text of [message.vi, message.en, remedy.vi, remedy.en]) expect(text.trim()).toMatch(/[.?!]$/);
  });

  test('of the kernel hides none of the law', () => {
    for (const [code, row] of Object.entries(kernelErrors)) expect(errorCatalogue[code]).toBe(row);
  });
});

test('a refusal of the law becomes an error with its holes filled', () => {
  const error = errorOfRefusal(refuse('UNKNOWN_OFFICE', { office: 'H47.99' }, 'office'));
  expect(error).toMatchObject({ code: 'UNKNOWN_OFFICE', field: 'office', retryable: false });
  expect(textOf(error, 'vi')).toContain('H47.99');
  expect(textOf(error, 'en')).not.toContain('{');
});

test.each([
  [new HubError('OVERLOADED', { service: 'land' }), 'OVERLOADED', true],
  [new StoreError('STORE_FAILED', 'hub.sqlite', { vi: '', en: '' }), 'STORE_FAILED', false],
  [new TypeError('x is undefined'), 'INTERNAL', false],
  ['a string', 'INTERNAL', false],
])('%s is an error of the catalogue', (cause, code, retryable) => {
  expect(asHubError(cause)).toMatchObject({ code, retryable });
});

test('there is no error outside the catalogue', () => {
  expect(() => new HubError('NO_SUCH' as never)).toThrow('no such error');
});
