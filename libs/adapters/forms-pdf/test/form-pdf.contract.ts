import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractText } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { barCode, qrCode } from '../src/codes.ts';
import { formPdf } from '../src/index.ts';
import type { FormPrint } from '../src/index.ts';
import { letters, sampleEdition, sampleForm } from './sample-form.ts';

const url = 'http://127.0.0.1:8080/track/x?s=1';
const print = (more: Parameters<typeof sampleForm>[0] = {}, how: Partial<FormPrint> = {}): Promise<Uint8Array> => formPdf(sampleForm(more), { language: 'vi', trackUrl: url, ...how });
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pack = (text: string): string => text.replaceAll(/\s+/g, '');
const pagesOf = async (bytes: Uint8Array): Promise<string[]> => (await extractText(new Uint8Array(bytes), { mergePages: false })).text;

describe('a form as PDF', () => {
  test('is the same bytes in another process, place and language', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'print-sample.ts')], { timeout: 120_000, env: { TZ: 'America/Lima', LANG: 'de_DE.UTF-8' } });
    expect(stdout).toBe(digest(await print()));
  });

  test.each<[what: string, more: Parameters<typeof sampleForm>[0], how: Partial<FormPrint>]>([
    ['another code', { code: 'H17.125.02-261123-0002' }, {}], ['another address in the QR', {}, { trackUrl: `${url}2` }], ['another time of issue', { issuedAt: 0 }, {}], ['another language', {}, { language: 'en' }], ['a rehearsal', { rehearsal: true }, {}],
  ])('differs with %s', async (_what, more, how) => { expect(digest(await print(more, how))).not.toBe(digest(await print())); });

  test('holds every Vietnamese letter, its fonts and every row, and no image', async () => {
    const bytes = await print(), text = pack((await pagesOf(bytes)).join('')), raw = Buffer.from(bytes).toString('latin1');
    for (const said of [letters, letters.toUpperCase(), 'Nguyễn Thị Hồng Nhung', 'Cơ quan thứ 1', 'Cơ quan thứ 90', 'GIẤY TIẾP NHẬN HỒ SƠ', 'H17.125.02-261123-0001', 'Mẫu số 01, 03/2025/TT-VPCP – 1/', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'ngày 23 tháng 11 năm 2026']) expect(text).toContain(pack(said));
    expect([raw.match(/\/FontFile2/g)?.length, raw.includes('/Subtype /Image')]).toEqual([2, false]);
  });

  test.each<[paper: 'A4' | 'A5', landscape: boolean, box: string]>([['A5', false, '[0 0 419.53 595.28]'], ['A4', false, '[0 0 595.28 841.89]'], ['A4', true, '[0 0 841.89 595.28]']])('on %s, landscape %s; a foot opens no page of its own', async (paper, landscape, box) => {
    const bytes = await print({ edition: { ...sampleEdition, paper, landscape } }), pages = await pagesOf(bytes);
    expect(Buffer.from(bytes).toString('latin1')).toContain(`/MediaBox ${box}`);
    expect(pages.map((one, n) => [pack(one).length > 40, one.includes(`${n + 1}/${pages.length}`)])).toEqual(pages.map(() => [true, true]));
  });
});

test('the bars have the widths that Code 128 allows: start, data, check sum, stop', () => {
  const { dark, width } = barCode('H17.125.02-261123-0001');
  const last = dark.at(-1)!;
  expect(width).toBe(last.x + last.width);
  // A stop is 13 modules wide, every other symbol 11.
  expect((width - 13) % 11).toBe(0);
  expect(dark.every((one) => one.width >= 1 && one.width <= 4)).toBe(true);
  expect(barCode('H17.125.02-261123-0002')).not.toEqual(barCode('H17.125.02-261123-0001'));
});

test('the QR is a square with its three corners', () => {
  const { width, height, dark } = qrCode(url);
  const isDark = (x: number, y: number): boolean => dark.some((one) => one.y === y && one.x <= x && x < one.x + one.width);
  expect([width === height, isDark(0, 0), isDark(6, 6), isDark(width - 1, 0), isDark(0, height - 1), isDark(7, 7)]).toEqual([true, true, true, true, true, false]);
});
