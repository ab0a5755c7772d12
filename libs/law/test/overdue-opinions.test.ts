/** An opinion whose silence means nothing: the asker hears that it is overdue, and goes on or waits. */
import { describe, expect, test } from 'vitest';
import { wakeAt } from '../src/duties.ts';
import { silenceGraceMs } from '../src/duties-of-legs.ts';
import type { Request } from '../src/dossier.ts';
import { workToTheEnd } from './world/officials.ts';
import { complete, kindsOf, refusal } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const due = at('2026-03-04T08:00+07'), minute = 60_000;
const asked: LegSaying = { kind: 'consult', office: 'tax', question: 'có ý kiến?', limit: '2wd', silence: 'none' };
const answered: LegSaying = { kind: 'complete', results: [], opinion: 'agree' };

/** The only leg of an extract, which has asked the tax office at 8:00 on Monday. */
function consulting(silence: 'none' | 'consent' = 'none'): World {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  expect(hub.says('issue', { ...asked, silence } as LegSaying)).toBeNull();
  hub.quiet();
  return hub;
}
const opinion = (hub: World): Request => [...hub.service('general-agency').dossier.requests.values()].find((one) => one.plan.request === 'consultation')!;
const waive = (hub: World, reason = 'không chờ được nữa'): LegSaying => ({ kind: 'waive-opinion', opinion: opinion(hub).id, reason });
const decide = (hub: World): string | null => hub.says('issue', complete('extract'))?.code ?? null;

test('it is marked ten minutes after it fell due, as of then, once, and stays open', () => {
  const hub = consulting();
  const asker = hub.service('general-agency');
  expect(wakeAt(asker.dossier, hub.context(asker))).toBe(due + silenceGraceMs);
  hub.now = due + 10 * minute - 1;
  hub.quiet();
  expect(opinion(hub)).toMatchObject({ overdueSince: null, ended: null });
  hub.now = due + 10 * minute;
  hub.quiet();
  expect(opinion(hub)).toMatchObject({ overdueSince: due, ended: null });
  hub.now = due + 24 * 60 * minute;
  hub.quiet();
  expect(kindsOf(asker).filter((kind) => kind === 'opinion-overdue')).toHaveLength(1);
  expect(wakeAt(asker.dossier, hub.context(asker))).toBeNull();
  expect(decide(hub)).toBe('BLOCKED');
});

test('it is not overdue while an announced outage kept the consulted office from answering', () => {
  const hub = consulting();
  hub.announce({ outages: [{ id: 'SC-1', from: at('2026-03-03T08:00+07'), to: at('2026-03-04T08:00+07'), name: { vi: 'Sự cố', en: 'Outage' }, offices: ['tax'], source: { act: '9/TB-UBND', status: 'read' } }] });
  hub.now = due + 10 * minute;
  hub.quiet();
  expect(opinion(hub)).toMatchObject({ overdueSince: null, ended: null });
  hub.now = at('2026-03-05T08:10+07');
  hub.quiet();
  expect(opinion(hub)).toMatchObject({ overdueSince: at('2026-03-05T08:00+07'), ended: null });
});

