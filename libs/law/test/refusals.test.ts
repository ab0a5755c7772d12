/** Refusals that no other test of the law meets. */
import { describe, expect, test } from 'vitest';
import { decideLegCommand } from '../src/decide/leg-commands.ts';
import { decideRootCommand } from '../src/decide/root-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import type { Outcome } from '../src/decide/outcome.ts';
import { emptyDossier } from '../src/dossier.ts';
import { carried, collect, counter, dossierOf, latest, received, seen, sent } from './world/papers.ts';
import { complete } from './world/sayings.ts';
import { World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const by = { office: counter, officer: 'An' }, request = 'r';
const codeOf = (outcome: Outcome): string | null => (isRefused(outcome) ? outcome.refusal.code : null);

function submitted(procedure: string): World {
  const hub = new World();
  hub.submit(procedure);
  hub.quiet();
  return hub;
}

describe('what is not there', () => {
  test('a dossier that this service does not hold, a leg that the dossier has not', () => {
    const hub = submitted('extract'), intake = hub.service('intake'), context = hub.context(intake);
    expect(codeOf(decideRootCommand({ kind: 'withdraw', reason: 'x', by, request }, emptyDossier('other'), context))).toBe('UNKNOWN_DOSSIER');
    expect(codeOf(decideLegCommand({ kind: 'decline', reason: 'x', leg: 'nowhere', by, request }, intake.dossier, context))).toBe('UNKNOWN_LEG');
  });

  test('the clock of a dossier that is no rehearsal', () => {
    const hub = submitted('extract');
    expect(hub.asks({ kind: 'move-clock', to: hub.now + 1 })?.code).toBe('NOT_A_REHEARSAL');
  });
});

test.each<[string, LegSaying, string]>([
  ['without any', complete(), 'RESULT_MISSING'], ['with one that the procedure does not name', complete('passport'), 'RESULT_UNKNOWN'], ['with the same twice', complete('extract', 'extract'), 'FIELD_INVALID'],
])('results: completed %s', (_what, saying, code) => {
  expect(submitted('extract').says('issue', saying)?.code).toBe(code);
});

test('what is to be posted is not completed before the posting has begun', () => {
  const hub = new World();
  hub.submit('allowance');
  hub.tell('intake', 'social-protection');
  const service = hub.service('social-protection');
  hub.performOne(service, hub.owed(service)[0]!);
  expect(hub.legAt('social-protection', 'verification').status).toBe('open');
  expect(hub.says('verification', complete())?.code).toBe('POSTING_MISSING');
});

test('nobody says what came before it has come', () => {
  const hub = received();
  const [first] = dossierOf(hub).legs.values();
  expect(hub.asks(sent(first!.office))).toBeNull();
  carried(hub, collect);
  expect(latest(hub).ended).toBeNull();
  expect(hub.asks(seen(hub), first!.office)?.code).toBe('CONSIGNMENT_NOT_DELIVERED');
});
