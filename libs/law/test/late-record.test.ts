/** Paper taken while the systems were down, entered afterwards. */
import { describe, expect, test } from 'vitest';
import type { Outage } from '../src/types.ts';
import { suspensions } from '../src/suspensions.ts';
import { dossierDue } from '../src/limits.ts';
import { handovers } from '../src/exchange.ts';
import { printInstant } from '../src/time/index.ts';
import { timeline } from '../src/timeline.ts';
import { complete } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(0, 16));
const outage = (to: string | null, offices?: readonly string[]): Outage => ({ id: 'SC-9', from: at('2026-03-02T09:00+07'), to: to === null ? null : at(to), name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 9', status: 'read' }, ...(offices === undefined ? {} : { offices }) });
const late = { receivedAt: at('2026-03-02T10:00+07'), outage: 'SC-9' };

function downUntil(to: string | null, offices?: readonly string[]): World {
  const hub = new World('2026-03-03T10:00+07');
  hub.announce({ outages: [outage(to, offices)] });
  return hub;
}
const whole = (hub: World): string => { const service = hub.service('oversight'); return short(dossierDue(service.dossier, hub.context(service)).due); };

describe('a dossier taken on paper in an outage', () => {
  test('counts from when it was handed in, the outage left out; what the receipt promises is what stands', () => {
    const hub = downUntil('2026-03-03T09:00+07');
    hub.submit('extract', { late });
    const root = hub.service('intake').dossier.root!;
    // received at 10:00; the clock stands until 9:00 of the next day: six hours of the first and an hour and a half of the second day of work
    expect([short(root.receivedAt), short(root.body.startsAt), short(root.body.dueAt), root.body.lateRecord]).toEqual(['2026-03-02T10:00', '2026-03-02T10:00', '2026-03-17T09:00', { outage: 'SC-9', ground: 'Thông báo 9' }]);
    expect(root.recordedAt).toBe(at('2026-03-03T10:00+07'));
    hub.quiet();
    expect(whole(hub)).toBe('2026-03-17T09:00');
    expect(suspensions(hub.service('oversight').dossier)).toMatchObject([{ leg: '', item: 'SC-9', from: at('2026-03-02T10:00+07'), to: at('2026-03-03T09:00+07'), ground: 'Thông báo 9' }]);
  });

  test('its life begins with the outage, and nobody is told of a handover before it was entered', () => {
    const hub = downUntil('2026-03-03T09:00+07');
    hub.submit('extract', { late });
    hub.quiet();
    hub.now += 60_000;
    const { dossier } = hub.service('oversight'), context = hub.context(hub.service('oversight'));
    expect(timeline(dossier, hub.now, context).map((one) => `${short(one.from)} ${one.who}`)).toEqual(['2026-03-02T10:00 outage', '2026-03-03T09:00 transfer', '2026-03-03T10:00 office']);
    expect(handovers(dossier, hub.now, context).map((one) => one.missed)).toEqual([[]]);
  });

  test('while the outage lasts elsewhere its date is provisional', () => {
    const hub = downUntil(null);
    hub.submit('extract', { late });
    expect(hub.service('intake').dossier.root!.body.provisional).toBe(true);
    hub.quiet();
    expect(whole(hub)).toBe('stands');
  });

  test('of one office: the dossier stands still all the same', () => {
    const hub = downUntil('2026-03-03T09:00+07', ['counter-hoi-an']);
    hub.submit('extract', { late });
    hub.quiet();
    expect(whole(hub)).toBe('2026-03-17T09:00');
  });

  test.each([
    ['no such outage', { ...late, outage: 'SC-0' }, undefined, 'OUTAGE_UNKNOWN'], ['before it', { ...late, receivedAt: at('2026-03-02T08:59+07') }, undefined, 'OUTSIDE_OUTAGE'],
    ['after recovery', { ...late, receivedAt: at('2026-03-03T09:00+07') }, undefined, 'OUTSIDE_OUTAGE'], ['in the future', { ...late, receivedAt: at('2026-03-03T10:01+07') }, undefined, 'OUTSIDE_OUTAGE'],
    ['at no time', { ...late, receivedAt: NaN }, undefined, 'OUTSIDE_OUTAGE'], ['of another office', late, ['tax'], 'OUTSIDE_OUTAGE'],
  ])('%s is refused', (_what, given, offices, code) => {
    const hub = downUntil('2026-03-03T09:00+07', offices);
    expect(() => hub.submit('extract', { late: given })).toThrow(code);
  });

  test('a rehearsal has no outage', () => {
    expect(() => downUntil('2026-03-03T09:00+07').submit('extract', { late, rehearsal: at('2026-03-02T10:00+07') })).toThrow('late_record');
  });
});

describe('a supplement', () => {
  const ask: LegSaying = { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] };
  const deliver = (time: string) => ({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }], late: { receivedAt: at(time), outage: 'SC-9' } }) as const;

  test('that was handed in on paper ends the wait when it was handed in', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    expect(hub.says('issue', ask)).toBeNull();
    hub.quiet();
    hub.now = at('2026-03-03T10:00+07');
    hub.announce({ outages: [outage('2026-03-03T09:00+07')] });
    hub.quiet();
    expect(hub.asks(deliver('2026-03-03T09:30+07'))).toMatchObject({ code: 'OUTSIDE_OUTAGE' });
    expect(hub.asks(deliver('2026-03-02T15:00+07'))).toBeNull();
    hub.quiet();
    expect(suspensions(hub.service('oversight').dossier).find((one) => one.cause === 'supplement')).toMatchObject({ to: at('2026-03-02T15:00+07') });
    expect(hub.says('issue', complete('extract'))).toBeNull();
  });

  test('does not lapse for days on which nothing could be handed in', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    hub.says('issue', ask);
    hub.quiet();
    hub.announce({ outages: [outage(null)] });
    hub.quiet();
    hub.now = at('2026-03-20T08:00+07');
    hub.quiet();
    const request = () => [...hub.service('oversight').dossier.requests.values()][0]!;
    expect(request().ended).toBeNull();
    hub.announce({ outages: [outage('2026-03-20T09:00+07')] });
    hub.now = at('2026-03-20T10:00+07');
    hub.quiet();
    expect(request().ended).toBeNull();
    hub.now = at('2026-04-20T10:00+07');
    hub.quiet();
    expect(short(request().ended!.at)).toBe('2026-03-31T08:00');
  });
});

test('an office that could not answer has not consented', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('terminate');
  hub.quiet();
  hub.announce({ outages: [outage('2026-03-03T09:00+07', ['tax'])] });
  hub.now = at('2026-03-04T10:00+07');
  hub.quiet();
  const request = () => [...hub.service('oversight').dossier.requests.values()][0]!;
  expect(request().ended).toBeNull();
  hub.now = at('2026-03-06T10:00+07');
  hub.quiet();
  expect([short(request().ended!.at), request().ended!.outcome]).toEqual(['2026-03-05T08:00', 'consent']);
});
