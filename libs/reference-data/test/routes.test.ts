/** The law itself receives every case of every procedure: what the validator reckons in minutes must hold on real days. */
import { describe, expect, test } from 'vitest';
import { assess, instantAt, workingTime } from '@lienthong/law';
import type { Channel, LawContext, Submission } from '@lienthong/law';
import { loadReference } from '../src/index.ts';

const reference = loadReference();
const work = workingTime(reference.calendar);

type Case = readonly [code: string, chosen: string, channel: Channel, on: string];

/** A Monday after a quiet week, a Friday before Tết, the last day of the districts, and a Tuesday late in 2026. */
const dates = ['2025-03-03', '2025-01-24', '2025-06-30', '2025-09-15', '2026-02-13', '2026-10-06'];
const cases = dates.flatMap((on) => reference.procedures.filter((one) => reference.procedure(one.code, on) === one).flatMap((one) => one.cases.flatMap((chosen) => one.channels.map((channel): Case => [one.code, chosen, channel, on]))));

function submission([code, chosen, channel, on]: Case): Submission {
  const area = reference.areaByCode('20413', on)!.id;
  const target = reference.areaByCode('20900', on)!.id;
  const counter = reference.competentOffice('counter', area, on)!.id;
  return {
    by: { office: counter, officer: 'can-bo-1' }, request: 'r', procedure: code, case: chosen, channel, areas: { subject: area, residence: area, target }, applicantKind: 'citizen', submittedBy: 'self',
    documents: reference.procedure(code, on)!.documents.map((one) => ({ document: one.code, origin: { type: 'presented' } })), particulars: [], return: { way: 'counter', office: counter }, rehearsal: null,
  };
}

function assessed(one: Case, hour: number) {
  const context: LawContext = {
    service: 'intake', author: 'intake~0000000000000000', now: instantAt(one[3], hour * 60), authorOf: (service) => `${service}~0000000000000000`, isMine: () => true, reference, work,
    hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: [] },
  };
  const result = assess(submission(one), context);
  if ('refusal' in result) throw new Error(`${one.join(' ')}: ${JSON.stringify(result.refusal)}`);
  return result;
}

describe('every case of every procedure has a route that ends in time', () => {
  test('the dates reach every version of every procedure', () => {
    const reached = new Set(cases.map(([code, , , on]) => reference.procedure(code, on)));
    expect(reference.procedures.filter((one) => !reached.has(one))).toEqual([]);
  });

  test.each([...Map.groupBy(cases, ([code]) => code).entries()])('%s', (_code, own) => {
    for (const one of own) for (const hour of [8, 16]) {
      const { legs, dueAt, missing } = assessed(one, hour);
      expect([one.join(' '), legs.length > 0, missing, Math.max(...legs.map((leg) => leg.plannedDue!)) <= dueAt]).toEqual([one.join(' '), true, [], true]);
    }
  });
});