describe('the asker', () => {
  test('may not go on before it is overdue, nor without saying why, nor in another\'s name', () => {
    const hub = consulting();
    expect(hub.says('issue', waive(hub))).toMatchObject({ code: 'OPINION_NOT_OVERDUE', meta: { due: '2026-03-04T08:00:00+07:00' } });
    hub.now = due + 10 * minute;
    hub.quiet();
    expect(hub.says('issue', waive(hub, ''))).toMatchObject({ code: 'REASON_MISSING' });
    expect(hub.says('issue', waive(hub), 'police')).toMatchObject({ code: 'NOT_HOLDER' });
    expect(hub.says('issue', { kind: 'waive-opinion', opinion: 'x/1/0', reason: 'x' })).toMatchObject({ code: 'UNKNOWN_ITEM' });
  });

  test('goes on without it: the task of the consulted office ends, and nothing is asked again', () => {
    const hub = consulting();
    hub.now = due + 10 * minute;
    hub.quiet();
    expect(hub.says('issue', waive(hub))).toBeNull();
    hub.quiet();
    expect(opinion(hub)).toMatchObject({ ended: { outcome: 'none', at: hub.now } });
    expect(hub.says('issue.opinion', answered)).toMatchObject({ code: 'OUT_OF_ORDER' });
    expect(hub.says('issue', waive(hub))).toMatchObject({ code: 'OPINION_NOT_OVERDUE' });
    expect(decide(hub)).toBeNull();
    expect(workToTheEnd(hub)).toBe('returned');
  });

  test('waits: what comes late is the answer, also where it comes as the asker goes on', () => {
    const hub = consulting();
    hub.now = due + 3 * 24 * 60 * minute;
    hub.quiet();
    expect(hub.says('issue.opinion', answered)).toBeNull();
    hub.quiet();
    expect(opinion(hub)).toMatchObject({ overdueSince: due, ended: { outcome: 'agree' } });
    expect(decide(hub)).toBeNull();

    const other = consulting();
    other.now = due + 10 * minute;
    other.quiet();
    expect(other.says('issue', waive(other))).toBeNull();
    // Both at the same moment: an opinion that is there counts.
    expect(other.says('issue.opinion', answered)).toBeNull();
    other.quiet();
    expect(opinion(other)).toMatchObject({ ended: { outcome: 'agree' } });
  });
});

describe('the consulted office stopped for a refusal that was taken back before the asker heard of the stop', () => {
  test.each([
    ['nobody waits for the opinion', false, 'ended'],
    ['who has said that it goes on without the opinion has gone on', true, 'none'],
  ])('%s', (_name, waived, outcome) => {
    const hub = new World();
    hub.submit('allowance');
    hub.quiet();
    expect(hub.says('verification', asked)).toBeNull();
    hub.quiet();
    const opinion = (): Request => [...hub.service('social-protection').dossier.requests.values()].find((one) => one.plan.request === 'consultation')!;
    hub.now = due + 10 * minute;
    hub.quiet();
    if (waived) expect(hub.says('verification', { kind: 'waive-opinion', opinion: opinion().id, reason: 'không chờ được nữa' })).toBeNull();
    expect(hub.says('verification', refusal)).toBeNull();
    hub.tell('social-protection', 'general-agency');
    hub.perform('general-agency');
    expect(hub.legAt('general-agency', 'verification.opinion')).toMatchObject({ status: 'stopped', stopReason: 'refused' });
    expect(hub.says('verification', { kind: 'revoke', reason: 'sai' })).toBeNull();
    hub.quiet();
    expect(opinion()).toMatchObject({ ended: { outcome } });
    expect(workToTheEnd(hub)).toBe('returned');
  });
});

test('where silence is consent nothing is overdue: it is the answer', () => {
  const hub = consulting('consent');
  hub.now = due + 10 * minute;
  hub.quiet();
  expect(opinion(hub)).toMatchObject({ overdueSince: null, ended: { outcome: 'consent', at: due } });
});

test.each([
  ['an office that is no more', { office: 'civil-hoa-lien' }, 'OFFICE_NOT_IN_FORCE', 'consulted_office'], ['a limit that is none', { limit: 'hai ngày' }, 'BAD_SPAN', 'limit'],
])('%s is not asked, and the field is named', (_what, more, code, field) => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  expect(hub.says('issue', { ...asked, ...more } as LegSaying)).toMatchObject({ code, field });
});

test('asked for within hours it is given, however the procedure counts its days', () => {
  const hub = new World(), { reference } = hub;
  hub.reference = { ...reference, procedure: (code, on) => { const found = reference.procedure(code, on); return found === undefined ? undefined : { ...found, counting: 'first-day-excluded' }; } };
  hub.submit('extract');
  hub.quiet();
  expect(hub.says('issue', { ...asked, limit: '4wh' } as LegSaying)).toBeNull();
  hub.quiet();
  expect(hub.says('issue.opinion', answered)).toBeNull();
  hub.quiet();
  expect(opinion(hub).ended).toMatchObject({ outcome: 'agree' });
});
