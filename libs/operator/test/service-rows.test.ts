import { operator } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { linesOf } from '../src/cluster/instances.ts';
import { releaseOf, rowOf } from '../src/service-rows.ts';

test('what a service could not read is told as what it counted since it started, with where to see what lies there now', () => {
  const row = rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY, deadRecords: 2 }));
  expect(row).toContain('since the process started: 2 (hiện còn / there now: lienthong dead list)');
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY }))).not.toContain('dead list');
});

test('what a service did not take is counted, with where to look', () => {
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY, refused: 3 }))).toContain('not taken since the process started: 3 (chữ ký, tác giả hoặc nội dung sai; xem nhật ký, và ai ghi được vào các topic / wrong signature, author or content; see the log, and who may write to the topics)');
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY }))).not.toContain('not taken');
});

test.each([
  ['pending', { waitingUpdates: 2, outstandingUpdates: 3 }, 'chờ gửi / pending: 5'],
  ['to read', { unreadRecords: 7 }, 'chưa đọc / to read: 7'],
  ['held back', { heldBack: 1 }, 'giữ lại / held back: 1'],
  ['copies that may differ', { unequalCopies: 4 }, 'bản sao chưa khớp / copies not known to be equal: 4'],
  ['comparisons', { comparisons: 1 }, 'đối chiếu bản sao / comparing copies: 1'],
] as const)('what has not come to rest is said, and nothing of what has: %s', (_what, counts, text) => {
  expect(rowOf(operator.ServiceStatus.fromPartial({ service: 'land', state: operator.ServiceState.READY, ...counts }))).toMatch(new RegExp(`commit +0 +${text}$`));
});

test('which release answers, with which data', () => {
  const status = operator.GetStatusResponse.fromPartial({ version: '0.1.0', referenceDigest: 'ab'.repeat(32), startTime: new Date(0), services: [{ service: 'land', state: operator.ServiceState.READY }] });
  expect(releaseOf(status)).toBe('Liên thông hub 0.1.0, dữ liệu tham chiếu / reference data abababababab, từ / since 1970-01-01T00:00:00.000Z');
  expect(linesOf({ service: 'land', address: '127.0.0.1:1', problem: '', status })).toMatch(/^land +127\.0\.0\.1:1 +0\.1\.0 +ready/);
});
