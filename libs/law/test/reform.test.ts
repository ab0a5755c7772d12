import { describe, expect, test } from 'vitest';
import { partByFacts } from '../src/area-parts.ts';
import { wakeAt } from '../src/duties.ts';
import { partsAsked } from '../src/rehoming.ts';
import { at, World } from './world/world.ts';
import { closedEverywhere, complete, kindsOf, returned, statuses, withdrawal } from './world/sayings.ts';

const june = '2025-06-26T08:00+07', july = '2025-07-01T08:00+07';

function submitted(procedure: string, area: string, more: Parameters<World['submit']>[1] = {}): World {
  const hub = new World(june);
  hub.submit(procedure, { areas: { subject: area }, ...more });
  hub.quiet();
  return hub;
}

function afterReform(hub: World): void {
  hub.now = at(july);
  hub.quiet();
}

test('a commune that is merged: its holder moves the leg to the successor, who finishes; history keeps the old name', () => {
  const hub = submitted('extract', 'tra-my@old', { by: { office: 'counter-tra-my-old', officer: 'An' }, return: { way: 'counter', office: 'counter-tra-my-old' } });
  const agency = hub.service('general-agency'), intake = hub.service('intake');
  expect(wakeAt(agency.dossier, hub.context(agency))).toBe(at('2025-07-01T00:00+07'));
  expect(wakeAt(intake.dossier, hub.context(intake))).toBe(at('2025-07-01T00:00+07'));
  afterReform(hub);
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'civil-tra-my', area: 'tra-my@new', status: 'open', round: 1, plan: { office: 'civil-tra-my-old' }, rehomed: [{ from: 'civil-tra-my-old', fromName: { vi: 'Cơ quan civil-tra-my-old' } }] });
  expect(hub.service('oversight').dossier.root).toMatchObject({ counter: 'counter-tra-my', returnOffice: 'counter-tra-my', body: { counter: 'counter-tra-my-old' } });
  expect(hub.says('issue', complete('extract'), 'civil-tra-my-old')).toMatchObject({ code: 'NOT_HOLDER' });
  expect(hub.says('issue', complete('extract'))).toBeNull();
  hub.quiet();
  expect(hub.asks(returned, 'counter-tra-my')).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('an office that has ended speaks for nobody: neither for the citizen at its counter nor for what it decided, which whoever took over corrects', () => {
  const hub = submitted('extract', 'tra-my@old', { by: { office: 'counter-tra-my-old', officer: 'An' }, return: { way: 'counter', office: 'counter-tra-my-old' } });
  expect(hub.says('issue', complete('extract'))).toBeNull();
  hub.quiet();
  afterReform(hub);
  const notInForce = { code: 'OFFICE_NOT_IN_FORCE', field: 'office', meta: { office: 'Cơ quan counter-tra-my-old (counter-tra-my-old)', successor: 'Cơ quan counter-tra-my (counter-tra-my)' } };
  for (const saying of [returned, withdrawal, { kind: 'correct', particulars: [], reason: 'gõ nhầm' }, { kind: 'adopt-rules', documents: [] }] as const) expect(hub.asks(saying, 'counter-tra-my-old')).toMatchObject(notInForce);
  const amend = { kind: 'amend-result', amendment: 'correction', result: 'extract', number: 'extract/01', newNumber: 'extract/02', digest: '', ground: '123/2015/NĐ-CP, Điều 25', reason: 'ghi sai', inRegister: false } as const, notHolder = { code: 'NOT_HOLDER', meta: { holder: 'Cơ quan civil-tra-my' } };
  for (const saying of [amend, { kind: 'revoke', reason: 'sai' }, { kind: 'reopen', reason: 'sai' }] as const) expect(hub.says('issue', saying, 'civil-tra-my-old')).toMatchObject(notHolder);
  expect(hub.says('issue', amend, 'civil-tra-my')).toBeNull();
  hub.quiet();
  expect(hub.asks(returned, 'counter-tra-my')).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a return office is succeeded by its own area, not by that of the counter', () => {
  const hub = submitted('extract', 'hoi-an', { return: { way: 'counter', office: 'counter-tra-my-old' } });
  afterReform(hub);
  expect(hub.service('intake').dossier.root).toMatchObject({ counter: 'counter-hoi-an', returnOffice: 'counter-tra-my' });
});

