/** Originals that follow a dossier by post: wherever somebody sends, loses, returns or counts them, each is in exactly one known hand. */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import type { Consignment } from '../src/dossier.ts';
import type { Hand } from '../src/hand-of.ts';
import { carriersOf, confirmationOf, originalOf } from '../src/originals.ts';
import { timeline } from '../src/timeline.ts';
import { closedEverywhere, complete, returned } from './world/sayings.ts';
import { carried, collect, counter, deliver, dossierOf, following, form, latest, officeOf, paper, place, post, received, seen, sent, where } from './world/papers.ts';
import type { PostSaying } from './world/papers.ts';
import { services } from './world/world.ts';
import type { RootSaying, World } from './world/world.ts';

describe('an original', () => {
  test('lies where it was shown, goes to the office of the first leg, is counted there, and goes on with the dossier', () => {
    const hub = received(), one = officeOf(hub, 'one'), two = officeOf(hub, 'two');
    expect(originalOf(dossierOf(hub), form).hand).toEqual({ kind: 'sender', place: counter });
    expect(hub.asks(sent(one))).toBeNull();
    expect(hub.asks(sent(two))?.meta['holder']).toMatch(/ \(bưu gửi .*đã đặt\)$/);
    carried(hub, collect);
    expect(originalOf(dossierOf(hub), form).hand).toEqual({ kind: 'post', office: 'post-hoi-an' });
    expect(hub.asks(sent(two))?.code).toBe('ORIGINAL_ELSEWHERE');
    carried(hub, deliver);
    expect(originalOf(dossierOf(hub), form).hand).toEqual({ kind: 'receiver', place: one });
    expect(hub.says('one', sent(two) as never)).toMatchObject({ code: 'ORIGINAL_ELSEWHERE', meta: { holder: expect.stringMatching(/ \(bưu gửi .+ chờ xác nhận\)$/) as unknown } });
    expect(hub.says('two', seen(hub) as never)?.code).toBe('NOT_THE_ADDRESSEE');
    expect(hub.says('one', seen(hub) as never)).toBeNull();
    expect(hub.says('one', seen(hub) as never)?.code).toBe('CONSIGNMENT_CONFIRMED');
    expect(hub.says('one', complete())).toBeNull();
    expect(hub.says('one', sent(two) as never)).toBeNull();
    carried(hub, collect, deliver);
    expect(hub.says('two', seen(hub) as never)).toBeNull();
    hub.quiet();
    expect(carriersOf(dossierOf(hub), form)).toHaveLength(2);
    expect(originalOf(dossierOf(hub), form).hand).toEqual({ kind: 'receiver', place: two });
  });

  test.each<[string, RootSaying, string]>([
    ['no document', sent('counter-tra-my', []), 'FIELD_MISSING'], ['the same twice', sent('counter-tra-my', [form, form]), 'FIELD_INVALID'], ['a document of another procedure', sent('counter-tra-my', ['deed']), 'DOCUMENT_UNKNOWN'],
    ['an unknown office', sent('nowhere'), 'UNKNOWN_OFFICE'], ['an office that has ended', sent('counter-tra-my-old'), 'OFFICE_NOT_IN_FORCE'], ['an office without a part in it', sent('tax'), 'NOT_IN_DOSSIER'], ['to itself', sent(counter), 'FIELD_INVALID'],
    ['home, and nobody said where that is', sent('home'), 'FIELD_MISSING'], ['what is at home still', sent('counter-tra-my', [paper]), 'ORIGINAL_ELSEWHERE'],
    ['a pick-up of what lies at the counter', { kind: 'order-pick-up', to: counter, documents: [form], collect: false, where }, 'ORIGINAL_ELSEWHERE'], ['a pick-up without an address', { kind: 'order-pick-up', to: counter, documents: [paper], collect: false }, 'FIELD_MISSING'],
    ['counting what nobody sent', { kind: 'confirm-consignment', consignment: 'x', received: [] }, 'UNKNOWN_ITEM'], ['a result that is not there', { kind: 'send-result', to: 'counter-tra-my' }, 'NOTHING_TO_RETURN'],
  ])('%s is refused', (_what, saying, code) => {
    expect(received().asks(saying)?.code).toBe(code);
  });

  test('changes hands for a code or a signature only', () => {
    const hub = received();
    hub.asks(sent(officeOf(hub, 'one')));
    hub.quiet();
    expect(post(hub, latest(hub), { kind: 'scan', state: 'collected', place })).toBe('HANDOVER_UNPROVED');
    expect(post(hub, latest(hub), collect)).toBeNull();
    expect(post(hub, latest(hub), { kind: 'deliver', place, codCollected: 0 })).toBe('HANDOVER_UNPROVED');
  });

  test('that was signed for and was not in it is lost, and the post that delivered answers', () => {
    const hub = received();
    hub.asks(sent(officeOf(hub, 'one')));
    carried(hub, collect, deliver);
    expect(hub.says('one', seen(hub, []) as never)).toBeNull();
    expect(originalOf(hub.holderOf('one').dossier, form).hand).toEqual({ kind: 'lost', office: 'post-hoi-an' });
  });

  test('comes from home to the counter, once the postman finds somebody there', () => {
    const hub = received();
    expect(hub.asks({ kind: 'order-pick-up', to: counter, documents: [paper], collect: false, where })).toBeNull();
    carried(hub, { kind: 'fail', failure: 'attempt', place, reason: 'absent' });
    expect(originalOf(dossierOf(hub), paper).hand).toEqual({ kind: 'sender', place: 'home' });
    expect(post(hub, latest(hub), { kind: 'scan', state: 'out-for-delivery', place })).toBe('CONSIGNMENT_OUT_OF_ORDER');
    carried(hub, collect, deliver);
    expect(hub.asks(seen(hub, [paper]), 'counter-tra-my')?.code).toBe('NOT_THE_ADDRESSEE');
    expect(hub.asks(seen(hub, ['other']))?.code).toBe('FIELD_INVALID');
    expect(hub.asks(seen(hub, [paper]))).toBeNull();
    expect(hub.asks(sent(officeOf(hub, 'one'), [paper, form]))).toBeNull();
    expect(latest(hub).plan.carries).toBe('papers');
    hub.quiet();
    expect(originalOf(dossierOf(hub), paper).carrier?.plan.originals).toEqual([{ document: paper, by: expect.any(String) as string }, { document: form, by: '' }]);
  });

  test('keeps the dossier open until its addressee has said what came', () => {
    const hub = received();
    hub.asks(sent(officeOf(hub, 'four')));
    carried(hub, collect, deliver);
    for (const leg of ['one', 'two', 'three', 'four']) { hub.says(leg, complete(...hub.legAt(hub.holderOf(leg).name, leg).plan.results)); hub.quiet(); }
    hub.asks(returned);
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('open');
    expect(hub.says('four', sent(counter) as never)?.code).toBe('SETTLED');
    expect(hub.says('four', seen(hub) as never)).toBeNull();
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('returned');
  });
});

