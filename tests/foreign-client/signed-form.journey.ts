/** A signed form as a validator in another language sees it (`verify_signature.py`), and what it says once a byte has changed. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dossier as pb, intake } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { pythonMissing, pythonPrograms } from '@lienthong/testkit/servers/python-environment';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from '../wire/hub-of-test.ts';
import type { HubOfTest } from '../wire/hub-of-test.ts';

const script = fileURLToPath(new URL('./verify_signature.py', import.meta.url)), counter = 'counter-20410-202507';
const packages = { requirements: new URL('./signature-requirements.txt', import.meta.url), name: 'python-signatures' }, missing = pythonMissing(packages);
/** Milliseconds for a test on a loaded machine; and for the first, which may have to fetch packages. */
const testMs = 180_000, startMs = 400_000;

type Verdict = { readonly format: string; readonly intact: boolean; readonly valid: boolean; readonly trusted: boolean; readonly coverage: string; readonly reason: string; readonly names_certificate: boolean };

describeWith(missing === undefined ? {} : { skipped: missing }, 'a signed form', () => {
  let hub: HubOfTest, client: HubClient, folder: string, python: string, code: string, secret: string;
  beforeAll(async () => {
    python = join(await pythonPrograms(packages), 'python');
    [hub, folder] = await Promise.all([hubOfTest(), mkdtemp(join(tmpdir(), 'lienthong-signed-'))]);
    client = hubClient(hub.address);
    ({ code, secret } = await submit());
  }, startMs);
  afterAll(async () => {
    client.close();
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function submit(rehearsal?: intake.Rehearsal): Promise<{ readonly code: string; readonly secret: string }> {
    const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-${rehearsal === undefined ? 1 : 2}` }) } };
    const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
    const submission = intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents, ...(rehearsal === undefined ? {} : { rehearsal }) });
    const answer = await client.intake.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: `s-${rehearsal === undefined}`, submission }), { office: counter, officer: 'cb-04' });
    return { code: answer.code, secret: answer.receipt!.trackSecret };
  }
  async function got(request: Partial<intake.GetFormRequest>): Promise<{ readonly bytes: Buffer; readonly info: intake.FormInfo }> {
    const chunks: Uint8Array[] = [];
    let info: intake.FormInfo | undefined;
    for await (const piece of client.intake.getForm(intake.GetFormRequest.fromPartial({ code, secret, form: '01', ...request }))) { chunks.push(piece.chunk); info ??= piece.info; }
    return { bytes: Buffer.concat(chunks), info: info! };
  }
  async function judged(bytes: Uint8Array): Promise<Verdict> {
    const file = join(folder, 'signed.pdf');
    await writeFile(file, bytes);
    const { stdout } = await promisify(execFile)(python, [script, file, join(hub.directory, 'keys', 'forms', 'certificate.pem')], { timeout: testMs, env: { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' } });
    return JSON.parse(stdout) as Verdict;
  }

  test('is made once: who asks at the same time, or again, gets the same file, and the hub keeps it by its digest', async () => {
    // Its number in the book is the last thing that the receipt waits for.
    await expect.poll(async () => (await got({ form: '07' }).catch(() => undefined)) !== undefined, { timeout: 60_000 }).toBe(true);
    const all = await Promise.all(Array.from({ length: 4 }, () => got({ signed: true })));
    const digests = new Set([...all, await got({ signed: true })].map(({ bytes, info }) => `${info.signed} ${info.digest === createHash('sha256').update(bytes).digest('hex')} ${info.digest}`));
    expect([...digests]).toEqual([`true true ${all[0]!.info.digest}`]);
    const page = await fetch(`${hub.http}/form/${code}/01?s=${secret}&signed=1`);
    expect(createHash('sha256').update(Buffer.from(await page.arrayBuffer())).digest('hex')).toBe(all[0]!.info.digest);
  }, testMs);

  test('is PAdES over the whole file, with the form as it is without', async () => {
    const [{ bytes: plain }, { bytes: signed }] = [await got({}), await got({ signed: true })];
    expect(signed.subarray(0, plain.length).equals(plain)).toBe(true);
    expect(await judged(signed)).toEqual({ format: '/ETSI.CAdES.detached', intact: true, valid: true, trusted: true, coverage: 'ENTIRE_FILE', reason: 'Mẫu số 01, 03/2025/TT-VPCP', names_certificate: true });
    const changed = Buffer.from(signed), at = changed.indexOf('/Title') + 20;
    changed[at] = changed[at]! ^ 1;
    expect(await judged(changed)).toMatchObject({ intact: false });
  }, testMs);

  test('of a rehearsal there is none', async () => {
    const rehearsed = await submit({ startTime: new Date('2026-10-06T08:00:00+07:00') } as intake.Rehearsal);
    await expect(got({ ...rehearsed, signed: true })).rejects.toMatchObject({ reason: 'FORM_NOT_SIGNED' });
  }, testMs);
});
