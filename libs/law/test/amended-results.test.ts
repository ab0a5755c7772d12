/** Results are corrected, issued again and revoked after they were issued, also when the dossier is closed; who built on them is told, the register shows it, and what stood before can still be seen. */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { duties } from '../src/duties.ts';
import { registerBehind } from '../src/closing.ts';
import { followedResults, issuedAt, issuedResults, unsettledReliance } from '../src/issued-results.ts';
import { resultsToReturn, stale, standingResults } from '../src/itinerary.ts';
import { track } from '../src/tracking.ts';
import type { DocumentRecord } from '../src/types.ts';
import { saidByRegister } from '../src/words.ts';
import { workToTheEnd } from './world/officials.ts';
import { closedEverywhere, complete, returned } from './world/sayings.ts';
import type { LegSaying } from './world/world.ts';
import { services, World } from './world/world.ts';

const ground = '123/2015/NĐ-CP, Điều 25';
type Amend = Extract<LegSaying, { kind: 'amend-result' }>;
const amend = (amendment: Amend['amendment'], result: string, newNumber: string, more: Partial<Amend> = {}): Amend => ({ kind: 'amend-result', amendment, result, number: `${result}/01`, newNumber, digest: '', ground, reason: 'ghi sai', inRegister: false, ...more });
const numbers = (hub: World): string[] => issuedResults(hub.service('oversight').dossier).map(({ result }) => result.number).sort();
const followed = (hub: World): string[] => followedResults(hub.service('oversight').dossier).map(({ result, standing }) => `${result.number} ${standing}`).sort();

/** Birth chain: four decisions, three of them on the certificate. */
function decided(documents?: readonly DocumentRecord[]): World {
  const hub = new World();
  hub.submit('birth', documents === undefined ? {} : { documents });
  hub.quiet();
  for (const [leg, result] of [['register', 'birth-certificate'], ['residence', 'residence-notice'], ['insurance', 'insurance-card'], ['support', 'support-decision']] as const) {
    expect(hub.says(leg, complete(result))).toBeNull();
    hub.quiet();
  }
  return hub;
}

function closed(documents?: readonly DocumentRecord[]): World {
  const hub = decided(documents);
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  return hub;
}

