import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

  test('a certificate that is damaged, or of another key, signs nothing: nobody could verify it', async () => {
    const good = join(folder, 'good'), other = join(folder, 'other'), bad = join(folder, 'bad'), file = join(bad, 'certificate.pem');
    for (const one of [good, other]) await formSigner(one, 'Liên thông hub').sign(pdf, signing);
    const lines = (await readFile(join(good, 'certificate.pem'), 'utf8')).split('\n'), last = lines.findLastIndex((line) => /^[^-]{16,}/.test(line));
    const turnedIn = (at: number): string => lines.map((line, n) => (n === at ? `${line.slice(0, 8)}${line[8] === 'A' ? 'B' : 'A'}${line.slice(9)}` : line)).join('\n');
    await cp(good, bad, { recursive: true });
    await formSigner(bad, 'x').sign(pdf, signing);
    for (const text of [await readFile(join(other, 'certificate.pem'), 'utf8'), turnedIn(1), turnedIn(last), '']) {
      await writeFile(file, text);
      await expect(formSigner(bad, 'x').sign(pdf, signing)).rejects.toMatchObject({ code: 'FORM_KEY_UNUSABLE', meta: { problem: expect.stringContaining('certificate.pem') } });
    }
  });
});
