/** Who has a leg in hand: an officer, or whoever stands in until a day. */
import { describe, expect, test } from 'vitest';
import { handedBack, officerOn } from '../src/officer-on.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

function received(): World {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  return hub;
}
const assign = (more: object): LegSaying => ({ kind: 'assign', officer: 'cb-2', ...more });

describe('a substitution', () => {
  test.each([
    ['hôm qua', undefined, 'until_date'], ['2026-02-30', undefined, 'until_date'], ['2026-3-5', undefined, 'until_date'], ['2026-03-01', undefined, 'until_date'],
    ['2026-03-02', undefined, undefined], ['2026-03-05', 'cb-1', undefined], ['2026-03-05', 'cb-2', 'substitute_for'], [undefined, 'cb-2', 'substitute_for'],
  ])('until %s for %s is refused at %s', (until, substituteFor, field) => {
    const refusal = received().says('issue', assign({ ...(until === undefined ? {} : { until }), ...(substituteFor === undefined ? {} : { substituteFor }) }));
    expect(refusal === null ? [] : [refusal.code, refusal.field]).toEqual(field === undefined ? [] : ['FIELD_INVALID', field]);
  });

  test.each([
    [{}, ['cb-2', 'cb-2']], [{ until: '2026-03-05' }, ['cb-2', '']], [{ until: '2026-03-05', substituteFor: 'cb-1' }, ['cb-2', 'cb-1']], [{ substituteFor: 'cb-1' }, ['cb-2', 'cb-2']],
  ])('%o is over with its last day', (more, expected) => {
    const hub = received();
    expect(hub.says('issue', assign(more))).toBeNull();
    const leg = hub.legAt(hub.holderOf('issue').name, 'issue');
    expect(['2026-03-05', '2026-03-06'].map((day) => officerOn(leg, day))).toEqual(expected);
  });

  test.each<[string | null, string, string, boolean]>([
    ['2026-03-05', '2026-03-05', '2026-03-06', true], ['2026-03-05', '2026-03-05', '2026-03-05', false], ['2026-03-05', '2026-03-06', '2026-03-07', false], ['2026-03-05', '2026-03-01', '2026-04-01', true], [null, '2026-03-05', '2026-03-06', false],
  ])('until %s is handed back between %s and %s: %s', (until, since, on, expected) => {
    expect(handedBack({ officer: { name: 'cb-2', until, substituteFor: 'cb-1' } }, since, on)).toBe(expected);
    expect(handedBack({ officer: null }, since, on)).toBe(false);
  });

  test('counts by the clock of the dossier', () => {
    const hub = received();
    hub.now = at('2026-03-06T08:00+07');
    expect(hub.says('issue', assign({ until: '2026-03-05' }))).toMatchObject({ code: 'FIELD_INVALID', meta: { problem: 'YYYY-MM-DD, ≥ 2026-03-06' } });
  });
});
