import { operator } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { rowOf } from '../src/service-rows.ts';

test('what a service could not read is told as what it counted since it started, with where to see what lies there now', () => {
  const row = rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY, deadRecords: 2 }));
  expect(row).toContain('since the process started: 2 (hiện còn / there now: lienthong dead list)');
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY }))).not.toContain('dead list');
});

test('what a service did not take is counted, with where to look', () => {
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY, refused: 3 }))).toContain('not taken since the process started: 3 (chữ ký, tác giả hoặc nội dung sai; xem nhật ký, và ai ghi được vào các topic / wrong signature, author or content; see the log, and who may write to the topics)');
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY }))).not.toContain('not taken');
});
