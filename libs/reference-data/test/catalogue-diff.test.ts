import { expect, test } from 'vitest';
import { catalogueSummary, diffProcedures, diffRows, loadReference } from '../src/index.ts';

const { procedures } = loadReference();
const one = procedures.find((procedure) => procedure.code === '1.013831')!;

test('equal catalogues do not differ', () => {
  expect(diffProcedures(procedures, structuredClone(procedures))).toEqual({ added: [], removed: [], changed: [] });
});

test('a change is told by record and field, a leg by its name', () => {
  const after = structuredClone(one) as { legs: { limit: string }[]; limit: { post: string } } & typeof one;
  after.legs[1]!.limit = '2wd';
  after.limit.post = '5wd';
  expect(diffProcedures([one], [after])).toEqual({
    added: [], removed: [], changed: [{ record: '1.013831@2025-07-01', changes: [{ field: 'limit.post', before: '"4wd"', after: '"5wd"' }, { field: 'legs.tax-notice.limit', before: '"1wd"', after: '"2wd"' }] }],
  });
});

test('what came and went is told', () => {
  expect(diffProcedures([one], procedures.slice(0, 1))).toMatchObject({ added: [`${procedures[0]!.code}@${procedures[0]!.validFrom}`], removed: ['1.013831@2025-07-01'] });
  expect(diffProcedures([one], [{ ...one, legs: one.legs.slice(1) }]).changed[0]!.changes).toMatchObject([{ field: 'legs.land-check', after: null }]);
});

test('rows of a newer list are compared column by column', () => {
  expect(diffRows([{ code: '1', name: 'a' }, { code: '2', name: 'b' }], [{ code: '2', name: 'c' }, { code: '3', name: 'd' }], ['code'])).toEqual({ added: ['3'], removed: ['1'], changed: [{ record: '2', changes: [{ field: 'name', before: '"b"', after: '"c"' }] }] });
});

test('the figures add up', () => {
  const summary = catalogueSummary(procedures, '2026-11-28');
  expect(summary.typed + summary.default).toBe(summary.procedures);
  expect([summary.procedures, summary.default]).toEqual([119, 10]);
  expect(summary.flags['default-route']).toHaveLength(10);
  expect(summary.inForce).toBe(117);
  expect(summary.decisions.every(({ reason, on }) => reason !== '' && on !== '')).toBe(true);
});
