import { describe, expect, test } from 'vitest';
import { wakeAt } from '../src/duties.ts';
import { suspended } from '../src/itinerary.ts';
import { suspensions } from '../src/suspensions.ts';
import { silenceGraceMs } from '../src/duties-of-legs.ts';
import { track } from '../src/tracking.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, statuses, withdrawal } from './world/sayings.ts';

const supplement = (...documents: readonly string[]): LegSaying => ({ kind: 'ask-supplement', documents, ground: '1/2026/NĐ-CP', held: [] });
const change = { change: { part: 'change', commitment: 'x' } } as const;
const minute = 60_000;

function extract(): World {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  return hub;
}

test('a supplement is asked once, suspends the leg, and goes on when it is delivered in full', () => {
  const hub = extract();
  expect(hub.says('issue', supplement('a', 'b'))).toBeNull();
  hub.quiet();
  const { dossier } = hub.service('general-agency');
  expect(suspended(dossier, hub.legAt('general-agency', 'issue'))).toBe(true);
  expect(hub.says('issue', complete('extract'))).toMatchObject({ code: 'BLOCKED' });
  expect(hub.says('issue', supplement('c'))).toMatchObject({ code: 'SUPPLEMENT_ONCE' });
  expect(hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'a', origin: { type: 'presented' } }] })).toMatchObject({ code: 'SUPPLEMENT_INCOMPLETE' });
  expect(hub.asks({ kind: 'deliver-supplement', documents: ['a', 'b'].map((document) => ({ document, origin: { type: 'presented' } })) })).toBeNull();
  expect(hub.asks({ kind: 'deliver-supplement', documents: [] })).toMatchObject({ code: 'SUPPLEMENT_NOT_OPEN' });
  hub.quiet();
  expect(suspensions(dossier)).toMatchObject([{ cause: 'supplement', from: hub.now, to: hub.now }]);
  expect(hub.says('issue', complete('extract'))).toBeNull();
});

test('two legs ask at once: the citizen is asked once, the second ask is declined', () => {
  const hub = new World();
  hub.submit('twins');
  hub.quiet();
  expect(hub.says('left', supplement('a'))).toBeNull();
  expect(hub.says('right', supplement('b'))).toBeNull();
  hub.quiet();
  expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'supplement-requested' || kind === 'request-declined')).toEqual(['supplement-requested', 'request-declined']);
  const blocked = ['left', 'right'].filter((leg) => suspended(hub.holderOf(leg).dossier, hub.legAt(hub.holderOf(leg).name, leg)));
  expect(blocked).toHaveLength(1);
});

test('what an office of the province holds is not asked for, nor what evidence in the dossier already shows', () => {
  const hub = extract();
  const held = [{ document: 'deed', office: 'land-branch', evidenceId: 'e1' }];
  expect(hub.says('issue', { kind: 'ask-supplement', documents: ['other', 'deed'], ground: '1/2026/NĐ-CP', held })).toMatchObject({ code: 'ALREADY_HELD', meta: { document: 'deed', heldBy: 'Cơ quan land-branch', evidenceId: 'e1' } });
  expect(hub.says('issue', { kind: 'attach-evidence', document: { document: 'deed', origin: { type: 'evidence', service: 'land', office: 'land-branch', fact: 'parcel', evidenceId: 'e1', readAt: hub.now } } })).toBeNull();
  expect(hub.says('issue', { kind: 'attach-evidence', document: { document: 'other', origin: { type: 'presented' } } })).toMatchObject({ code: 'FIELD_INVALID' });
  expect(hub.says('issue', supplement('deed'))).toMatchObject({ code: 'ALREADY_HELD' });
});

test('a supplement that does not come: stopped as of the moment it fell due, written ten minutes later, then closed', () => {
  const hub = extract();
  hub.says('issue', supplement('a'));
  hub.quiet();
  const due = [...hub.service('intake').dossier.requests.values()][0]!.plan.fallsDueAt!;
  expect(due).toBe(at('2026-03-11T08:00+07'));
  const intake = hub.service('intake');
  expect(wakeAt(intake.dossier, hub.context(intake))).toBe(due + silenceGraceMs);
  hub.now = due + 10 * minute - 1;
  hub.quiet();
  expect(statuses(hub)).toEqual({ issue: 'open 1' });
  hub.now = due + 10 * minute;
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('stopped');
  const entries = hub.service('oversight').dossier.entries;
  const lapsed = entries.find((entry) => entry.kind === 'request-lapsed')!, stopped = entries.find((entry) => entry.kind === 'dossier-stopped')!;
  expect([lapsed.effectiveAt, lapsed.recordedAt, stopped.effectiveAt]).toEqual([due, due + 10 * minute, due]);
  expect(statuses(hub)).toEqual({ issue: 'stopped 1' });
});