test('the time in which an office waits for originals that the post has is the post\'s, and what goes before and after is the office\'s', () => {
  const hub = received(), hour = 3_600_000;
  hub.asks(sent(officeOf(hub, 'one')));
  hub.quiet();
  hub.now += hour;
  carried(hub, collect);
  hub.now += 3 * hour;
  carried(hub, deliver);
  hub.now += hour;
  const life = timeline(dossierOf(hub), hub.now, hub.context(hub.service('oversight'))), of = (who: string): number => life.filter((one) => one.who === who).reduce((sum, one) => sum + one.to - one.from, 0);
  expect([of('post'), of('office') + of('outside-hours'), life.reduce((sum, one) => sum + one.to - one.from, 0)]).toEqual([3 * hour, 2 * hour, 5 * hour]);
});

describe('where the procedure says that an office works on the paper', () => {
  const orders = (hub: World): unknown => [...dossierOf(hub).consignments.values()].map(({ plan }) => [plan.from, plan.to, plan.originals!.map((one) => one.document).join()]);

  test('it follows by itself: to the first such office at once, to the next when that has its turn and the paper was counted', () => {
    const hub = following(), one = officeOf(hub, 'one'), three = officeOf(hub, 'three');
    expect(orders(hub)).toEqual([[counter, one, form]]);
    for (const leg of ['one', 'two']) { hub.says(leg, complete()); hub.quiet(); }
    expect(orders(hub)).toHaveLength(1);
    carried(hub, collect, deliver);
    expect(orders(hub)).toHaveLength(1);
    hub.says('one', seen(hub) as never);
    hub.quiet();
    expect(orders(hub)).toEqual([[counter, one, form], [one, three, form]]);
  });

  test('what was taken back on the way is not sent again by itself', () => {
    const hub = following();
    expect(post(hub, latest(hub), { kind: 'cancel' }, counter)).toBeNull();
    hub.quiet();
    expect(orders(hub)).toHaveLength(1);
    expect(hub.asks(sent(officeOf(hub, 'one')))).toBeNull();
  });
});

