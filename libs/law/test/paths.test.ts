import { expect, test } from 'vitest';
import { World } from './world/world.ts';
import { complete, closedEverywhere, kindsOf, returned } from './world/sayings.ts';

test('one leg: taken over, completed, returned at the counter, closed everywhere', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  expect(hub.legAt('general-agency', 'issue')).toMatchObject({ status: 'open', round: 1, office: 'civil-hoi-an' });
  expect(hub.says('issue', complete('extract'))).toBeNull();
  hub.quiet();
  expect(hub.service('intake').dossier.root).toMatchObject({ closing: null });
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toEqual('returned');
  expect(kindsOf(hub.service('intake'))).toEqual(['dossier-received', 'leg-taken-over', 'leg-completed', 'result-returned', 'closing-started', 'leg-settled', 'dossier-closed']);
});

test('a leg is taken over only when what it waits for is there', () => {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  expect(['one', 'two', 'three', 'four'].map((name) => hub.legAt('intake', name).status)).toEqual(['open', 'addressed', 'addressed', 'addressed']);
  hub.says('one', complete());
  hub.quiet();
  expect(['one', 'two', 'three', 'four'].map((name) => hub.legAt('intake', name).status)).toEqual(['complete', 'open', 'addressed', 'addressed']);
});

test('fork and join: both branches work at once, the join waits for both, results go out as they are ready', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(['residence', 'insurance', 'support'].map((name) => hub.legAt('intake', name).status)).toEqual(['open', 'open', 'addressed']);
  expect(hub.asks(returned)).toBeNull();
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toMatchObject({ code: 'OUT_OF_ORDER' });
  hub.says('residence', complete('residence-notice'));
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toBeNull();
  hub.quiet();
  expect(hub.service('intake').dossier.root!.closing).toBeNull();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('land transfer: the fee blocks the first leg, the tax the second, the register decides the third', () => {
  const hub = new World();
  hub.submit('land-transfer');
  hub.quiet();
  expect(hub.says('check', complete())).toMatchObject({ code: 'BLOCKED' });
  hub.pays('filing-fee');
  hub.quiet();
  expect(hub.says('check', complete())).toBeNull();
  hub.quiet();
  expect(hub.says('notice', complete())).toMatchObject({ code: 'CHARGE_MISSING' });
  expect(hub.says('notice', { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5_000_000, refundable: false, ground: '1/2026/NĐ-CP' })).toBeNull();
  expect(hub.says('notice', complete())).toMatchObject({ code: 'BLOCKED' });
  hub.quiet();
  hub.pays('income-tax');
  hub.quiet();
  expect(hub.says('notice', complete())).toBeNull();
  hub.quiet();
  expect(hub.says('registration', { ...complete('certificate'), change: { part: 'change', commitment: 'x' } })).toBeNull();
  expect(hub.legAt('land', 'registration').status).toBe('deciding');
  hub.quiet();
  expect(hub.legAt('oversight', 'registration')).toMatchObject({ status: 'complete', intent: null, applied: { author: 'land~0000000000000001' } });
  expect(hub.service('land').registers).toMatchObject({ reserved: { size: 1 }, applied: { length: 1 } });
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a charge that was cancelled or paid back does not stand for the one that the procedure requires', () => {
  const tax = { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5_000_000, refundable: true, ground: '1/2026/NĐ-CP' } as const;
  for (const end of ['charge-cancelled', 'charge-refunded'] as const) {
    const hub = new World();
    hub.submit('land-transfer');
    hub.quiet();
    hub.pays('filing-fee');
    hub.quiet();
    hub.says('check', complete());
    hub.quiet();
    hub.says('notice', tax);
    hub.quiet();
    if (end === 'charge-refunded') hub.pays('income-tax');
    const till = hub.service('payments');
    const charge = [...till.dossier.charges.values()].find((one) => one.plan.code === 'income-tax')!;
    hub.write(till, [end === 'charge-cancelled' ? { item: charge.id, kind: end, body: { ground: 'nhầm' } } : { item: charge.id, kind: end, body: { amount: 5_000_000, ground: 'nhầm' }, ends: true }]);
    hub.quiet();
    expect(hub.says('notice', complete())).toMatchObject({ code: 'CHARGE_MISSING' });
    expect(hub.says('notice', tax)).toBeNull();
    hub.quiet();
    hub.pays('income-tax');
    hub.quiet();
    expect(hub.says('notice', complete())).toBeNull();
  }
});

test('a register that refuses gives the leg back to its officer, who may try again', () => {
  const hub = new World();
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', { kind: 'complete', results: [], opinion: 'agree' });
  hub.quiet();
  hub.service('business-registration').registers.refuses = true;
  const wanted = { ...complete('notice'), change: { part: 'change', commitment: 'x' } };
  hub.says('termination', wanted);
  hub.quiet();
  expect(hub.legAt('intake', 'termination')).toMatchObject({ status: 'open', registerRefusal: 'đang bị phong tỏa' });
  hub.service('business-registration').registers.refuses = false;
  expect(hub.says('termination', wanted)).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});
