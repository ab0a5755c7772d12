import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideLegCommand } from '../src/decide/leg-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import { World } from './world/world.ts';

const documents = fc.subarray(['form', 'deed', 'id', 'map', 'contract']);

test('no supplement is asked for of which any document is held, by a register that was looked up or by evidence in the dossier', () => {
  fc.assert(fc.property(documents, documents, documents, (wanted, held, attached) => {
    const hub = new World();
    hub.submit('extract');
    hub.quiet();
    for (const document of attached) expect(hub.says('issue', { kind: 'attach-evidence', document: { document, origin: { type: 'evidence', service: 'land', office: 'land-branch', fact: 'f', evidenceId: `e-${document}`, readAt: 1 } } })).toBeNull();
    const agency = hub.service('general-agency');
    const outcome = decideLegCommand({
      kind: 'ask-supplement', leg: hub.id('issue'), by: { office: 'civil-hoi-an', officer: 'Bình' }, request: 'r', documents: wanted, ground: '1/2026/NĐ-CP', held: held.map((document) => ({ document, office: 'land-branch', evidenceId: `h-${document}` })),
    }, agency.dossier, hub.context(agency));
    const known = wanted.filter((one) => held.includes(one) || attached.includes(one));
    if (known.length > 0) {
      expect(isRefused(outcome) && outcome.refusal).toMatchObject({ code: 'ALREADY_HELD', meta: { heldBy: 'Cơ quan land-branch' } });
      expect(known).toContain(isRefused(outcome) ? outcome.refusal.meta['document'] : '');
    } else expect(isRefused(outcome)).toBe(wanted.length === 0);
  }), { numRuns: 200 });
});