// ---------------------------------------------------------------- all histories

type Act =
  | { readonly kind: 'send'; readonly from: number; readonly to: number; readonly documents: readonly string[] } | { readonly kind: 'pick-up'; readonly to: number } | { readonly kind: 'count'; readonly by: number; readonly one: number; readonly received: readonly string[] }
  | { readonly kind: 'post'; readonly one: number; readonly saying: PostSaying; readonly by: string } | { readonly kind: 'tell' };

const documents = fc.subarray([form, paper], { minLength: 1 });
const postSayings = fc.oneof(
  { weight: 4, arbitrary: fc.constant(collect) }, { weight: 4, arbitrary: fc.constant(deliver) }, fc.constantFrom('in-transit', 'out-for-delivery').map((state): PostSaying => ({ kind: 'scan', state, place })),
  fc.constantFrom('attempt', 'returned', 'lost').map((failure): PostSaying => ({ kind: 'fail', failure, place })), fc.constant<PostSaying>({ kind: 'cancel' }),
);
const acts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), from: fc.nat(9), to: fc.nat(9), documents }) }, fc.record({ kind: fc.constant('pick-up' as const), to: fc.nat(1) }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('count' as const), by: fc.nat(9), one: fc.nat(9), received: fc.oneof({ weight: 3, arbitrary: fc.constant([form, paper]) }, fc.subarray([form, paper])) }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('post' as const), one: fc.nat(2), saying: postSayings, by: fc.constantFrom('post-hoi-an', 'post-hoi-an', 'post-tra-my') }) }, { weight: 6, arbitrary: fc.constant({ kind: 'tell' as const }) },
);

/** The world as a witness sees it, who knows nothing of the law: where each paper is, and whether it lies there unseen in its envelope. */
type Truth = { readonly hand: Hand; readonly unseen: boolean };
type Witness = { readonly truth: Map<string, Truth>; readonly envelopes: Map<string, readonly string[]> };

const legs = ['one', 'two', 'three', 'four'] as const;
const actorsOf = (hub: World): readonly string[] => [counter, 'counter-tra-my', ...legs.map((leg) => officeOf(hub, leg))];

function speak(hub: World, actor: number, saying: RootSaying): { readonly office: string; readonly refusal: string | null } {
  const n = actor % (legs.length + 2), office = actorsOf(hub)[n]!;
  const refusal = n < 2 ? hub.asks(saying, office) : hub.says(legs[n - 2]!, saying as never);
  return { office, refusal: refusal?.code ?? null };
}

function newest(hub: World): Consignment {
  return [...services].flatMap((name) => [...hub.service(name).dossier.consignments.values()]).toSorted((a, b) => a.openedAt - b.openedAt).at(-1)!;
}

function act(hub: World, witness: Witness, given: Act): void {
  hub.now += 1_000;
  switch (given.kind) {
    case 'tell': hub.quiet(); return;
    case 'pick-up': if (hub.asks({ kind: 'order-pick-up', to: actorsOf(hub)[given.to]!, documents: [paper], collect: false, where }) === null) packed(hub, witness, 'home', [paper]); return;
    case 'send': {
      const { office, refusal } = speak(hub, given.from, sent(actorsOf(hub)[given.to % 6]!, given.documents));
      if (refusal === null) packed(hub, witness, office, given.documents);
      return;
    }
    case 'count': count(hub, witness, given); return;
    case 'post': carry(hub, witness, given);
  }
}

