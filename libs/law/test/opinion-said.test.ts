/** Who is consulted says yes or no: what nobody said is no consent. */
import { expect, test } from 'vitest';
import { complete, kindsOf } from './world/sayings.ts';
import { World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

/** The only leg of an extract, which has asked the tax office. */
function consulting(): World {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  expect(hub.says('issue', { kind: 'consult', office: 'tax', question: 'có ý kiến?', limit: '2wd', silence: 'none' })).toBeNull();
  hub.quiet();
  return hub;
}
const said = (more: object): LegSaying => ({ kind: 'complete', results: [], ...more });

test.each([
  ['nothing', {}, 'FIELD_MISSING opinion'],
  ['no without a reason', { opinion: 'disagree' }, 'REASON_MISSING reason'],
  ['no with a blank for a reason', { opinion: 'disagree', reason: ' ' }, 'REASON_MISSING reason'],
  ['no with a reason', { opinion: 'disagree', reason: 'còn nợ thuế' }, ''],
  ['yes', { opinion: 'agree' }, ''],
])('who is consulted says %s', (_what, more, refusal) => {
  const hub = consulting(), answer = hub.says('issue.opinion', said(more));
  expect(answer === null ? '' : `${answer.code} ${answer.field}`).toBe(refusal);
});

test('other legs have no opinion to give', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  const { opinion, ...decision } = complete('extract');
  expect(opinion).toBe('agree');
  expect(hub.says('issue', decision)).toBeNull();
});

test('a fact that comes with a completion is attached in the same write, before it', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  const document = { document: 'certificate', origin: { type: 'evidence', service: 'land', office: 'land', fact: 'certificate', evidenceId: 'land/1/1', readAt: hub.now } } as const;
  expect(hub.says('issue', { ...complete('extract'), evidence: [document] })).toBeNull();
  expect(kindsOf(hub.service('general-agency')).slice(-2)).toEqual(['evidence-attached', 'leg-completed']);
  expect(hub.legAt('general-agency', 'issue').documents).toEqual([document]);
});
