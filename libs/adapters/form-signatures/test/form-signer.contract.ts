import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formSigner } from '../src/index.ts';

const signing = { reason: 'Mẫu số 01', location: 'Hội An', at: Date.parse('2026-11-23T09:00:00+07:00') };
let folder: string, pdf: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lienthong-signer-'));
  const blank = PDF.create();
  blank.addPage();
  pdf = await blank.save();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a signer of forms', () => {
  test('adds to the file and changes nothing of it; its key is for nobody else to read', async () => {
    const signed = await formSigner(join(folder, 'made'), 'Liên thông hub').sign(pdf, signing), raw = Buffer.from(signed).toString('latin1');
    expect(Buffer.from(signed.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true);
    expect([/\/SubFilter\s*\/ETSI\.CAdES\.detached/.test(raw), raw.includes('/ByteRange')]).toEqual([true, true]);
    expect((await stat(join(folder, 'made', 'key.pem'))).mode & 0o077).toBe(0);
  });

  test('processes that start together make one key', async () => {
    const signers = Array.from({ length: 6 }, () => formSigner(join(folder, 'together'), 'Liên thông hub'));
    await Promise.all(signers.map((one) => one.sign(pdf, signing)));
    expect((await readdir(folder)).filter((name) => name.startsWith('together'))).toEqual(['together']);
  });

  test.each<[what: string, files: Readonly<Record<string, string>>, said: string]>([['half of a pair', { 'key.pem': 'x' }, 'certificate.pem'], ['what is no key', { 'key.pem': 'x', 'certificate.pem': 'x' }, 'PKCS #8']])('%s is refused with what to do', async (what, files, said) => {
    const directory = await mkdtemp(join(folder, what.replaceAll(' ', '-')));
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    await expect(formSigner(directory, 'x').sign(pdf, signing)).rejects.toMatchObject({ code: 'FORM_KEY_UNUSABLE', meta: { directory, problem: expect.stringContaining(said) } });
    expect(await readdir(directory)).toEqual(Object.keys(files).sort());
  });
});
