import { operator } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { shown } from '../src/cluster/instances.ts';
import { wholeJson } from '../src/whole-json.ts';

const idle = operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY });
const counts = ['commit', 'waitingUpdates', 'outstandingUpdates', 'unsettledMarks', 'runningEffects', 'openFolders', 'comparisons', 'deadRecords', 'refused', 'unreadRecords', 'heldBack'] as const;

test('a count of 0 is a 0, and a list without anything a list', () => {
  const answer = operator.GetStatusResponse.fromPartial({ services: [idle], version: '1' });
  const [found] = (wholeJson(answer, operator.GetStatusResponse.toJSON(answer)) as { services: Record<string, unknown>[] }).services;
  expect(counts.map((name) => found![name])).toEqual(counts.map(() => 0));
  expect(found).toMatchObject({ service: 'land', state: 'SERVICE_STATE_READY', author: '', setAside: [], waitsFor: [], troubles: [] });
  expect(found).not.toHaveProperty('atRisk');
  expect(found).not.toHaveProperty('unequalCopies');
});

test('what travels beside the fields of a message is not shown', () => {
  const read = operator.ServiceStatus.decode(operator.ServiceStatus.encode({ ...idle, succession: { predecessors: [], beginTime: undefined, forces: [], goesOnWithout: [], voided: [], rebuilding: false } }).finish());
  expect(JSON.stringify(wholeJson(read, operator.ServiceStatus.toJSON(read)))).not.toContain('_unknownFields');
});

test('what is set is as it was: names, times, bytes, and what lies within', () => {
  const trouble = { reason: 'CLOCK_OFF', text: { vi: 'a', en: '' } }, status = operator.ServiceStatus.fromPartial({ ...idle, commit: 7, troubles: [trouble], atRisk: { fromCommit: 3 } });
  expect(wholeJson(status, operator.ServiceStatus.toJSON(status))).toMatchObject({ commit: 7, state: 'SERVICE_STATE_READY', troubles: [trouble], atRisk: { fromCommit: 3, toCommit: 0, folders: [] } });
  expect([wholeJson({ at: new Date(0), bytes: new Uint8Array() }, { at: '1970-01-01T00:00:00.000Z', bytes: '' }), wholeJson({ name: 'x' }, undefined)]).toEqual([{ at: '1970-01-01T00:00:00.000Z', bytes: '' }, { name: 'x' }]);
});

test('of an instance of a cluster, too', () => {
  expect(shown({ service: 'land', address: 'a', problem: '', status: operator.GetStatusResponse.fromPartial({ services: [idle] }) })).toMatchObject({ services: [{ waitingUpdates: 0 }] });
});