/** Only who has a paper in hand can have put it into an envelope. */
function packed(hub: World, { truth, envelopes }: Witness, office: string, into: readonly string[]): void {
  for (const document of into) {
    expect(truth.get(document)).toEqual({ hand: { kind: expect.stringMatching(/sender|receiver/) as string, place: office }, unseen: false });
    expect([...envelopes.values()].flat()).not.toContain(document);
  }
  envelopes.set(newest(hub).id, into);
}

function count(hub: World, { truth }: Witness, { by, one, received: found }: Act & { readonly kind: 'count' }): void {
  const all = [...dossierOf(hub).consignments.values()], parcel = all[all.length === 0 ? 0 : one % all.length];
  if (parcel === undefined) return;
  const inside = parcel.plan.originals!.map(({ document }) => document);
  const { refusal } = speak(hub, by, { kind: 'confirm-consignment', consignment: parcel.id, received: found.filter((document) => inside.includes(document)) });
  if (refusal !== null) return;
  for (const document of inside) truth.set(document, found.includes(document) ? { ...truth.get(document)!, unseen: false } : { hand: { kind: 'lost', office: parcel.scans.at(-1)!.office }, unseen: false });
}

function carry(hub: World, { truth, envelopes }: Witness, { one, saying, by }: Act & { readonly kind: 'post' }): void {
  const open = [...hub.service('postal').dossier.consignments.values()].filter(({ ended }) => ended === null), parcel = open[open.length === 0 ? 0 : one % open.length];
  if (parcel === undefined || post(hub, parcel, saying, by) !== null) return;
  const inside = envelopes.get(parcel.id)!, before = truth.get(inside[0]!)!.hand;
  const said = saying.kind === 'scan' ? saying.state : saying.kind === 'fail' ? saying.failure : saying.kind;
  const after: Hand = said === 'deliver' ? { kind: 'receiver', place: parcel.plan.to } : said === 'returned' || said === 'cancel' ? { kind: 'sender', place: parcel.plan.from } : said === 'lost' ? { kind: 'lost', office: (before as { readonly office: string }).office }
    : said === 'attempt' && before.kind !== 'post' ? before : { kind: 'post', office: by };
  for (const document of inside) truth.set(document, { hand: after, unseen: said === 'deliver' });
  if (['deliver', 'returned', 'cancel', 'lost'].includes(said)) envelopes.delete(parcel.id);
}

const placeOf = (hand: Hand): string => ('office' in hand ? `${hand.kind} ${hand.office}` : hand.place);

test('whoever sends, carries, loses, returns or counts, and whoever hears of it late: each original is in the one hand in which it is, in every copy', () => {
  fc.assert(fc.property(fc.array(acts, { maxLength: 60, size: 'max' }), (history) => {
    const hub = received();
    const witness: Witness = { truth: new Map([[form, { hand: { kind: 'sender', place: counter }, unseen: false }], [paper, { hand: { kind: 'sender', place: 'home' }, unseen: false }]]), envelopes: new Map() };
    for (const one of history) act(hub, witness, one);
    hub.quiet();
    for (const name of services) {
      const { dossier } = hub.service(name);
      if (dossier.root === null) continue;
      for (const [document, { hand }] of witness.truth) expect(placeOf(originalOf(dossier, document).hand), `${name}: ${document}`).toBe(placeOf(hand));
    }
  }), { numRuns: 150 * inject('size') });
});

test('two that claim to send the same original on, as only a forked log can have them: the first counts in every copy', () => {
  const hub = received(), land = hub.holderOf('two');
  hub.asks(sent(officeOf(hub, 'one')));
  const plan = { type: 'consignment', carries: 'originals', from: officeOf(hub, 'two'), to: counter, cod: 0, results: [], originals: [{ document: form, by: '' }] } as const;
  hub.now += 1_000;
  hub.write(land, [{ item: hub.id('two'), kind: 'originals-sent', creates: ['postal~0000000000000001'], body: { to: counter, items: [plan] } }]);
  hub.quiet();
  const [first] = [...hub.service('intake').dossier.consignments.values()].filter((one) => one.plan.from === counter);
  for (const name of ['intake', 'land', 'postal', 'oversight'] as const) expect(carriersOf(hub.service(name).dossier, form).map((one) => one.id)).toEqual([first!.id]);
  expect(confirmationOf(dossierOf(hub), first!)).toBeUndefined();
});
