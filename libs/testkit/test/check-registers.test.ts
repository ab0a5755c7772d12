import { describe, expect, it } from 'vitest';
import { checkRegisters } from '../src/simulator/check/check-once.ts';
import type { Evidence } from '../src/simulator/check/evidence.ts';

const record = { service: 'land', folder: 'parcel', side: 'real', applied: ['d/land~1/7'], changes: 1 } as const;
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
