/** What a counter does not receive, as the outside sees it: numbered, kept, printed in the edition of its day, counted, and no dossier. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dossier as pb, intake } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { formCommand } from '@lienthong/operator';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = 'counter-20410-202507', other = 'counter-20900-202507', oldCounter = 'counter-20413-202501', caller = { office: counter, officer: 'cb-04' };
/** Milliseconds for a test on a loaded machine. */
const testMs = 180_000;
let hub: HubOfTest, client: HubClient;

beforeAll(async () => { hub = await hubOfTest(); client = hubClient(hub.address); }, testMs);
afterAll(async () => { client.close(); await hub.stop(); });

const applicant: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190000017', address: '15 Trần Hưng Đạo' }) } };
const refuse = (requestId: string, more: object = {}, as: object = caller): Promise<intake.RefuseReceiptResponse> =>
  client.intake.refuseReceipt(intake.RefuseReceiptRequest.fromPartial({ requestId, procedure: '1.001193', applicant, ground: '61/2018/NĐ-CP, Điều 17', reason: 'Giấy chứng sinh thiếu dấu', missing: ['birth-notice'], ...more }), as);

type Got = { readonly bytes: Buffer; readonly info: intake.FormInfo };
async function form(refusal: string, more: object = {}, as: object = caller): Promise<Got> {
  const chunks: Uint8Array[] = [];
  let info: intake.FormInfo | undefined;
  for await (const piece of client.intake.getRefusalForm(intake.GetRefusalFormRequest.fromPartial({ refusal, ...more }), as)) { chunks.push(piece.chunk); info ??= piece.info; }
  return { bytes: Buffer.concat(chunks), info: info! };
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const textOf = async (bytes: Uint8Array): Promise<string> => (await extractText(new Uint8Array(bytes), { mergePages: true })).text.replaceAll(/\s+/g, ' ');
const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const listed = (more: object = {}, as: object = caller): Promise<intake.ListRefusalsResponse> => client.intake.listRefusals(intake.ListRefusalsRequest.fromPartial({ fromDate: '2020-01-01', toDate: '2020-12-31', ...more }), as);

test('is numbered once, printed from what was kept, found by its number at its counter alone, and counted', async () => {
  const day = today(), first = await refuse('r-1'), year = first.year;
  expect(first).toMatchObject({ refusal: `TC-1-${year}-${counter}`, number: 1 });
  expect([await refuse('r-1'), (await refuse('r-2', { missing: [], procedure: '1.001612', reason: 'Không thuộc thẩm quyền' })).number, (await refuse('r-1', {}, { office: other, officer: 'cb-1' })).refusal]).toEqual([first, 2, `TC-1-${year}-${other}`]);
  await expect(refuse('r-1', { reason: 'khác' })).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  const [one, again, english] = [await form(first.refusal), await form(first.refusal), await form(first.refusal, { language: 'en' })];
  expect([sha256(again.bytes), one.info.digest, one.info.form, one.info.number, one.info.act, one.info.issuedTime]).toEqual([sha256(one.bytes), sha256(one.bytes), 'refusal', '03', '03/2025/TT-VPCP', first.refuseTime]);
  const text = await textOf(one.bytes);
  for (const said of [first.refusal, `01/${year}`, 'Trần Thị Bông', '15 Trần Hưng Đạo', '1.001193', 'Giấy chứng sinh', 'Giấy chứng sinh thiếu dấu', '61/2018/NĐ-CP, Điều 17', 'cb-04', 'Mẫu số 03, 03/2025/TT-VPCP']) expect(text).toContain(said);
  expect(await textOf(english.bytes)).toContain('Missing or not in order');
  const signed = await form(first.refusal, { signed: true });
  expect([signed.info.signed, sha256((await form(first.refusal, { signed: true })).bytes)]).toEqual([true, sha256(signed.bytes)]);
  for (const [code, as] of [[first.refusal, { office: other }], [`TC-99-${year}-${counter}`, caller], [`DT-${first.refusal}`, caller]] as const) await expect(form(code, {}, as)).rejects.toMatchObject({ reason: 'UNKNOWN_ITEM' });
  const period = { fromDate: day, toDate: today() }, list = await listed(period);
  expect([list.total, list.counts.map(({ procedure, refusals }) => ({ procedure, refusals })), list.refusals.map((line) => [line.refusal, line.procedure, line.officer, line.missing, line.ground])]).toEqual([2, [{ procedure: '1.001193', refusals: 1 }, { procedure: '1.001612', refusals: 1 }], [
    [first.refusal, '1.001193', 'cb-04', ['birth-notice'], '61/2018/NĐ-CP, Điều 17'], [`TC-2-${year}-${counter}`, '1.001612', 'cb-04', [], '61/2018/NĐ-CP, Điều 17'],
  ]]);
  expect([(await listed()).total, (await listed({ ...period, rehearsals: true })).total, (await client.intake.listDossiers(intake.ListDossiersRequest.fromPartial({}), caller)).dossiers]).toEqual([0, 0, []]);
}, testMs);

test('are counted over all counters by day, procedure and counter, and printed by their number alone', async () => {
  const day = today(), as = { office: 'counter-20209-202507', officer: 'cb-1' }, given = [await refuse('c-1', {}, as), await refuse('c-2', {}, as), await refuse('c-3', { procedure: '1.001612', missing: [], reason: 'Không thuộc thẩm quyền' }, as)];
  await refuse('c-4', { rehearsal: { startTime: new Date() } }, as);
  const count = (more: object = {}): Promise<intake.CountRefusalsResponse> => client.intake.countRefusals(intake.CountRefusalsRequest.fromPartial({ fromDate: day, toDate: today(), ...more }), { office: 'committee-20410-202507' });
  const ofCounter = await count({ office: as.office });
  expect([ofCounter.total, ofCounter.counts.map(({ date, procedure, office, officeName, refusals }) => [date, procedure, office, officeName?.vi !== '', refusals])]).toEqual([3, [[day, '1.001193', as.office, true, 2], [day, '1.001612', as.office, true, 1]]]);
  const of1612 = (await count({ procedure: '1.001612' })).counts;
  expect([of1612.every((one) => one.procedure === '1.001612'), of1612.find((one) => one.office === as.office)?.refusals]).toEqual([true, 1]);
  const all = await count(), apart = await Promise.all([...new Set(all.counts.map((one) => one.office))].map((office) => count({ office })));
  expect([all.total, all.total > 3]).toEqual([apart.reduce((sum, one) => sum + one.total, 0), true]);
  expect((await count({ fromDate: '2020-01-01', toDate: '2020-12-31' })).counts).toEqual([]);
  for (const more of [{ fromDate: 'x' }, { toDate: '2022-01-01' }]) await expect(count(more)).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
  const folder = await mkdtemp(join(tmpdir(), 'lienthong-refusal-')), out = join(folder, 'form.pdf'), said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await formCommand.run([given[2]!.refusal, '--out', out, '--json', '--address', hub.address])).toBe(0);
    expect(JSON.parse(String(said.mock.calls.at(-1)![0]))).toMatchObject({ form: 'refusal', number: '03', digest: sha256(await readFile(out)) });
    await expect(formCommand.run([`TC-99-${given[0]!.year}-${as.office}`, '--out', out, '--address', hub.address])).rejects.toMatchObject({ reason: 'UNKNOWN_ITEM' });
  } finally {
    said.mockRestore();
    await rm(folder, { recursive: true, force: true });
  }
}, testMs);

