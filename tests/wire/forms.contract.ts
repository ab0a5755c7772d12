/** Forms as the outside gets them: over gRPC, over HTTP with the secret of the receipt, and as files by `lienthong form`. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { formCommand } from '@lienthong/operator';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = 'counter-20410-202507', office = 'committee-20410-202507', patience = { timeout: 60_000, interval: 100 };
/** Milliseconds for a test on a loaded machine. */
const testMs = 180_000;
let hub: HubOfTest, client: HubClient, folder: string, birth: intake.SubmitDossierResponse, old: intake.SubmitDossierResponse, count = 0;

beforeAll(async () => {
  [hub, folder] = await Promise.all([hubOfTest(), mkdtemp(join(tmpdir(), 'lienthong-forms-'))]);
  client = hubClient(hub.address);
  [birth, old] = [await submit(), await submit(new Date('2025-03-04T08:00:00+07:00'))];
}, testMs);
afterAll(async () => {
  client.close();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

/** `start`: a rehearsal that begins then, at the office that there was. */
async function submit(start?: Date): Promise<intake.SubmitDossierResponse> {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2024-11-01', birthNoticeNumber: `GCS-${++count}`, mother: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190000017' }) }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  const { office: at, area } = start === undefined ? { office: counter, area: '20410' } : oldPlace;
  const submission = intake.Submission.fromPartial({
    procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: area, residence: area } as intake.Areas, documents, ...(start === undefined ? {} : { rehearsal: { startTime: start } as intake.Rehearsal }),
  });
  return client.intake.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: `s-${count}`, submission }), { office: at, officer: 'cb-04' });
}
const oldPlace = { office: 'counter-20413-202501', area: '20413' };

