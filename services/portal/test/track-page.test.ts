/** What the page of a dossier offers in each of its states. */
import { dossier as pb } from '@lienthong/contract';
import { describe, expect, test } from 'vitest';
import { trackPage } from '../src/track-page.ts';

const { DossierState } = pb;
function shown(state: pb.DossierState, kinds: readonly string[] = [], proof: { readonly secret: string } | { readonly last4: string } = { secret: 'c0ffee' }): string {
  const status = pb.DossierStatus.fromPartial({
    code: 'H17.125.02-261123-0001', state, stateText: { vi: 'trạng thái', en: 'state' }, dueTime: new Date('2026-11-25T10:00:00Z'), returnOfficeName: { vi: 'Trung tâm Hội An', en: 'Hội An Centre' },
    history: kinds.map((kind) => ({ kind, text: { vi: kind, en: kind } }) as pb.HistoryLine),
  });
  return trackPage({ status, language: 'vi', reads: [], readsUnavailable: [], proof, now: new Date('2026-11-24T02:00:00Z'), payOnline: false });
}
const letters = (text: string): string[] => [...text.matchAll(/\/form\/[^/]+\/([a-z-]+)\?s=c0ffee&amp;lang=vi/g)].map((found) => found[1]!);

describe('letters of the office', () => {
  test.each([
    ['at work', DossierState.IN_PROCESS, [], ['control-slip']],
    ['waiting for papers', DossierState.WAITING_FOR_CITIZEN, ['supplement-requested'], ['control-slip', 'supplement']],
    ['put off', DossierState.IN_PROCESS, ['apology-given'], ['control-slip', 'apology']],
    ['refused', DossierState.REFUSED, [], ['control-slip', 'refusal']],
    ['stopped, since nothing was brought', DossierState.STOPPED, ['supplement-requested'], ['control-slip', 'supplement', 'stop']],
    ['withdrawn', DossierState.WITHDRAWN, [], ['control-slip', 'stop']],
  ])('%s', (_what, state, kinds, forms) => {
    expect(letters(shown(state, kinds))).toEqual(forms);
    expect(letters(shown(state, kinds, { last4: '1234' }))).toEqual([]);
  });
});

test.each([
  ['returned', DossierState.RETURNED, true], ['at work', DossierState.IN_PROCESS, true], ['refused', DossierState.REFUSED, false], ['withdrawn', DossierState.WITHDRAWN, false], ['stopped', DossierState.STOPPED, false],
])('%s: whether a date and a place of the result are shown', (_what, state, promised) => {
  const text = shown(state);
  expect([text.includes('Hẹn trả kết quả'), text.includes('Trung tâm Hội An')]).toEqual([promised, promised]);
});
