/** An office that works on the paper has not received the dossier before the paper is there: its clock, whose time that was, and what it made late. */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { lateness } from '../src/lateness.ts';
import { dossierDue, legDue, startOfDossier } from '../src/limits.ts';
import { papersOf } from '../src/papers-of-legs.ts';
import { punctualityOfLeg } from '../src/punctuality.ts';
import { printInstant } from '../src/time/index.ts';
import { timeline } from '../src/timeline.ts';
import { carried, collect, counter, deliver, dossierOf, following, form, latest, officeOf, place, post, received, seen, sent } from './world/papers.ts';
import type { PostSaying } from './world/papers.ts';
import { complete } from './world/sayings.ts';
import { at } from './world/world.ts';
import type { World } from './world/world.ts';

const hour = 3_600_000;
const context = (hub: World): ReturnType<World['context']> => hub.context(hub.service('oversight'));
const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(5, 16));
const due = (hub: World, leg = 'one'): string => short(legDue(dossierOf(hub), hub.legAt('oversight', leg), context(hub)).due);
const whole = (hub: World): string => short(dossierDue(dossierOf(hub), context(hub)).due);

function goTo(hub: World, time: string): void {
  hub.now = at(`2026-${time}+07`);
  hub.quiet();
}
const lost: PostSaying = { kind: 'fail', failure: 'lost', place }, returned: PostSaying = { kind: 'fail', failure: 'returned', place }, cancelled: PostSaying = { kind: 'cancel' };

/** Each step: when, and what happens then. Three working days from Monday 2 March, 8:00, in a dossier of ten. */
type Step = readonly [time: string, ...(PostSaying | 'send' | 'nothing in it')[]];

