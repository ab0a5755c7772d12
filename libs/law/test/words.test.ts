/** What people say is taken out of the entry, whatever they command; what is left means the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlank } from '../src/unseen.ts';
import { withoutWords, wordsRefusal } from '../src/words.ts';
import { wellFormed } from '../src/well-formed.ts';
import type { Draft, EntryKind } from '../src/types.ts';
import { complete } from './world/sayings.ts';
import { begin, step } from './world/walk.ts';
import { at, World } from './world/world.ts';
import type { LegSaying, RootSaying } from './world/world.ts';

/** No code, number, date or office of the test's world holds it. */
const secret = 'Ông Tư ở tổ 5';
const ground = '1/2026/NĐ-CP';

/** Every command in which somebody may say something, on a leg that admits it. */
const sayings: readonly (readonly [string, LegSaying])[] = [
  ['assign', { kind: 'assign', officer: 'cb-1', substituteFor: 'cb-2', officerName: secret, substituteName: secret }], ['refuse', { kind: 'refuse', reason: secret, ground }], ['decline', { kind: 'decline', reason: secret }],
  ['reroute', { kind: 'reroute', office: 'land-branch-2', reason: secret }], ['ask-supplement', { kind: 'ask-supplement', documents: ['form'], ground, reason: secret, held: [] }],
  ['skip', { kind: 'skip', legs: [], ground, reason: secret }], ['insert', { kind: 'insert', plan: {} as never, reason: secret, title: secret }], ['ask-redo', { kind: 'ask-redo', target: '', reason: secret }],
  ['consult', { kind: 'consult', office: 'tax', question: secret, title: secret, limit: '1wd', silence: 'none' }], ['open-charge', { kind: 'open-charge', code: 'x', title: secret, charge: 'fee', amount: 1, refundable: false, ground }],
  ['extend', { kind: 'extend', dueAt: at('2026-12-31T08:00+07'), ground, reason: secret }], ['stop', { kind: 'stop', ground, reason: secret }], ['start-posting', { kind: 'start-posting', span: '1wd', ground, place: secret }],
];
const asked: readonly (readonly [string, RootSaying])[] = [
  ['withdraw', { kind: 'withdraw', reason: secret }], ['correct', { kind: 'correct', particulars: [{ part: 'applicant', commitment: 'c2' }], reason: secret }], ['apologise', { kind: 'apologise', newDueAt: at('2026-12-31T08:00+07'), reason: secret }],
];

/** Its second leg, at the land office, is in work. */
function chainAtTwo(): World {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  expect(hub.says('one', complete())).toBeNull();
  hub.quiet();
  return hub;
}

/** With the ids of this history. */
function completed(hub: World, saying: LegSaying): LegSaying {
  if (saying.kind === 'skip') return { ...saying, legs: [hub.id('three')] };
  if (saying.kind === 'ask-redo') return { ...saying, target: hub.id('one') };
  return saying.kind === 'insert' ? { ...hub.insertion('more', 'social'), reason: saying.reason, title: saying.title } as LegSaying : saying;
}

const lastBody = (hub: World, service: string): { readonly kind: EntryKind; readonly draft: Draft } => {
  const entry = hub.service(service).copy.entries.filter((one) => one.author.startsWith(`${service}~`)).at(-1)!;
  return { kind: entry.kind as EntryKind, draft: { item: entry.item, kind: entry.kind, body: entry.body } as Draft };
};

describe('after the words have been taken out', () => {
  const taken = (hub: World, service: string): void => {
    const { kind, draft } = lastBody(hub, service);
    const without = withoutWords(draft);
    expect(JSON.stringify(draft), kind).toContain(secret);
    expect(JSON.stringify(without.draft), kind).not.toContain(secret);
    expect(Object.values(without.words!), kind).toContain(secret);
    expect(wellFormed(kind, without.draft.body), kind).toBe(true);
  };

  test.each(sayings)('an entry of %s holds none of them and keeps its meaning', (_name, saying) => {
    const hub = chainAtTwo();
    expect(hub.says('two', completed(hub, saying))).toBeNull();
    taken(hub, 'land');
  });
  test.each(asked)('an entry of %s holds none of them and keeps its meaning', (_name, saying) => {
    const hub = chainAtTwo();
    expect(hub.asks(saying)).toBeNull();
    taken(hub, 'intake');
  });
});

const n = fc.nat({ max: 1_000_000 });

test('whatever happens, an entry without words is the very same draft, and duties say nothing in words', () => {
  const words = new Set(['reason', 'question', 'place', 'title', 'explanation']);
  fc.assert(fc.property(fc.record({ procedure: n, place: n, way: n, slow: fc.boolean(), rehearsal: fc.boolean(), days: fc.constant(0) }), fc.array(fc.record({ what: n, a: n, b: n, c: n }), { maxLength: 40 }), (beginning, history) => {
    const hub = begin(beginning);
    for (const one of history) step(hub, one);
    for (const entry of hub.service('intake').copy.entries) {
      const draft = { item: entry.item, kind: entry.kind, body: entry.body } as Draft;
      const without = withoutWords(draft);
      if (without.words === null && !Object.keys(draft.body).some((name) => words.has(name))) expect(without.draft).toBe(draft);
      const said = Object.values(without.words ?? {}).filter((text) => /\s|[^\x20-\x7e]/u.test(text));
      if (entry.body.by === undefined && entry.kind !== 'register-refused') expect(said, entry.kind).toEqual([]);
    }
  }), { numRuns: 60 });
});

test.each([[2_000, null], [2_001, 'FIELD_INVALID']] as const)('a text of %i characters: %s', (length, code) => {
  expect(wordsRefusal({ reason: 'x'.repeat(length) })?.code ?? null).toBe(code);
});

test.each<[string, string, string | null]>([
  ['lines and tabs', 'Thiếu:\r\n\t- tờ khai\n\t- bản vẽ', null], ['a joiner of no width', 'không\u200d đủ', 'U+200D ở vị trí / at character 6'], ['a space of no width', '\u200bkhông đủ', 'U+200B ở vị trí / at character 1'],
  ['a sign that turns the line', 'số \u202e0102', 'U+202E ở vị trí / at character 4'], ['an isolate', 'a\nb\u2066c', 'U+2066 ở vị trí / at character 4'], ['a mark of a file', '\ufeffa', 'U+FEFF ở vị trí / at character 1'], ['a bell', 'a\u0007', 'U+0007 ở vị trí / at character 2'], ['what was no UTF-8', 'a\ufffd', 'U+FFFD ở vị trí / at character 2'],
  ['a letter without a shape', 'a\u3164', 'U+3164 ở vị trí / at character 2'], ['a sign that joins graphemes', 'a\u034fb', 'U+034F ở vị trí / at character 2'], ['tones apart from their letters', 'đủ điều kiện'.normalize('NFD'), null],
])('a text with %s says what is read in it, or is refused with the place', (_what, text, problem) => {
  expect(wordsRefusal({ reason: text })?.meta['problem'] ?? null).toBe(problem);
});

test.each([['', true], ['. –', true], ['\u3164', true], ['\u115f\uffa0', true], ['\u200b', true], ['không', false], ['2', false]])('%j is nothing said: %s', (text, blank) => {
  expect(isBlank(text)).toBe(blank);
});

test.each([['reason', 'reason'], ['explanation', 'reason'], ['officerName', 'officer_name'], ['substituteName', 'substitute_name'], ['question', 'question']])('%s is named as the request has it: %s', (name, field) => {
  expect(wordsRefusal({ [name]: '\u200b' })).toMatchObject({ code: 'FIELD_INVALID', field, meta: { field } });
});
