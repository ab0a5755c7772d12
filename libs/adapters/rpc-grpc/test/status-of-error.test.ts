/** Whatever a caller sent comes back in the refusal, and every gRPC client can still read it. */
import { decodeErrorDetails, statusDetailsKey } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { describe, expect, test } from 'vitest';
import { statusOfError } from '../src/server/status-of-error.ts';

/** Clients refuse trailers beyond 8 KiB; the rest is for the names of the trailers and what HTTP adds. */
const roomBytes = 8_000;
const sizeOf = ({ details, metadata }: ReturnType<typeof statusOfError>): number => encodeURI(details).length + (metadata.get(statusDetailsKey)[0] as Buffer).toString('base64').length;
const readOf = ({ metadata }: ReturnType<typeof statusOfError>): ReturnType<typeof decodeErrorDetails> => decodeErrorDetails(metadata.get(statusDetailsKey)[0] as Buffer);

describe('a refusal that bears what the caller sent fits into the trailers, with field and remedy', () => {
  test.each([['x', 200_000], ['ễ', 200_000], ['😀', 100_000], ['\ud83d', 5_000], ['x', 5_000], ['ễ', 1_600], ['ễ', 900]])('%s, %i times', (character, times) => {
    for (const language of ['vi', 'en'] as const) {
      const status = statusOfError(new HubError('UNKNOWN_OFFICE', { office: character.repeat(times) }, { field: 'office' }), language), read = readOf(status);
      expect(sizeOf(status)).toBeLessThanOrEqual(roomBytes);
      expect(read).toMatchObject({ reason: 'UNKNOWN_OFFICE', domain: 'lienthong.vn', metadata: { field: 'office', next: 'stop' } });
      expect('Tra mã cơ quan trong danh mục.').toContain(read.metadata['remedy']);
    }
  });

  test('a field whose name the caller chose', () => {
    const field = `submission.declaration.${'x'.repeat(200_000)}`, status = statusOfError(new HubError('FIELD_INVALID', { field, problem: '≤ 64' }, { field }), 'vi');
    expect(sizeOf(status)).toBeLessThanOrEqual(roomBytes);
    expect(readOf(status).metadata['field']).toMatch(/^submission\.declaration\.x+/);
  });

  test('a short one says all of it', () => {
    const status = statusOfError(new HubError('UNKNOWN_OFFICE', { office: 'nosuch' }, { field: 'office' }), 'en');
    expect([status.details, readOf(status).metadata['office']]).toEqual(['There is no office nosuch. Look the office up in the catalogue.', 'nosuch']);
  });
});