test.each<[string, (hub: World) => void, string | null]>([
  ['is under way to intake', () => undefined, 'BLOCKED'],
  ['waits for the citizen', (hub) => { hub.quiet(); }, 'BLOCKED'],
  ['was brought', (hub) => { hub.quiet(); hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'a', origin: { type: 'presented' } }] }); hub.quiet(); }, null],
  ['has lapsed', (hub) => { hub.quiet(); hub.now = at('2026-03-11T08:10+07'); hub.quiet(); }, 'CLOSED'],
])('an office that asked for papers does not refuse before it has them or their time is over: its ask %s', (_state, act, code) => {
  const hub = extract();
  hub.says('issue', supplement('a'));
  act(hub);
  expect(hub.says('issue', refusal)?.code ?? null).toBe(code);
});

test('an office refuses while another waits for papers: that one stops, and nobody is asked for them any more', () => {
  const hub = new World();
  hub.submit('twins');
  hub.quiet();
  hub.says('left', supplement('a'));
  hub.quiet();
  expect(hub.says('right', refusal)).toBeNull();
  hub.quiet();
  expect([...hub.service('intake').dossier.requests.values()].map((one) => one.ended?.outcome)).toEqual(['ended']);
  expect(statuses(hub)).toMatchObject({ left: 'stopped 1', right: 'refused 1' });
});

test('the citizen has the whole time from when intake asked, even where the ask travelled for days', () => {
  const hub = extract();
  hub.says('issue', supplement('a'));
  hub.now = at('2026-03-12T08:00+07');
  hub.quiet();
  expect(kindsOf(hub.service('intake'))).toContain('supplement-requested');
  expect(kindsOf(hub.service('intake'))).not.toContain('request-lapsed');
  const intake = hub.service('intake');
  expect(wakeAt(intake.dossier, hub.context(intake))).toBe(at('2026-03-23T08:00+07') + silenceGraceMs);
  hub.now = at('2026-03-23T08:10+07');
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('stopped');
});

test.each<[string, (hub: World) => void, string]>([
  ['brought', (hub) => { hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'a', origin: { type: 'presented' } }] }); }, 'Đã nhận hồ sơ bổ sung'],
  ['not brought in time', (hub) => { hub.now = at('2026-03-11T08:10+07'); }, 'Hết hạn bổ sung hồ sơ'],
  ['not waited for any more', (hub) => { expect(hub.asks(withdrawal)).toBeNull(); }, 'Không chờ nữa'],
])('of a supplement that is %s the citizen reads so, and of no answer that nobody gave', (_what, act, line) => {
  const hub = extract();
  hub.says('issue', supplement('a'));
  hub.quiet();
  act(hub);
  hub.quiet();
  const service = hub.service('oversight'), read = track(service.dossier, hub.context(service)).history.map((one) => one.text.vi);
  expect(read).toContain(line);
  expect(read).not.toContain('Đã có trả lời');
});

test.each(['', '   ', '\u00a0\u200b', '...', '—'])('a reason in which nothing can be read is none: %j', (reason) => {
  const hub = extract();
  expect(hub.says('issue', { kind: 'refuse', reason, ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'REASON_MISSING', field: 'reason' });
  expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason })).toMatchObject({ code: 'REASON_MISSING', field: 'reason' });
});

// ---------------------------------------------------------------- consultation

function terminate(): World {
  const hub = new World();
  hub.submit('terminate');
  hub.quiet();
  return hub;
}