type Got = { readonly bytes: Buffer; readonly info: intake.FormInfo };
async function got(request: Partial<intake.GetFormRequest>, caller: object = {}): Promise<Got> {
  const chunks: Uint8Array[] = [];
  let info: intake.FormInfo | undefined;
  for await (const piece of client.intake.getForm(intake.GetFormRequest.fromPartial({ code: birth.code, secret: birth.receipt!.trackSecret, ...request }), caller)) { chunks.push(piece.chunk); info ??= piece.info; }
  return { bytes: Buffer.concat(chunks), info: info! };
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const textOf = async (bytes: Uint8Array): Promise<string> => (await extractText(new Uint8Array(bytes), { mergePages: true })).text;

describe('forms over gRPC', { timeout: testMs }, () => {
  test('the receipt is one paper however it is asked for, and says who, what, when', async () => {
    await vi.waitFor(async () => expect(await textOf((await got({ form: '01' })).bytes)).toContain('Số thứ tự trong sổ theo dõi'), patience);
    const [first, again, named] = [await got({ form: '01' }), await got({ form: '01' }), await got({ form: 'receipt', secret: '' }, { office: counter })];
    expect([sha256(again.bytes), sha256(named.bytes), first.info.digest]).toEqual(Array.from({ length: 3 }, () => sha256(first.bytes)));
    const pieces: Uint8Array[] = [];
    for await (const { chunk } of client.intake.getReceipt({ code: birth.code, secret: birth.receipt!.trackSecret, language: 'vi' })) { expect(chunk.length).toBeLessThanOrEqual(64 * 1024); pieces.push(chunk); }
    expect(sha256(Buffer.concat(pieces))).toBe(first.info.digest);
    const text = await textOf(first.bytes);
    for (const said of [birth.code, 'Trần Thị Bông', '1.001193', 'Mẫu số 01, 03/2025/TT-VPCP']) expect(text).toContain(said);
    expect(await textOf((await got({ form: '01', language: 'en' })).bytes)).toContain('Result due');
  });

  test('a dossier of the years before has the forms of its day', async () => {
    const of = async (form: string): Promise<string> => { const { info } = await got({ code: old.code, secret: old.receipt!.trackSecret, form }); return `${info.number} ${info.form} ${info.act}`; };
    expect([await of('01'), await of('05')]).toEqual(['01 receipt 01/2018/TT-VPCP', '05 control-slip 01/2018/TT-VPCP']);
    await expect(of('07')).rejects.toMatchObject({ reason: 'FORM_NOT_IN_EDITION' });
    await expect(of('stop')).rejects.toMatchObject({ reason: 'FORM_NOT_IN_EDITION' });
  });

  test.each<[what: string, request: Partial<intake.GetFormRequest>, caller: object, reason: string]>([
    ['a form that nothing called for', { form: '04' }, {}, 'FORM_NOT_ISSUED'], ['what is no form', { form: 'x' }, {}, 'FIELD_INVALID'], ['no form', {}, {}, 'FIELD_INVALID'], ['a wrong secret', { form: '01', secret: 'x' }, {}, 'TRACK_REFUSED'],
    ['no secret', { form: '06', secret: '' }, {}, 'TRACK_REFUSED'], ['an unknown code', { form: '01', code: 'H17.1-261123-9999' }, {}, 'TRACK_REFUSED'], ['an office that is no counter', { form: '06', secret: '' }, { office }, 'CALLER_NOT_ALLOWED'], ['an office that does not exist', { form: '06', secret: '' }, { office: 'nobody' }, 'UNKNOWN_OFFICE'],
  ])('%s is refused', async (_what, request, caller, reason) => { await expect(got(request, caller)).rejects.toMatchObject({ reason }); });

  test('a supplement is asked: form 02 says why, in the words of the office', async () => {
    const say = (): Promise<unknown> => client.desk.requestSupplement(agency.RequestSupplementRequest.fromPartial({ requestId: 'ask', code: birth.code, leg: 'registration', documents: ['birth-notice'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'Giấy chứng sinh thiếu dấu' }), { office, officer: 'cb-09' });
    await vi.waitFor(say, patience);
    await vi.waitFor(() => got({ form: '02' }), patience);
    const text = (await textOf((await got({ form: '02' })).bytes)).replaceAll(/\s+/g, ' ');
    for (const said of ['Giấy chứng sinh thiếu dấu', '309/2026/NĐ-CP, Điều 8', 'cb-09', 'PHIẾU YÊU CẦU BỔ SUNG']) expect(text).toContain(said);
  });
});

describe('forms over HTTP', { timeout: testMs }, () => {
  test('need the secret of the receipt', async () => {
    const at = (path: string): Promise<Response> => fetch(`${hub.http}${path}`), secret = birth.receipt!.trackSecret;
    const slip = await at(`/form/${birth.code}/06?s=${secret}`);
    expect([slip.status, slip.headers.get('content-type'), sha256(Buffer.from(await slip.arrayBuffer()))]).toEqual([200, 'application/pdf', (await got({ form: 'control-slip' })).info.digest]);
    expect([(await at(`/form/${birth.code}/06`)).status, (await at(`/form/${birth.code}/06?s=x`)).status, (await at(`/form/${birth.code}/04?s=${secret}`)).status, (await at(`/receipt/${birth.code}?s=${secret}`)).status]).toEqual([403, 403, 409, 200]);
  });
});

describe('lienthong form', { timeout: testMs }, () => {
  test('writes a form, and a page of the book, into a file', async () => {
    const out = join(folder, 'form.pdf'), said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const run = (...args: string[]): Promise<number> => formCommand.run([...args, '--out', out, '--address', hub.address]);
    try {
      expect(await run(birth.code, '--form', '07')).toBe(0);
      expect(await textOf(await readFile(out))).toContain(birth.code);
      expect(await run(birth.code, '--form', '01', '--secret', birth.receipt!.trackSecret, '--json')).toBe(0);
      expect(JSON.parse(String(said.mock.calls.at(-1)![0]))).toMatchObject({ out, form: 'receipt', digest: sha256(await readFile(out)) });
      expect(await run('--book', String(new Date().getFullYear()), '--office', counter)).toBe(0);
      expect(await textOf(await readFile(out))).toContain('Số hồ sơ đã vào sổ: 1');
    } finally {
      said.mockRestore();
    }
    await expect(run(birth.code, '--form', '04')).rejects.toMatchObject({ reason: 'FORM_NOT_ISSUED' });
  });
});