describe('the clock of an office that works on the paper', () => {
  test.each<[string, readonly Step[], string]>([
    ['stands while it is to be collected', [['03-10T08:00']], 'stands'],
    ['stands while the post has it', [['03-02T10:00', collect]], 'stands'],
    ['starts when it comes', [['03-02T10:00', collect], ['03-04T10:00', deliver]], '03-09T10:00'],
    ['starts with the next day\'s work when it comes after the hour of the handover', [['03-02T10:00', collect], ['03-04T15:30', deliver]], '03-09T17:00'],
    ['stands while it is back at the sender', [['03-02T10:00', collect], ['03-04T10:00', returned]], 'stands'],
    ['stands while nobody has sent again what was not collected', [['03-02T10:00', cancelled]], 'stands'],
    ['starts when it comes at the second attempt', [['03-02T10:00', cancelled], ['03-03T10:00', 'send'], ['03-03T11:00', collect], ['03-05T09:00', deliver]], '03-10T09:00'],
    ['starts when it is known to be lost: what is to be done is the office\'s', [['03-02T10:00', collect], ['03-05T10:00', lost]], '03-10T10:00'],
    ['starts when the envelope came, also without it', [['03-02T10:00', collect], ['03-04T10:00', deliver], ['03-05T10:00', 'nothing in it']], '03-09T10:00'],
  ])('%s', (_what, steps, expected) => {
    const hub = following();
    for (const [time, ...said] of steps) {
      goTo(hub, time);
      for (const one of said) {
        if (one === 'send') expect(hub.asks(sent(officeOf(hub, 'one')))).toBeNull();
        else if (one === 'nothing in it') expect(hub.says('one', seen(hub, []) as never)).toBeNull();
        else carried(hub, one);
      }
    }
    expect(due(hub)).toBe(expected);
    // What was promised to the citizen does not wait for the post.
    expect(whole(hub)).toBe('03-16T08:00');
  });

  test.each<[string, () => World]>([
    ['the procedure names none, whatever somebody sends', () => { const hub = received(); hub.asks(sent(officeOf(hub, 'one'))); carried(hub, collect); return hub; }],
    ['nobody has shown it on paper', () => following({ documents: [{ document: form, origin: { type: 'upload', digest: 'd', size: 1, mediaType: 'application/pdf' } }] } as never)],
  ])('runs from the takeover where %s', (_what, begun) => {
    const hub = begun();
    expect([papersOf(dossierOf(hub), hub.legAt('oversight', 'one')), due(hub)]).toEqual([null, '03-05T08:00']);
  });

  test('runs where the paper lies already, from the office\'s own takeover', () => {
    const hub = following({ names: ['one', 'two'], procedure: 'chain' });
    goTo(hub, '03-02T10:00');
    carried(hub, collect, deliver);
    hub.says('one', seen(hub) as never);
    hub.says('one', sent(officeOf(hub, 'two')) as never);
    carried(hub, collect, deliver);
    goTo(hub, '03-03T10:00');
    hub.says('one', complete());
    hub.quiet();
    expect(due(hub, 'two')).toBe('03-06T10:00');
  });

  test('of boundary-free intake is the whole dossier\'s, which starts with the competent office\'s own receipt', () => {
    const hub = following({ areas: { subject: 'tra-my@new' } });
    expect([whole(hub), short(startOfDossier(dossierOf(hub), context(hub)))]).toEqual(['03-16T08:00', '03-02T08:00']);
    carried(hub, collect);
    goTo(hub, '03-04T10:00');
    carried(hub, deliver);
    expect([due(hub), whole(hub), short(startOfDossier(dossierOf(hub), context(hub)))]).toEqual(['03-09T10:00', '03-18T10:00', '03-04T10:00']);
  });

  test('lets the office ask for a supplement from then on, not before it could look', () => {
    const ask = (hub: World): string | undefined => hub.says('one', { kind: 'ask-supplement', documents: [form], ground: '1/2026/NĐ-CP', held: [] })?.code;
    const late = following(), came = following(), never = following();
    for (const hub of [late, came]) { carried(hub, collect); goTo(hub, '03-05T10:00'); carried(hub, deliver); }
    goTo(late, '03-10T10:30');
    goTo(came, '03-10T09:30');
    goTo(never, '03-12T08:00');
    expect([late, came, never].map(ask)).toEqual(['SUPPLEMENT_TOO_LATE', undefined, undefined]);
  });

  test('stands while another office works on the same paper, which is not taken from it', () => {
    const hub = following({ names: ['left', 'right'], procedure: 'twins' });
    carried(hub, collect, deliver);
    hub.says('left', seen(hub) as never);
    hub.quiet();
    expect([[...dossierOf(hub).consignments.values()].length, due(hub, 'left'), due(hub, 'right')]).toEqual([1, '03-05T08:00', 'stands']);
    goTo(hub, '03-03T08:00');
    hub.says('left', complete());
    hub.quiet();
    expect([...dossierOf(hub).consignments.values()].map(({ plan }) => [plan.from, plan.to])).toEqual([[counter, officeOf(hub, 'left')], [officeOf(hub, 'left'), officeOf(hub, 'right')]]);
    goTo(hub, '03-03T10:00');
    carried(hub, collect, deliver);
    expect(due(hub, 'right')).toBe('03-06T10:00');
  });
});