test('a commune that is split: the address of the new era decides, and the file changes service; the new host takes over', () => {
  const hub = submitted('extract', 'hoa-lien@old', { areas: { subject: 'hoa-lien@old', target: 'hoa-vang@new' } });
  expect(hub.holderOf('issue').name).toBe('general-agency');
  afterReform(hub);
  expect(hub.holderOf('issue').name).toBe('social-protection');
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'civil-hoa-vang', status: 'open', takenOver: { ref: { author: 'social-protection~0000000000000001' } } });
  hub.says('issue', complete('extract'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a commune that is split and nobody knows which part: the leg stays where it is until its officer chooses', () => {
  const hub = submitted('extract', 'hoa-lien@old');
  afterReform(hub);
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'civil-hoa-lien', rehomed: [] });
  expect(hub.says('issue', { kind: 'reroute', office: 'civil-hai-van', reason: 'thửa đất thuộc Hải Vân' })).toBeNull();
  hub.quiet();
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'civil-hai-van', status: 'open' });
  hub.says('issue', complete('extract'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a commune that is split: the officer of the old office is asked once, for all legs of the dossier there', () => {
  const hub = submitted('chain', 'hoa-lien@old');
  hub.says('one', complete());
  hub.quiet();
  expect(hub.says('one', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(hub.says('one', { kind: 'tell-part', part: 'hai-van@new' })).toMatchObject({ code: 'OUT_OF_ORDER' });
  afterReform(hub);
  const agency = hub.service('general-agency'), asked = (): string[] => partsAsked(agency.dossier, hub.legAt('general-agency', 'one'), hub.context(agency)).map((one) => one.id);
  expect(asked()).toEqual(['hai-van@new', 'hoa-vang@new']);
  expect(hub.says('one', { kind: 'tell-part', part: 'tra-my@new' })).toMatchObject({ code: 'FIELD_INVALID', field: 'part' });
  expect(hub.says('one', { kind: 'tell-part', part: 'hai-van@new' }, 'civil-hai-van')).toMatchObject({ code: 'NOT_HOLDER' });
  expect(hub.says('one', { kind: 'tell-part', part: 'hoa-vang@new' })).toBeNull();
  hub.quiet();
  expect(hub.legAt('intake', 'one')).toMatchObject({ office: 'civil-hoa-vang', area: 'hoa-vang@new', service: 'social-protection' });
  expect(asked()).toEqual([]);
});

describe('a commune whose split says what lies in which part', () => {
  const area = { parts: [{ area: 'hai-van@new', parcels: ['20296-1', '20296-12-7'], addresses: ['thôn Phú Túc', 'Thôn 1'] }, { area: 'hoa-vang@new', parcels: ['20296-12-8'], addresses: ['thôn 10', 'thôn  An Định', 'Thôn Hai Nơi'] }, { area: 'hoa-vang@new', parcels: [], addresses: [] }] };
  test.each<[string, string[], string]>([
    ['20296-1-5', [], 'hai-van@new parcel'], ['20296-1', [], 'hai-van@new parcel'], ['20296-12-7', [], 'hai-van@new parcel'], ['20296-12-7-1', [], 'hai-van@new parcel'], ['20296-12-8', [], 'hoa-vang@new parcel'],
    ['20296-12-70', [], '–'], ['20296-2-5', [], '–'], ['', [], '–'], ['', ['thôn 1, xã Hòa Liên'], 'hai-van@new address'], ['', ['thôn 10, xã Hòa Liên'], 'hoa-vang@new address'], ['', ['12 Lê Lợi; THÔN AN  ĐỊNH; Đà Nẵng'], 'hoa-vang@new address'],
    ['', ['thon 1'], '–'], ['', ['thôn 1', 'thôn 10'], '–'], ['20296-12-8', ['thôn 1'], 'hoa-vang@new parcel'], ['20296-99-1', ['thôn 1'], 'hai-van@new address'],
  ])('parcel "%s", addresses %j: %s', (parcel, addresses, expected) => {
    const found = partByFacts(area, { parcel, addresses });
    expect(found === null ? '–' : `${found.part} ${found.basis}`).toBe(expected);
  });
  test('an area without such a decision tells nothing', () => expect(partByFacts({}, { parcel: '20296-1-5', addresses: ['thôn 1'] })).toBeNull());
});

test('requests that a holder keeps as witness are answered although the leg moved to another service', () => {
  const hub = submitted('chain', 'hoa-lien@old', { areas: { subject: 'hoa-lien@old', target: 'hoa-vang@new' } });
  hub.says('one', complete());
  hub.quiet();
  expect(hub.says('two', { kind: 'ask-redo', target: hub.id('one'), reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ one: 'open 2' });
  afterReform(hub);
  expect(hub.holderOf('one').name).toBe('social-protection');
  expect(hub.says('one', complete())).toBeNull();
  hub.quiet();
  expect(hub.says('two', complete())).toBeNull();
});

test('a redo asked of a leg that moves at the same moment reaches it', () => {
  const hub = submitted('chain', 'hoa-lien@old', { areas: { subject: 'hoa-lien@old', target: 'hoa-vang@new' } });
  hub.says('one', complete());
  hub.quiet();
  hub.says('one', { kind: 'reopen', reason: 'sai' });
  expect(hub.says('two', { kind: 'ask-redo', target: hub.id('one'), reason: 'sai' })).toBeNull();
  hub.now = at(july);
  hub.perform('general-agency');
  hub.quiet();
  expect(hub.holderOf('one').name).toBe('social-protection');
  hub.says('one', complete());
  hub.quiet();
  expect(hub.says('two', complete())).toBeNull();
});

test('finished work stays where it was done; when it must be redone, it is by the successor', () => {
  const hub = submitted('chain', 'tra-my@old');
  hub.says('one', complete());
  hub.quiet();
  afterReform(hub);
  expect(hub.legAt('intake', 'one')).toMatchObject({ office: 'civil-tra-my-old', rehomed: [] });
  expect(hub.says('one', { kind: 'reopen', reason: 'sai' }, 'civil-tra-my')).toBeNull();
  hub.quiet();
  expect(hub.legAt('intake', 'one')).toMatchObject({ office: 'civil-tra-my', status: 'open', round: 2 });
});

test('a rehearsal crosses the reform by its own clock, however late it is elsewhere', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract', { areas: { subject: 'tra-my@old' }, by: { office: 'counter-tra-my-old', officer: 'An' }, return: { way: 'counter', office: 'counter-tra-my-old' }, rehearsal: at(june) });
  hub.quiet();
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'civil-tra-my-old', status: 'open', takenOver: { at: at(june), dueAt: at('2025-07-01T08:00+07') } });
  expect(hub.asks({ kind: 'move-clock', to: at('2025-06-01T08:00+07') }, 'counter-tra-my-old')).toMatchObject({ code: 'CLOCK_BACKWARDS', field: 'new_time' });
  expect(hub.asks({ kind: 'move-clock', to: at(july) }, 'counter-tra-my-old')).toBeNull();
  hub.quiet();
  expect(hub.legAt('oversight', 'issue')).toMatchObject({ office: 'civil-tra-my' });
  const moved = hub.service('oversight').dossier.entries.filter((entry) => entry.kind === 'rehomed');
  expect(moved.map((entry) => entry.effectiveAt)).toEqual(moved.map(() => at(july)));
  hub.says('issue', complete('extract'));
  hub.quiet();
  hub.asks(returned, 'counter-tra-my');
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  expect(hub.asks({ kind: 'move-clock', to: at('2025-08-01T08:00+07') }, 'counter-tra-my')).toMatchObject({ code: 'CLOSED' });
  expect(kindsOf(hub.service('intake')).at(-1)).toBe('dossier-closed');
});

test('a leg that was declined stands at a counter; where that counter ends, its successor places it', () => {
  const hub = submitted('extract', 'hoi-an', { by: { office: 'counter-tra-my-old', officer: 'An' } });
  expect(hub.says('issue', { kind: 'decline', reason: 'không thuộc thẩm quyền' })).toBeNull();
  afterReform(hub);
  expect(hub.legAt('intake', 'issue')).toMatchObject({ office: 'counter-tra-my', area: 'hoi-an', service: 'general-agency', status: 'addressed' });
  expect(hub.says('issue', { kind: 'reroute', office: 'civil-hoi-an', reason: 'xếp' })).toBeNull();
  hub.quiet();
  expect(hub.legAt('general-agency', 'issue')).toMatchObject({ office: 'civil-hoi-an', status: 'open' });
});
