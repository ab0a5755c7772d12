/** On 1/7/2025 every office's work finds its new home: the law re-homes whatever stands anywhere, for every role that a route uses. */
import { describe, expect, test } from 'vitest';
import { rehome } from '@lienthong/law';
import { loadReference } from '../src/index.ts';

const reference = loadReference();
const BEFORE = '2025-06-30';
const AFTER = '2025-07-01';
const SPLIT = '20296@2025-01-01';

const roles = [...new Set(['counter', 'post-office', 'treasury', ...reference.procedures.flatMap((one) => one.legs.flatMap((leg) => [leg.role, ...(leg.consults ?? []).map((consult) => consult.role)]))])];
const communes = reference.areas.filter((one) => one.level === 'commune' && one.validTo === BEFORE);

describe.each(roles)('work in role %s', (role) => {
  test('moves from every commune to one office of the same service that bears the role', () => {
    for (const area of communes.filter((one) => one.id !== SPLIT)) {
      const from = reference.competentOffice(role, area.id, BEFORE)!;
      const home = rehome(reference, { office: from.id, role, area: area.id }, AFTER);
      if (!('office' in home)) throw new Error(`${area.id}: ${JSON.stringify(home)}`);
      expect([home.office.service, home.office.roles.includes(role), home.area.id]).toEqual([from.service, true, area.successors[0]]);
    }
  });

  test.each(['20194@2025-07-01', '20197@2025-07-01'])('moves from split Hòa Liên to the part that is chosen: %s', (part) => {
    const from = reference.competentOffice(role, SPLIT, BEFORE)!;
    const item = { office: from.id, role, area: SPLIT };
    expect(rehome(reference, item, AFTER)).toHaveProperty('ask');
    expect(rehome(reference, item, AFTER, part)).toMatchObject({ office: { service: from.service, id: reference.competentOffice(role, part, AFTER)!.id }, area: { id: part } });
  });
});