describe('whose time it was', () => {
  const told = (hub: World): readonly string[] => timeline(dossierOf(hub), hub.now, context(hub)).map(({ from, to, who, cause, office, legs }) => `${short(from)} ${short(to)} ${who} ${cause} ${office} ${legs.join('+')}`.trim().replaceAll('  ', ' '));

  test('the post\'s from the order to the arrival, a transfer while it is back at whoever must send it again', () => {
    const hub = following();
    goTo(hub, '03-02T09:00');
    carried(hub, collect);
    goTo(hub, '03-02T10:00');
    carried(hub, returned);
    goTo(hub, '03-02T11:00');
    hub.asks(sent(officeOf(hub, 'one')));
    goTo(hub, '03-03T08:00');
    carried(hub, collect, deliver);
    goTo(hub, '03-03T09:00');
    expect(told(hub)).toEqual([
      '03-02T08:00 03-02T10:00 post carriage one', '03-02T10:00 03-02T11:00 transfer handover civil-hoi-an one', '03-02T11:00 03-03T08:00 post carriage one', '03-03T08:00 03-03T09:00 office work civil-hoi-an one',
    ]);
  });

  test('a late dossier names the post, in proportion', () => {
    const hub = following();
    carried(hub, collect);
    goTo(hub, '03-12T08:00');
    carried(hub, deliver);
    for (const [leg, time] of [['one', '03-18T08:00'], ['two', '03-19T08:00'], ['three', '03-19T10:00'], ['four', '03-20T08:00']] as const) {
      goTo(hub, time);
      if (leg === 'three') { hub.says('one', seen(hub) as never); hub.quiet(); }
      expect(hub.says(leg, complete(...hub.legAt('oversight', leg).plan.results))).toBeNull();
      hub.quiet();
    }
    const [first, second] = lateness(dossierOf(hub), hub.now, context(hub));
    // Eight working days with the post; four at an office that has three.
    expect(first!.intervals.map(({ who, cause, leg, millis }) => `${who} ${cause} ${leg} ${(millis / hour).toFixed(2)}`)).toEqual(['post carriage one 26.67', 'office work one 3.33']);
    expect([first!.leg, first!.punctuality.lateMillis / hour, second!.name, second!.punctuality.lateMillis / hour]).toEqual([null, 30, 'one', 7.5]);
    expect(first!.intervals.reduce((sum, one) => sum + one.millis, 0)).toBe(first!.punctuality.lateMillis);
  });

  test('a leg that is late because somebody sent it a paper names the post, too', () => {
    const hub = received();
    goTo(hub, '03-04T08:00');
    hub.asks(sent(officeOf(hub, 'one')));
    carried(hub, collect);
    goTo(hub, '03-09T08:00');
    carried(hub, deliver);
    goTo(hub, '03-10T08:00');
    const [one] = lateness(dossierOf(hub), hub.now, context(hub));
    expect(one!.intervals.map(({ who, cause, office }) => `${who} ${cause} ${office}`.trim())).toEqual(['post carriage', 'office work civil-hoi-an']);
  });
});

// ---------------------------------------------------------------- all histories

type Act = { readonly hours: number; readonly saying: PostSaying | 'send' | 'count' | 'complete' };
const acts = fc.record({
  hours: fc.nat(40),
  saying: fc.oneof({ weight: 4, arbitrary: fc.constant(collect) }, { weight: 4, arbitrary: fc.constant(deliver) }, fc.constantFrom(lost, returned, cancelled), { weight: 2, arbitrary: fc.constantFrom('send' as const, 'count' as const) }, fc.constant('complete' as const)),
});

function happens(hub: World, { hours, saying }: Act): void {
  hub.now += hours * hour;
  hub.quiet();
  const leg = ['one', 'two', 'three', 'four'].find((name) => hub.legAt('oversight', name).status === 'open');
  if (saying === 'send') hub.asks(sent(officeOf(hub, 'one')));
  else if (saying === 'count') { if (leg !== undefined) hub.says(leg, seen(hub) as never); } else if (saying === 'complete') { if (leg !== undefined) hub.says(leg, complete(...hub.legAt('oversight', leg).plan.results)); } else post(hub, latest(hub), saying);
  hub.quiet();
}

test('whatever becomes of the paper: every minute is somebody\'s, no office is late before it had what it works on, and where the clock stands somebody is to bring it', () => {
  fc.assert(fc.property(fc.array(acts, { maxLength: 25 }), (history) => {
    const hub = following();
    for (const one of history) {
      happens(hub, one);
      const dossier = dossierOf(hub), life = timeline(dossier, hub.now, context(hub));
      expect(life.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(hub.now - dossier.root!.receivedAt);
      expect(life.every(({ from }, n) => n === 0 || from === life[n - 1]!.to)).toBe(true);
      for (const leg of dossier.legs.values()) {
        const papers = papersOf(dossier, leg), found = punctualityOfLeg(dossier, leg, hub.now, context(hub));
        if (papers?.awaited === null && leg.takenOver !== null) expect(legDue(dossier, leg, context(hub)).due! > papers.arrivedAt).toBe(true);
        if (papers?.awaited != null) expect(found === null || found.due === null).toBe(true);
        const coming = [...dossier.consignments.values()].some(({ plan, ended }) => plan.to === leg.office && ended === null);
        if (papers?.awaited != null && leg.status === 'open') expect(coming ? 'post' : 'holder').toBe(papers.awaited);
      }
    }
  }), { numRuns: 120 * inject('size') });
});