describe('in a closed dossier', () => {
  test('a correction makes stale whoever built on it, until each has confirmed, corrected or revoked; the dossier stays closed', () => {
    const hub = closed();
    expect(hub.says('register', amend('correction', 'birth-certificate', 'KS/02'))).toBeNull();
    hub.quiet();
    expect(numbers(hub)).toEqual(['KS/02']);
    expect(hub.says('residence', { kind: 'confirm' })).toBeNull();
    expect(hub.says('insurance', amend('correction', 'insurance-card', 'BH/02'))).toBeNull();
    hub.quiet();
    expect(hub.says('support', { kind: 'revoke', reason: 'cấp sai', ground })).toBeNull();
    hub.quiet();
    expect([numbers(hub), closedEverywhere(hub)]).toEqual([['BH/02', 'KS/02', 'residence-notice/01'], 'returned']);
    expect(followed(hub)).toEqual(['BH/02 stands', 'KS/02 stands', 'birth-certificate/01 corrected', 'insurance-card/01 corrected', 'residence-notice/01 stands', 'support-decision/01 revoked']);
  });

  test('a lost paper that is issued again makes nobody stale; the lost one counts no more', () => {
    const hub = closed();
    expect(hub.says('register', amend('reissue', 'birth-certificate', 'KS/02', { reason: 'cháy nhà' }))).toBeNull();
    hub.quiet();
    expect(numbers(hub)).toEqual(['KS/02', 'insurance-card/01', 'residence-notice/01', 'support-decision/01']);
    expect(followed(hub)).toContain('birth-certificate/01 reissued');
    expect(hub.says('register', amend('reissue', 'birth-certificate', 'KS/03'))).toMatchObject({ code: 'RESULT_NOT_STANDING' });
    expect(hub.says('register', amend('reissue', 'birth-certificate', '', { number: 'KS/02', digest: 'ab'.repeat(32) }))).toBeNull();
    hub.quiet();
    expect(standingResults(hub.service('intake').dossier).find(({ code }) => code === 'birth-certificate')).toMatchObject({ number: 'KS/02', digest: 'ab'.repeat(32) });
  });

  test('what rests on a certificate that was revoked is neither confirmed nor issued again, only revoked', () => {
    const hub = closed();
    expect(hub.says('register', { kind: 'revoke', reason: 'cấp sai', ground })).toBeNull();
    hub.quiet();
    expect(numbers(hub)).toEqual([]);
    expect(['confirm', 'reissue', 'correction'].map((one) => hub.says('residence', one === 'confirm' ? { kind: 'confirm' } : amend(one as 'reissue', 'residence-notice', 'CT/02'))?.code)).toEqual(['NOT_READY', 'OUT_OF_ORDER', 'NOT_READY']);
    expect(hub.says('residence', { kind: 'revoke', reason: 'theo giấy khai sinh', ground })).toBeNull();
    hub.quiet();
    expect(followed(hub)).toEqual(['birth-certificate/01 revoked', 'insurance-card/01 unsettled', 'residence-notice/01 revoked', 'support-decision/01 unsettled']);
  });

  test('each says why and on what ground; everything else is closed', () => {
    const hub = closed();
    const said: readonly (readonly [LegSaying, string])[] = [
      [amend('correction', 'birth-certificate', 'KS/02', { reason: '' }), 'REASON_MISSING'], [amend('correction', 'birth-certificate', 'KS/02', { ground: 'vì sai' }), 'GROUND_INVALID'], [amend('correction', 'birth-certificate', ''), 'FIELD_INVALID'],
      [amend('correction', 'no-such-result', 'x'), 'RESULT_NOT_STANDING'], [{ kind: 'revoke', reason: 'x' }, 'REASON_MISSING'], [{ kind: 'revoke', reason: 'x', ground: 'vì' }, 'GROUND_INVALID'], [{ kind: 'revoke', reason: '', ground }, 'REASON_MISSING'],
      [{ kind: 'confirm' }, 'STALE_INPUT'], [{ kind: 'reopen', reason: 'x' }, 'CLOSED'], [complete('birth-certificate'), 'CLOSED'], [{ kind: 'stop', ground }, 'CLOSED'],
    ];
    for (const [saying, code] of said) expect(hub.says('register', saying)?.code, JSON.stringify(saying)).toBe(code);
    expect(hub.says('register', amend('correction', 'birth-certificate', 'KS/02'), 'tax')).toMatchObject({ code: 'NOT_HOLDER' });
  });

  test('nobody owes anything, and the citizen reads what happened', () => {
    const hub = closed();
    hub.says('register', amend('correction', 'birth-certificate', 'KS/02'));
    hub.says('register', amend('reissue', 'birth-certificate', 'KS/03', { number: 'KS/02' }));
    hub.quiet();
    for (const name of services) expect(duties(hub.service(name).dossier, hub.context(hub.service(name))), name).toEqual([]);
    const { state, history } = track(hub.service('intake').dossier, hub.context(hub.service('intake')));
    expect([state, history.filter((one) => one.kind === 'result-amended').map((one) => one.text.vi)]).toEqual(['returned', ['Đính chính kết quả', 'Cấp lại kết quả bị mất']]);
  });
});

test('what somebody read before a correction can still be shown to him', () => {
  const hub = closed();
  const { dossier } = hub.service('oversight'), before = issuedResults(dossier).find(({ result }) => result.code === 'birth-certificate')!;
  hub.says('register', amend('correction', 'birth-certificate', 'KS/02'));
  hub.quiet();
  const later = hub.service('oversight').dossier, after = issuedResults(later).find(({ result }) => result.code === 'birth-certificate')!;
  const isOwn = (author: string): boolean => author === before.decision.author;
  expect(issuedAt(later, isOwn, before.decision.seq, 0)).toEqual(before);
  expect(issuedAt(later, isOwn, after.decision.seq, 0)).toEqual(after);
  expect([after.n, after.result.number, after.decision.seq > before.decision.seq]).toEqual([0, 'KS/02', true]);
});