test('silence is consent, written ten minutes after it fell due; what the office says later changes nothing', () => {
  const hub = terminate();
  expect(hub.says('termination', { ...complete('notice'), ...change })).toMatchObject({ code: 'BLOCKED' });
  const due = at('2026-03-04T08:00+07');
  hub.now = due + 10 * minute;
  // The opinion was given in time at the consulted office, and is under way while silence is written.
  hub.perform('business-registration');
  const request = [...hub.service('business-registration').dossier.requests.values()][0]!;
  expect(request.ended).toMatchObject({ outcome: 'consent', at: due });
  expect(hub.says('termination.opinion', { kind: 'complete', results: [], opinion: 'disagree', reason: 'còn nợ thuế' })).toBeNull();
  hub.quiet();
  expect([...hub.service('oversight').dossier.requests.values()][0]!.ended).toMatchObject({ outcome: 'consent' });
  expect(hub.says('termination', { ...complete('notice'), ...change })).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('an office that stays silent holds up nothing: its task ends with the consultation, and the dossier closes', () => {
  const hub = terminate();
  hub.now = at('2026-03-04T08:10+07');
  hub.quiet();
  expect(hub.says('termination', { ...complete('notice'), ...change })).toBeNull();
  hub.quiet();
  expect(hub.says('termination.opinion', { kind: 'complete', results: [] })).toMatchObject({ code: 'OUT_OF_ORDER' });
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('an opinion in time is the answer; one that refuses is disagreement, never silence', () => {
  for (const [saying, outcome] of [[{ kind: 'complete', results: [], opinion: 'agree' }, 'agree'], [{ kind: 'complete', results: [], opinion: 'disagree', reason: 'còn nợ thuế' }, 'disagree'], [{ kind: 'refuse', reason: 'nợ thuế', ground: '1/2026/NĐ-CP' }, 'disagree']] as const) {
    const hub = terminate();
    expect(hub.says('termination.opinion', saying)).toBeNull();
    hub.quiet();
    hub.now = at('2026-03-05T08:00+07');
    hub.quiet();
    expect([...hub.service('intake').dossier.requests.values()][0]!.ended).toMatchObject({ outcome });
  }
});

describe('an opinion that binds', () => {
  const end: LegSaying = { ...complete('notice'), ...change }, against: LegSaying = { kind: 'complete', results: [], opinion: 'disagree', reason: 'còn nợ thuế' };

  test.each([['says no', against], ['refuses', { kind: 'refuse', reason: 'nợ thuế', ground: '1/2026/NĐ-CP' }]] as const)('%s: nothing is approved against it, and it may be refused', (_how, saying) => {
    const hub = terminate();
    expect(hub.says('termination.opinion', saying)).toBeNull();
    hub.quiet();
    expect(hub.says('termination', end)).toMatchObject({ code: 'OPINION_AGAINST', meta: { leg: 'termination', opinion: 'Ý kiến cơ quan thuế' } });
    expect(hub.says('termination', refusal)).toBeNull();
  });

  /** The tax office was against; then an office is asked once more. */
  function askedAgain(office = 'tax'): { readonly hub: World; readonly answers: (saying: LegSaying) => void } {
    const hub = terminate();
    hub.says('termination.opinion', against);
    hub.quiet();
    hub.now += minute;
    expect(hub.says('termination', { kind: 'consult', office, question: 'đã nộp đủ?', limit: '1wd', silence: 'consent' })).toBeNull();
    hub.quiet();
    const again = [...hub.service('business-registration').dossier.requests.values()].find((one) => one.ended === null)!;
    return { hub, answers: (saying) => { expect(hub.says(again.task!, saying)).toBeNull(); hub.quiet(); } };
  }

  test('lifted by the same office, which is asked again and agrees', () => {
    const { hub, answers } = askedAgain();
    answers({ kind: 'complete', results: [], opinion: 'agree' });
    expect(hub.says('termination', end)).toBeNull();
  });

  test('not lifted by silence, nor by another office', () => {
    const silent = askedAgain().hub;
    silent.now = at('2026-03-05T08:00+07');
    silent.quiet();
    expect(silent.says('termination', end)).toMatchObject({ code: 'OPINION_AGAINST' });
    const { hub, answers } = askedAgain('police');
    answers({ kind: 'complete', results: [], opinion: 'agree' });
    expect(hub.says('termination', end)).toMatchObject({ code: 'OPINION_AGAINST' });
  });
});

test('who is consulted gives an opinion: it does not stop, insert, charge or ask the citizen', () => {
  const hub = terminate();
  const sayings: LegSaying[] = [{ kind: 'stop', ground: '1/2026/NĐ-CP' }, hub.insertion('x', 'land'), supplement('a'), { kind: 'decline', reason: 'x' }, { kind: 'start-posting', span: '1wd', ground: '1/2026/NĐ-CP', place: 'x' }];
  for (const saying of sayings) expect(hub.says('termination.opinion', saying)).toMatchObject({ code: 'OUT_OF_ORDER' });
});

test('a required consultation must have been asked before its leg completes', () => {
  const hub = new World();
  hub.submit('terminate');
  hub.tell('intake', 'business-registration');
  const land = hub.service('business-registration');
  // Only the takeover is written; the duty to consult is still owed.
  const [takeover] = (awaitDuties(hub));
  hub.write(land, takeover!.drafts!);
  expect(hub.says('termination', { ...complete('notice'), ...change })).toMatchObject({ code: 'BLOCKED' });
});

function awaitDuties(hub: World) {
  const service = hub.service('business-registration');
  return hub.owed(service).filter((duty) => duty.kind === 'take-over');
}

// ---------------------------------------------------------------- posting

test('a posting must be over before its leg completes; it is suspended meanwhile', () => {
  const hub = new World();
  hub.submit('allowance');
  hub.quiet();
  expect(hub.says('verification', complete())).toMatchObject({ code: 'BLOCKED' });
  hub.now = at('2026-03-04T08:10+07');
  hub.quiet();
  expect(suspensions(hub.service('oversight').dossier)).toMatchObject([{ cause: 'posting', to: at('2026-03-04T08:00+07') }]);
  expect(hub.says('verification', complete())).toBeNull();
  hub.quiet();
  hub.says('decision', complete('decision'));
  hub.quiet();
  expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'posting-started')).toHaveLength(1);
});
