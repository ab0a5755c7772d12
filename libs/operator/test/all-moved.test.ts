/** Waiting until a reform is carried out: page by page, as long as anything moves, whatever single answers are late. */
import { operator } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { buildReference, readDataFiles } from '@lienthong/reference-data';
import { CallError } from '@lienthong/rpc-grpc';
import { dataAfter, julyReform } from '@lienthong/testkit';
import { describe, expect, test } from 'vitest';
import { allMoved } from '../src/reform/all-moved.ts';
import { maxPageTries, openPage } from '../src/reform/open-items.ts';

const from = '2026-11-29', after = buildReference(dataAfter(julyReform(readDataFiles(), from)), '');
const old = { counter: 'counter-20195-202501', returnOffice: 'counter-20195-202501', leg: 'committee-20195-202501', area: '20195@2025-01-01' };
const now = { counter: 'counter-20194-202507', returnOffice: 'counter-20194-202507', leg: 'committee-20194-202507', area: '20194@2025-07-01' };

/** Open dossiers `0`, `1`, … of one commune; `moves` is told how many there are at the old office at each look, and answers which of them move after it. */
function hubOf(count: number, moves: (standing: readonly number[]) => readonly number[]): { readonly hub: Pick<HubClient, 'operator'>; readonly looks: () => number } {
  const standing = new Set(Array.from({ length: count }, (_, n) => n));
  let looks = 0;
  const shown = (n: number): operator.OpenDossier => {
    const { counter, returnOffice, leg, area } = standing.has(n) ? old : now;
    return operator.OpenDossier.fromPartial({ folder: String(n), code: `HS-${n}`, procedure: '1.001193', counter, returnOffice, legs: [{ leg: 'a', name: 'registration', role: 'civil-status', office: leg, area }] });
  };
  const listOpenDossiers = (request: operator.ListOpenDossiersRequest): Promise<operator.ListOpenDossiersResponse> => {
    looks++;
    const first = request.pageToken === '' ? 0 : Number(request.pageToken), dossiers = Array.from({ length: Math.min(request.pageSize, count - first) }, (_, n) => shown(first + n)), next = first + dossiers.length;
    for (const one of moves([...standing])) standing.delete(one);
    return Promise.resolve({ dossiers, nextPageToken: next === count ? '' : String(next) });
  };
  return { hub: { operator: { listOpenDossiers } } as unknown as Pick<HubClient, 'operator'>, looks: () => looks };
}

const waits = { lookEveryMs: 0, standstillMs: 2 };
const wait = (hub: Pick<HubClient, 'operator'>, seen: number[] = []) => allMoved(hub, { after, from }, (so) => { seen.push(so); }, waits);

describe('open dossiers', () => {
  test.each<[what: string, count: number, moves: (standing: readonly number[]) => readonly number[], remaining: number]>([
    ['none', 0, () => [], 0],
    ['all at their place already', 450, (standing) => standing, 0],
    ['moved in their order', 450, (standing) => standing.slice(0, 50), 0],
    ['moved from the last: while the first page stands, others move', 450, (standing) => standing.slice(-3), 0],
    ['all but one, for which nobody moves', 450, (standing) => standing.filter((n) => n !== 7), 1],
    ['not moved at all', 30, () => [], 30],
  ])('%s', async (_what, count, moves, remaining) => {
    expect(await wait(hubOf(count, moves).hub)).toEqual({ remaining, asked: [] });
  });

  test('are each looked at once where they are at their place', async () => {
    const seen: number[] = [], { hub, looks } = hubOf(1_000, (standing) => standing);
    await wait(hub);
    const before = looks();
    await wait(hub, seen);
    expect([looks() - before, seen]).toEqual([5, [200, 400, 600, 800, 1_000]]);
  });
});

describe('a page', () => {
  const failing = (code: number, times: number): { readonly hub: Pick<HubClient, 'operator'>; readonly calls: () => number } => {
    let calls = 0;
    const listOpenDossiers = (): Promise<operator.ListOpenDossiersResponse> => (++calls <= times ? Promise.reject(new CallError('ListOpenDossiers', Object.assign(new Error('?'), { code, details: '?', metadata: { get: () => [] } }) as never)) : Promise.resolve({ dossiers: [], nextPageToken: '' }));
    return { hub: { operator: { listOpenDossiers } } as unknown as Pick<HubClient, 'operator'>, calls: () => calls };
  };
  const deadlineExceeded = 4, unavailable = 14, denied = 7;
  test.each<[what: string, code: number, times: number, outcome: string]>([
    ['that is late is asked for again', deadlineExceeded, maxPageTries - 1, `read at ${maxPageTries}`],
    ['that is late again and again is given up', deadlineExceeded, maxPageTries, `DEADLINE_EXCEEDED at ${maxPageTries}`],
    ['of no hub is not waited for', unavailable, 1, 'UNAVAILABLE at 1'],
    ['that is refused stays refused', denied, 1, 'PERMISSION_DENIED at 1'],
  ])('%s', async (_what, code, times, outcome) => {
    const { hub, calls } = failing(code, times), said = await openPage(hub, '').then(() => 'read', (error: unknown) => (error as CallError).status);
    expect(`${said} at ${calls()}`).toBe(outcome);
  });
});