test('in an open dossier the corrected paper is handed out before it closes, and once it has begun to close nothing is corrected', () => {
  const hub = decided();
  hub.says('support', amend('correction', 'support-decision', 'HT/02'));
  hub.quiet();
  expect(hub.asks(returned)).toBeNull();
  hub.perform('intake');
  hub.tell('intake', 'social-protection');
  hub.tell('intake', 'general-agency');
  expect(hub.says('support', amend('correction', 'support-decision', 'HT/03', { number: 'HT/02' }))).toMatchObject({ code: 'SETTLED' });
  hub.quiet();
  expect([closedEverywhere(hub), resultsToReturn(hub.service('intake').dossier)]).toEqual(['returned', []]);
  const early = decided();
  const [first] = resultsToReturn(early.service('intake').dossier);
  expect(early.asks({ kind: 'return-result', results: [first!], receiver: 'applicant' })).toBeNull();
  early.says('support', amend('reissue', 'support-decision', 'HT/02'));
  early.quiet();
  expect(resultsToReturn(early.service('intake').dossier)).toHaveLength(4 - 1);
});

describe('a result that a register shows', () => {
  const decision = { ...complete('notice'), change: { part: 'change', commitment: 'x' } };
  const leg = (hub: World): ReturnType<World['legAt']> => hub.legAt('business-registration', 'termination');
  const again = amend('reissue', 'notice', 'TB/02', { inRegister: true });
  function applied(slow = false): World {
    const hub = new World('2026-03-02T08:00+07', { slowEffects: slow });
    hub.submit('terminate');
    hub.quiet();
    hub.says('termination.opinion', complete());
    hub.quiet();
    expect(hub.says('termination', decision)).toBeNull();
    hub.quiet();
    expect(workToTheEnd(hub)).toBe('returned');
    return hub;
  }

  test('is amended once the register has agreed; meanwhile nothing else is done with it', () => {
    const hub = applied(true);
    expect(hub.says('termination', again)).toBeNull();
    hub.perform('business-registration');
    expect([registerBehind(leg(hub)), leg(hub).completion!.amendments]).toEqual([true, []]);
    for (const saying of [again, { kind: 'revoke', reason: 'x', ground }] satisfies LegSaying[]) expect(hub.says('termination', saying)).toMatchObject({ code: 'BLOCKED' });
    hub.finish(0);
    hub.perform('business-registration');
    expect([registerBehind(leg(hub)), leg(hub).completion!.amendments.map(({ result }) => result.number)]).toEqual([true, ['TB/02']]);
    hub.finish(0);
    hub.quiet();
    expect([registerBehind(leg(hub)), hub.service('business-registration').registers.amended.length, numbers(hub)]).toEqual([false, 1, ['TB/02']]);
    expect([leg(hub).completion!.amendments[0]!.by, closedEverywhere(hub)]).toEqual([{ office: leg(hub).office, officer: 'Bình' }, 'returned']);
  });

  test('stays as it was where the register refuses, and can be asked for again', () => {
    const hub = applied();
    hub.service('business-registration').registers.refuses = true;
    hub.says('termination', again);
    hub.quiet();
    expect([leg(hub).amendmentRefused, leg(hub).amending, numbers(hub)]).toEqual([true, null, ['notice/01']]);
    expect(saidByRegister(hub.service('business-registration').dossier, leg(hub))).toBeUndefined();
    hub.service('business-registration').registers.refuses = false;
    hub.says('termination', again);
    hub.quiet();
    expect([leg(hub).amendmentRefused, numbers(hub)]).toEqual([false, ['TB/02']]);
  });

  test('is put back in the register when it is revoked after closing, once; a person resolves what cannot be put back', () => {
    const hub = applied();
    hub.service('business-registration').registers.builtOn = true;
    expect(hub.says('termination', { kind: 'revoke', reason: 'cấp sai', ground })).toBeNull();
    hub.quiet();
    expect([leg(hub).reversal?.state, closedEverywhere(hub)]).toEqual(['refused', 'returned']);
    hub.service('business-registration').registers.builtOn = false;
    expect(hub.says('termination', { kind: 'resolve-register', outcome: 'retry', ground, reason: 'đã gỡ' })).toBeNull();
    hub.quiet();
    expect([leg(hub).applied, hub.service('business-registration').registers.reversed.length, numbers(hub)]).toEqual([null, 1, []]);
  });
});

