import { describe, expect, it } from 'vitest';
import { checkRegisters } from '../src/simulator/check/check-once.ts';
import type { Evidence } from '../src/simulator/check/evidence.ts';
import type { JudgedFolder } from '../src/simulator/check/judged-folder.ts';

const record = { service: 'land', folder: 'parcel', side: 'real', applied: ['d/land~1/7'], undone: [], changes: 1 } as const;
const listing = (service: string, ...folders: string[]): Pick<Evidence, 'atRisk'> => ({ atRisk: [{ service, fromCommit: 0, toCommit: 9, folders }] });

describe('a record with a change that no dossier decided', () => {
  it.each([
    ['is wrong', { atRisk: [] }, 1],
    ['is told of where its service lists the record as one in which something is lost', listing('land', 'parcel'), 0],
    ['is wrong where the service lists commits alone', listing('land'), 1],
    ['is wrong where another service lists the record', listing('agency', 'parcel'), 1],
  ])('%s', (_what, listed, findings) => {
    const evidence = { records: [record], forks: new Set(), ...listed } as unknown as Evidence;
    expect(checkRegisters(evidence, [])).toHaveLength(findings);
  });
});

describe('a decision that is not in its register', () => {
  const leg = 'intake~1/1/1', rewound = (service: string): object => ({ rewinds: [{ service }] });
  const decided = { author: 'land~1', seq: 7, kind: 'leg-completed', item: leg, cites: [], body: { round: 1, verdict: 'done' } };
  const takenBack = (by?: object): object => ({ author: 'land~2', seq: 4, kind: 'completion-revoked', item: leg, cites: [{ author: 'land~1', seq: 7 }], body: { round: 1, ...(by === undefined ? {} : { by }) } });
  const judged = (...later: readonly object[]): JudgedFolder => ({
    id: 'd', effective: [decided, ...later], folder: { order: [], branches: new Map(), forks: new Map(), logs: new Map() },
    dossier: { root: { body: { rehearsal: false } }, legs: new Map([[leg, { plan: { register: { register: 'land' } } }]]) },
  }) as unknown as JudgedFolder;
  const found = (applied: readonly string[], history: JudgedFolder, more: object, undone: readonly string[] = []): readonly string[] => {
    const shown = { service: 'land', folder: 'parcel', side: 'real', applied, undone, changes: applied.length }, other = { ...shown, folder: 'neighbour', applied: [], undone: [], changes: 0 };
    const evidence = { records: [shown, other], forks: new Set(), atRisk: [], rewinds: [], ...more } as unknown as Evidence;
    return checkRegisters(evidence, [history]).map(({ what }) => what.replace(/^.* stands /, ''));
  };

  it.each([
    ['is missing', found([], judged(), {}), ['0 times in its register']],
    ['is missing, also where the store was put back', found([], judged(), rewound('land')), ['0 times in its register']],
    ['is not, where its service lost what it was to change and took it back', found([], judged(takenBack()), rewound('land')), []],
    ['is missing where its service took it back and had lost nothing', found([], judged(takenBack()), rewound('intake')), ['0 times in its register']],
    ['is missing where an officer took it back and nothing was put back', found([], judged(takenBack({ officer: 'Bình' })), rewound('land')), ['0 times in its register']],
    ['is told of where the record that put it back is listed as one in which something is lost', found([], judged(), listing('land', 'parcel'), ['d/land~1/7', 'd/land~1/9']), []],
    ['is missing where its service lists another record', found([], judged(), listing('land', 'neighbour'), ['d/land~1/7', 'd/land~1/9']), ['0 times in its register']],
    ['is missing where another service lists the record that put it back', found([], judged(), listing('agency', 'parcel'), ['d/land~1/7', 'd/land~1/9']), ['0 times in its register']],
    ['is missing where the record that put it back is not listed', found([], judged(), {}, ['d/land~1/7', 'd/land~1/9']), ['0 times in its register']],
    ['is missing where the record that is listed put another one back', found([], judged(), listing('land', 'parcel'), ['d/land~1/5', 'd/land~1/6']), ['0 times in its register']],
    ['was wrongly taken back as lost where it is there after all', found(['d/land~1/7'], judged(takenBack()), rewound('land')), ['1 times in its register although it was taken back as lost']],
  ])('%s', (_what, what, expected) => { expect(what).toEqual(expected); });
});

describe('a decision that is not in a register which was lost in part', () => {
  const leg = 'intake~1/1/1', decided = { author: 'land~1', seq: 7 };
  const found = (more: object, current: object = decided, shown: object = {}): number => {
    const history = {
      id: 'd', effective: [{ ...decided, kind: 'leg-completed', item: leg, cites: [], body: { round: 1, verdict: 'done' } }], folder: { order: [], branches: new Map(), forks: new Map(), logs: new Map() },
      dossier: { root: { body: { rehearsal: false } }, legs: new Map([[leg, { status: 'complete', completion: { ref: current }, plan: { register: { register: 'land' } } }]]) },
    } as unknown as JudgedFolder;
    const evidence = { records: [{ ...record, applied: [], changes: 0, partly: true, ...shown }], forks: new Set(), atRisk: [], rewinds: [{ service: 'land' }], ...more } as unknown as Evidence;
    return checkRegisters(evidence, [history]).length;
  };

  it.each([
    ['is missing', found({}), 1],
    ['is told of where its service lists the dossier', found(listing('land', 'd')), 0],
    ['is missing where its service lists commits alone', found(listing('land')), 1],
    ['is missing where another service lists the dossier', found(listing('agency', 'd')), 1],
    ['is not missed where another one was decided since', found({}, { author: 'land~2', seq: 3 }), 0],
    ['is there', found({}, decided, { applied: ['d/land~1/7'] }), 0],
  ])('%s', (_what, findings, expected) => { expect(findings).toBe(expected); });
});
