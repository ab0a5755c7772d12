import { expect, test } from 'vitest';
import type { LegEntryKind, LegStatus } from '../src/leg-transitions.ts';
import { legTransitions, statusAfter } from '../src/leg-transitions.ts';
import { complete, refusal } from './world/sayings.ts';
import { World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const statuses = ['addressed', 'open', 'deciding', 'complete', 'refused', 'stopped', 'revoked'] as const satisfies readonly LegStatus[];
type Place = { readonly hub: World; readonly leg: string };

/** The second leg of a chain of four, brought into a status by what people say; `deciding` needs a leg with a register. */
function placeIn(status: LegStatus): Place {
  if (status === 'deciding') return deciding();
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  hub.says('one', complete());
  if (status === 'addressed') hub.tell('general-agency', 'land');
  else hub.quiet();
  const said: Partial<Record<LegStatus, readonly LegSaying[]>> = { complete: [complete()], refused: [refusal], stopped: [{ kind: 'stop', ground: '1/2026/NĐ-CP' }], revoked: [complete(), { kind: 'revoke', reason: 'x' }] };
  for (const saying of said[status] ?? []) expect(hub.says('two', saying)).toBeNull();
  expect(hub.legAt('land', 'two').status).toBe(status);
  return { hub, leg: 'two' };
}

function deciding(): Place {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  expect(hub.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } })).toBeNull();
  return { hub, leg: 'termination' };
}

const sayings: { readonly [K in LegSaying['kind']]: (place: Place) => LegSaying } = {
  'send-originals': () => ({ kind: 'send-originals', to: 'counter-tra-my', documents: ['form'] }), 'confirm-consignment': () => ({ kind: 'confirm-consignment', consignment: 'x', received: [] }),
  'assign': () => ({ kind: 'assign', officer: 'Chi' }), 'complete': () => complete(), 'refuse': () => refusal, 'ask-redo': ({ hub, leg }) => ({ kind: 'ask-redo', target: hub.id(leg === 'two' ? 'one' : leg), reason: 'x' }),
  'decline': () => ({ kind: 'decline', reason: 'x' }), 'reroute': () => ({ kind: 'reroute', office: 'land-branch-2', reason: 'x' }), 'ask-supplement': () => ({ kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] }),
  'consult': () => ({ kind: 'consult', office: 'tax', question: 'x', limit: '1wd', silence: 'consent' }),
  'open-charge': () => ({ kind: 'open-charge', code: 'x', charge: 'fee', amount: 1, refundable: false, ground: '1/2026/NĐ-CP' }),
  'attach-document': () => ({ kind: 'attach-document', document: { document: 'form', origin: { type: 'presented' } } }), 'attach-evidence': () => ({ kind: 'attach-evidence', document: { document: 'form', origin: { type: 'evidence', service: 'land', office: 'land-branch', fact: 'f', evidenceId: 'e', readAt: 1 } } }),
  'extend': ({ hub, leg }) => ({ kind: 'extend', dueAt: (hub.legAt(hub.holderOf(leg).name, leg).takenOver?.dueAt ?? 0) + 1, ground: '1/2026/NĐ-CP' }), 'stop': () => ({ kind: 'stop', ground: '1/2026/NĐ-CP' }), 'insert': ({ hub }) => hub.insertion('new', 'social'),
  'skip': ({ hub, leg }) => ({ kind: 'skip', legs: [hub.id(leg === 'two' ? 'three' : leg)], ground: '1/2026/NĐ-CP' }), 'confirm': () => ({ kind: 'confirm' }), 'revoke': () => ({ kind: 'revoke', reason: 'x' }), 'reopen': () => ({ kind: 'reopen', reason: 'x' }),
  'revoke-result': () => ({ kind: 'revoke-result', result: 'r', number: 'n', ground: '1/2026/NĐ-CP', reason: 'x' }),
  'amend-result': () => ({ kind: 'amend-result', amendment: 'correction', result: 'x', number: '', newNumber: 'y', digest: '', ground: '1/2026/NĐ-CP', reason: 'x', inRegister: false }),
  'waive-opinion': () => ({ kind: 'waive-opinion', opinion: 'x', reason: 'x' }), 'resolve-register': () => ({ kind: 'resolve-register', outcome: 'by-hand', ground: '1/2026/NĐ-CP', reason: 'x' }),
  'tell-part': () => ({ kind: 'tell-part', part: 'hai-van@new' }),
  'start-posting': () => ({ kind: 'start-posting', span: '1wd', ground: '1/2026/NĐ-CP', place: 'x' }),
  'start-wait': () => ({ kind: 'start-wait', wait: 'consent', ground: '1/2026/NĐ-CP', limit: '5wd' }), 'end-wait': () => ({ kind: 'end-wait', wait: '', outcome: 'agree' }),
};