describe('who relied on what fell', () => {
  const of = (evidenceId: string): DocumentRecord => ({ document: 'form', origin: { type: 'evidence', service: 'elsewhere', office: 'o', fact: 'f', evidenceId, readAt: 1 } });
  const uphold = (evidence: string, more: object = {}): LegSaying => ({ kind: 'confirm', despite: [evidence], ground, reason: 'không ảnh hưởng', ...more });
  const reliant = (hub: World): string[] => unsettledReliance(hub.service('oversight').dossier).flatMap(({ legs }) => legs.map((leg) => leg.plan.name)).sort();

  test('looks at his decision also in a closed dossier: it stands all the same, or is revoked', () => {
    const hub = closed([of('e1')]);
    expect(reliant(hub)).toEqual(['insurance', 'register', 'residence', 'support']);
    expect(hub.says('insurance', uphold('e1'))).toBeNull();
    expect(hub.says('support', { kind: 'revoke', reason: 'cấp sai', ground })).toBeNull();
    hub.quiet();
    expect([reliant(hub), stale(hub.service('oversight').dossier, hub.legAt('oversight', 'insurance'))]).toEqual([['register', 'residence'], false]);
    expect(numbers(hub)).toContain('insurance-card/01');
  });

  test('says why, on what ground, and of what he relied on', () => {
    const hub = closed([of('e1')]);
    expect([hub.says('support', uphold('e2')), hub.says('support', uphold('e1', { reason: '' })), hub.says('support', uphold('e1', { ground: '' })), hub.says('support', uphold('e1', { ground: 'vì' }))].map((one) => one?.code)).toEqual(['UNKNOWN_ITEM', 'REASON_MISSING', 'REASON_MISSING', 'GROUND_INVALID']);
  });

  test('looks again where he decides anew', () => {
    const hub = decided([of('e1')]);
    expect(hub.says('support', uphold('e1'))).toBeNull();
    expect(hub.says('support', { kind: 'reopen', reason: 'x' })).toBeNull();
    hub.quiet();
    expect(hub.says('support', complete('support-decision'))).toBeNull();
    hub.quiet();
    expect(reliant(hub)).toContain('support');
  });
});