test('that come at once have numbers without a gap', async () => {
  const as = { office: 'counter-20401-202507', officer: 'cb-1' }, numbers = await Promise.all(Array.from({ length: 12 }, async (_one, n) => (await refuse(`at-once-${n}`, {}, as)).number));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_one, n) => n + 1));
}, testMs);

test('of a day before the present edition is printed in that of its day, and a rehearsal has a series and figures of its own', async () => {
  const as = { office: oldCounter, officer: 'cb-1' }, rehearsed = await refuse('old', { rehearsal: { startTime: new Date('2025-03-04T08:00:00+07:00') } }, as), { bytes, info } = await form(rehearsed.refusal, {}, as);
  expect([rehearsed.refusal, info.act, info.number]).toEqual([`DT-TC-1-2025-${oldCounter}`, '01/2018/TT-VPCP', '03']);
  expect(await textOf(bytes)).toContain('08:00 04/03/2025');
  const period = { fromDate: '2025-03-01', toDate: '2025-03-31' };
  expect([(await listed({ ...period, rehearsals: true }, as)).total, (await listed(period, as)).total]).toEqual([1, 0]);
  await expect(form(rehearsed.refusal, { signed: true }, as)).rejects.toMatchObject({ reason: 'FORM_NOT_SIGNED' });
}, testMs);

test.each<[what: string, more: object, reason: string, field: string]>([
  ['no procedure', { procedure: '' }, 'FIELD_MISSING', 'procedure'], ['a procedure that nobody has', { procedure: '9.999999' }, 'UNKNOWN_PROCEDURE', 'procedure'], ['nobody', { applicant: undefined }, 'FIELD_MISSING', 'applicant'],
  ['no ground', { ground: '' }, 'REASON_MISSING', 'ground'], ['a ground that is none', { ground: 'vì thế' }, 'GROUND_INVALID', 'ground'], ['neither reason nor paper', { missing: [], reason: ' ' }, 'REASON_MISSING', 'reason'],
  ['a paper that the procedure does not ask for', { missing: ['passport'] }, 'FIELD_INVALID', 'missing[0]'], ['a paper twice', { missing: ['birth-notice', 'birth-notice'] }, 'FIELD_INVALID', 'missing[1]'], ['too many words', { reason: 'x'.repeat(2_001) }, 'FIELD_INVALID', 'reason'],
  ['a rehearsal without a clock', { rehearsal: {} }, 'FIELD_MISSING', 'rehearsal.start_time'], ['words in which something is not seen', { reason: 'thiếu\u200b giấy' }, 'FIELD_INVALID', 'reason'], ['an address that turns its line', { contact: { postalAddress: 'số \u202e1' } }, 'FIELD_INVALID', 'contact.postal_address'], ['an address without end', { contact: { postalAddress: 'x'.repeat(501) } }, 'FIELD_INVALID', 'contact.postal_address'],
])('%s is refused, and takes no number', async (_what, more, reason, field) => {
  await expect(refuse('bad', more, { office: 'counter-20434-202507', officer: 'cb-1' })).rejects.toMatchObject({ reason, metadata: { field } });
}, testMs);

test('whoever is no counter refuses nothing; a period must be one', async () => {
  await expect(refuse('x', {}, { office: 'committee-20410-202507' })).rejects.toMatchObject({ reason: 'CALLER_NOT_ALLOWED' });
  for (const more of [{ fromDate: 'x' }, { toDate: '2022-01-01' }]) await expect(listed(more)).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
  expect((await refuse('good', {}, { office: 'counter-20434-202507', officer: 'cb-1' })).number).toBe(1);
}, testMs);