/** What comes of each command in each status: the status afterwards, a refusal, or – (out of order). */
const expected = `
                  addressed   open        deciding    complete      refused       stopped     revoked
assign            addressed   open        –           –             –             –           –
complete          –           complete    –           –             –             –           –
refuse            –           refused     –           –             –             –           –
ask-redo          –           open        –           –             –             –           –
decline           addressed   addressed   –           –             –             –           –
reroute           addressed   addressed   –           –             –             –           –
ask-supplement    –           open        –           –             –             –           –
consult           –           open        –           –             –             –           –
open-charge       –           open        –           –             –             –           –
attach-document   addressed   open        –           –             –             –           –
attach-evidence   –           open        –           –             –             –           –
extend            –           open        –           –             –             –           –
stop              stopped     stopped     –           –             –             –           stopped
insert            addressed   open        –           –             –             –           –
skip              addressed   open        –           –             –             –           –
confirm           –           –           –           STALE_INPUT   STALE_INPUT   –           –
revoke            –           –           –           revoked       revoked       –           –
amend-result      –           –           –           RESULT_NOT_STANDING  –     –           –
revoke-result     –           –           –           RESULT_NOT_STANDING  –     –           –
reopen            –           –           –           addressed     addressed     addressed   addressed
start-posting     –           open        –           –             –             –           –
tell-part         –           –           –           –             –             –           –
waive-opinion     –           UNKNOWN_ITEM  –         –             –             –           –
resolve-register  NOTHING_TO_PUT_BACK  NOTHING_TO_PUT_BACK  –  –  NOTHING_TO_PUT_BACK  NOTHING_TO_PUT_BACK  NOTHING_TO_PUT_BACK
start-wait        –           open        –           –             –             –           –
send-originals    ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE  ORIGINAL_ELSEWHERE
confirm-consignment  UNKNOWN_ITEM  UNKNOWN_ITEM  UNKNOWN_ITEM  UNKNOWN_ITEM  UNKNOWN_ITEM  UNKNOWN_ITEM  UNKNOWN_ITEM
end-wait          –           WAIT_NOT_OPEN  –        –             –             –           –
`.trim().split('\n').slice(1).map((line) => line.trim().split(/\s{2,}/) as [LegSaying['kind'], ...string[]]);

test('the table names every command', () => {
  expect(expected.map(([command]) => command).sort()).toEqual(Object.keys(sayings).sort());
});

const cells = expected.flatMap(([command, ...results]) => statuses.map((status, n) => [command, status, results[n]!] as const));

test.each(cells)('%s in status %s: %s', (command, status, result) => {
  const place = placeIn(status);
  const service = place.hub.holderOf(place.leg).name;
  const refused = place.hub.says(place.leg, sayings[command](place));
  const came = refused === null ? place.hub.legAt(service, place.leg).status : refused.code === 'OUT_OF_ORDER' ? '–' : refused.code;
  expect(came).toBe(result);
});

const undone = ['addressed', 'open', 'refused', 'stopped', 'revoked'] as const;

/** What services write by themselves. */
const ofHosts: readonly (readonly [LegEntryKind, Partial<Record<LegStatus, LegStatus>>])[] = [
  ['leg-taken-over', { addressed: 'open' }], ['register-intended', { open: 'deciding' }], ['leg-completed', { open: 'complete', deciding: 'complete' }], ['register-refused', { deciding: 'open' }], ['register-applied', { complete: 'complete' }],
  ['leg-stopped', { addressed: 'stopped', open: 'stopped', revoked: 'stopped' }], ['leg-reopened', { complete: 'addressed', refused: 'addressed', stopped: 'addressed', revoked: 'addressed' }],
  ...(['result-amended', 'result-revoked', 'amendment-intended', 'amendment-refused', 'amendment-applied'] as const).map((kind) => [kind, { complete: 'complete' }] as [LegEntryKind, Partial<Record<LegStatus, LegStatus>>]),
  ...(['reversal-decided', 'register-reversed', 'reversal-refused', 'reversal-resolved'] as const).map((kind) => [kind, Object.fromEntries(undone.map((one) => [one, one]))] as [LegEntryKind, Partial<Record<LegStatus, LegStatus>>]),
  ['leg-settled', Object.fromEntries(statuses.map((one) => [one, one]))], ['rehomed', Object.fromEntries(statuses.map((one) => [one, one]))],
];

test.each(ofHosts)('%s has meaning in these statuses and no other', (kind, meaning) => {
  for (const status of statuses) expect(statusAfter(status, kind), status).toBe(meaning[status] ?? null);
});

test('a completion with the verdict refused leads to refused', () => {
  expect(statusAfter('open', 'leg-completed', 'refused')).toBe('refused');
});

test('every row says on what ground', () => {
  for (const row of legTransitions) expect(row.ground, row.command).not.toBe('');
});

test('a result that the register shows is amended in the same statuses as any other: whoever asks whether it may be need not know which', () => {
  const from = (command: string): readonly string[] => legTransitions.filter((row) => row.command === command).flatMap((row) => [...row.from]);
  expect(from('intend-amendment')).toEqual(from('amend-result'));
});