describe('one of several results of a decision', () => {
  const code = (nth: number): string => ['permit', 'drawing', 'plate'][nth]!;
  /** The second leg builds on the first, whose decision has three results. */
  function threefold(): World {
    const hub = new World(), { procedure } = hub.reference, results = [0, 1, 2].map(code);
    hub.reference = { ...hub.reference, procedure: (asked, on) => { const found = procedure(asked, on); return found === undefined ? undefined : { ...found, legs: found.legs.map((leg) => (leg.name === 'one' ? { ...leg, results } : leg)), results: [...found.results, ...results.map((result) => ({ code: result, name: { vi: result, en: result } }))] }; } };
    hub.submit('chain');
    hub.quiet();
    for (const leg of ['one', 'two', 'three', 'four']) { hub.says(leg, complete(...hub.legAt(hub.holderOf(leg).name, leg).plan.results)); hub.quiet(); }
    return hub;
  }
  const take = (result: string, more: object = {}): LegSaying => ({ kind: 'revoke-result', result, number: `${result}/01`, ground, reason: 'cấp sai', ...more });
  const isStale = (hub: World, leg: string): boolean => { const { dossier } = hub.service('oversight'); return stale(dossier, hub.legAt('oversight', leg)); };

  test.each<[string, (hub: World) => void]>([
    ['while the dossier is open', () => {}],
    ['once it is closed', (hub) => { hub.asks(returned); hub.quiet(); expect(closedEverywhere(hub)).toBe('returned'); }],
  ])('is taken back alone %s: the others stand, and who built on the decision looks again', (_when, before) => {
    const hub = threefold();
    before(hub);
    expect(hub.says('one', take('drawing'))).toBeNull();
    hub.quiet();
    expect([numbers(hub), hub.legAt('oversight', 'one').status, isStale(hub, 'two')]).toEqual([['permit/01', 'plate/01'], 'complete', true]);
    expect(followed(hub)).toEqual(['drawing/01 revoked', 'paper/01 unsettled', 'permit/01 stands', 'plate/01 stands']);
    expect(followedResults(hub.service('intake').dossier).find(({ standing }) => standing === 'revoked')).toMatchObject({ ground, n: 1 });
    expect([hub.says('one', take('drawing'))?.code, hub.says('one', amend('reissue', 'drawing', 'B/02'))?.code]).toEqual(['RESULT_NOT_STANDING', 'RESULT_NOT_STANDING']);
    // Whoever built on the second decision builds on what it says, which has not changed.
    expect(hub.says('two', { kind: 'confirm' })).toBeNull();
    hub.quiet();
    expect(numbers(hub)).toEqual(['paper/01', 'permit/01', 'plate/01']);
    expect(hub.says('one', amend('correction', 'plate', 'S/02'))).toBeNull();
    hub.quiet();
    expect([numbers(hub), isStale(hub, 'two')]).toEqual([['S/02', 'permit/01'], true]);
  });

  test('is not handed out any more; a decision that is made anew has all of them again', () => {
    const hub = threefold(), [open] = resultsToReturn(hub.service('intake').dossier);
    hub.says('one', take('drawing'));
    hub.quiet();
    expect(standingResults(hub.service('intake').dossier).map((one) => one.number)).toEqual(['permit/01', 'plate/01']);
    expect(resultsToReturn(hub.service('intake').dossier)).toEqual([open]);
    expect(hub.says('one', { kind: 'reopen', reason: 'x' })).toBeNull();
    hub.quiet();
    expect(hub.says('one', complete('permit', 'drawing', 'plate'))).toBeNull();
    hub.quiet();
    expect(numbers(hub)).toEqual(['drawing/01', 'permit/01', 'plate/01']);
  });

  test('says why and on what ground; the last one, and what is in a register, goes with its decision', () => {
    const hub = threefold();
    expect([take('drawing', { reason: '' }), take('drawing', { ground: '' }), take('drawing', { ground: 'vì' }), take('drawing', { number: 'x' }), take('x')].map((one) => hub.says('one', one)?.code)).toEqual(['REASON_MISSING', 'REASON_MISSING', 'GROUND_INVALID', 'RESULT_NOT_STANDING', 'RESULT_NOT_STANDING']);
    expect(hub.says('one', take('drawing'), 'tax')?.code).toBe('NOT_HOLDER');
    expect(hub.says('four', take('paper'))?.code).toBe('FIELD_INVALID');
    for (const result of ['drawing', 'plate']) expect(hub.says('one', take(result))).toBeNull();
    expect(hub.says('one', take('permit'))).toMatchObject({ code: 'FIELD_INVALID', field: 'number' });
    hub.quiet();
    expect(hub.says('two', take('x'))?.code).toBe('RESULT_NOT_STANDING');
    expect(hub.says('one', { kind: 'revoke', reason: 'cấp sai', ground })).toBeNull();
    hub.quiet();
    expect(followed(hub)).toEqual(['drawing/01 revoked', 'paper/01 unsettled', 'permit/01 revoked', 'plate/01 revoked']);
  });

  test('whatever is corrected, issued again and taken back in whatever order: each stands as it was left, in every copy', () => {
    const acts = fc.record({ nth: fc.nat(2), what: fc.constantFrom('correction', 'reissue', 'revoke') });
    fc.assert(fc.property(fc.array(acts, { maxLength: 8 }), (history) => {
      const hub = threefold(), left = new Map([0, 1, 2].map((nth) => [nth, `${code(nth)}/01`]));
      let changed = false;
      for (const [n, { nth, what }] of history.entries()) {
        hub.now += 1_000;
        const number = left.get(nth) ?? 'x', saying = what === 'revoke' ? take(code(nth), { number }) : amend(what as 'correction', code(nth), `${n}`, { number }), refusal = hub.says('one', saying)?.code;
        expect(refusal).toBe(!left.has(nth) ? 'RESULT_NOT_STANDING' : what === 'revoke' && left.size === 1 ? 'FIELD_INVALID' : undefined);
        if (refusal !== undefined) continue;
        if (what === 'revoke') left.delete(nth); else left.set(nth, `${n}`);
        changed ||= what !== 'reissue';
      }
      hub.quiet();
      for (const name of ['oversight', 'intake'] as const) expect(issuedResults(hub.service(name).dossier).filter(({ leg }) => leg === hub.id('one')).map(({ result }) => result.number)).toEqual([0, 1, 2].flatMap((nth) => left.get(nth) ?? []));
      expect(isStale(hub, 'two')).toBe(changed);
    }), { numRuns: 60 * inject('size') });
  });
});
