/** A client in another language, written from the .proto files alone, takes a birth from the counter to its result: `client.py`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { pythonMissing, pythonPrograms } from '@lienthong/testkit/servers/python-environment';
import { HubProcess } from '../chaos/hub-process.ts';

const client = fileURLToPath(new URL('./client.py', import.meta.url)), protos = fileURLToPath(new URL('../../proto', import.meta.url));
const packages = { requirements: new URL('./requirements.txt', import.meta.url), name: 'python' }, missing = pythonMissing(packages);
/** Its packages may have to be fetched. */
const startMs = 400_000;

type Refusal = { readonly status: string; readonly reason: string; readonly domain: string; readonly metadata: Readonly<Record<string, string>>; readonly message: string; readonly en: string };
type Told = {
  readonly submitted: { readonly code: string; readonly repeat_identical: boolean; readonly procedure: string; readonly legs: readonly (readonly string[])[]; readonly secret_characters: number };
  readonly watched: { readonly cursor: string; readonly leg: string; readonly name: string }; readonly resumed: { readonly gone: string };
  readonly worked: { readonly admitted: readonly string[]; readonly particulars: readonly string[]; readonly written: readonly string[]; readonly repeat_identical: boolean; readonly not_the_holder: Refusal; readonly twice: Refusal };
  readonly returned: { readonly written: readonly string[] };
  readonly tracked: { readonly state: string; readonly text: string; readonly same: boolean; readonly history: readonly string[]; readonly numbers_with_secret: readonly string[]; readonly numbers_with_digits: readonly string[]; readonly wrong: Refusal };
  readonly errors: Readonly<Record<string, Refusal>>;
};

async function run(python: string, address: string): Promise<Told> {
  const child = spawn(python, [client, protos, address], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' } });
  let stdout = '', stderr = '';
  child.stdout.on('data', (text) => { stdout += String(text); });
  child.stderr.on('data', (text) => { stderr += String(text); });
  const [code] = await once(child, 'close') as [number];
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Told;
}

describeWith(missing === undefined ? {} : { skipped: missing }, 'a client in Python', () => {
  let place: HubProcess, told: Told;
  beforeAll(async () => {
    place = await HubProcess.place();
    await place.start();
    told = await run(join(await pythonPrograms(packages), 'python'), place.address);
  }, startMs);
  afterAll(() => place?.gone());

  test('submits, and a repeat of the request_id gets the same bytes', () => {
    expect(told.submitted).toMatchObject({ code: expect.stringMatching(/^H17\.125\.02-\d{6}-\d{4}$/) as string, repeat_identical: true, procedure: 'Thủ tục đăng ký khai sinh' });
    expect(told.submitted.legs).toEqual([['registration', 'committee-20410-202507', 'Ủy ban nhân dân phường Hội An']]);
    expect(told.submitted.secret_characters).toBeGreaterThanOrEqual(22);
  });

  test('sees the leg come to the desk, and with its cursor only what came after', () => {
    expect(told.watched).toMatchObject({ name: 'registration', cursor: expect.stringMatching(/./) as string });
    expect(told.resumed.gone).toBe(told.watched.leg);
  });

  test('reads the work and completes it, once', () => {
    expect(told.worked.admitted).toContain('CompleteLeg');
    expect(told.worked.particulars).toContain('applicant');
    expect(told.worked).toMatchObject({ written: ['leg-completed'], repeat_identical: true });
    expect(told.returned.written).toEqual(['result-returned']);
  });

  test('tracks with the secret, and with four digits without what those may not show', () => {
    expect(told.tracked).toMatchObject({ state: 'DOSSIER_STATE_RETURNED', text: 'Đã trả kết quả', same: true, history: ['dossier-received', 'leg-taken-over', 'leg-completed', 'result-returned', 'dossier-closed'] });
    expect(told.tracked.numbers_with_secret).toEqual([expect.stringMatching(/^[0-9a-f]{12}-1$/)]);
    expect(told.tracked.numbers_with_digits).toEqual(['']);
  });

  test('reads why it is refused: reason, domain, field, remedy, in two languages', () => {
    const all = { ...told.errors, not_the_holder: told.worked.not_the_holder, twice: told.worked.twice, wrong_digits: told.tracked.wrong };
    const refusals: readonly [string, string, string, string][] = Object.entries(all).map(([name, one]) => [name, one.status, one.reason, one.metadata['field'] ?? '']);
    expect(refusals).toEqual([
      ['reused', 'ALREADY_EXISTS', 'REQUEST_ID_REUSED', 'request_id'],
      ['unknown_procedure', 'NOT_FOUND', 'UNKNOWN_PROCEDURE', expect.stringContaining('procedure') as string],
      ['missing_documents', 'FAILED_PRECONDITION', 'DOCUMENT_MISSING', expect.stringContaining('documents') as string],
      ['no_office', 'UNAUTHENTICATED', 'CALLER_UNKNOWN', 'lienthong-office'],
      ['stale_cursor', 'FAILED_PRECONDITION', 'CURSOR_UNKNOWN', 'cursor'],
      ['not_the_holder', 'PERMISSION_DENIED', 'NOT_HOLDER', 'office'],
      ['twice', 'FAILED_PRECONDITION', 'OUT_OF_ORDER', expect.any(String) as string],
      ['wrong_digits', 'PERMISSION_DENIED', 'TRACK_REFUSED', 'proof'],
    ]);
    for (const one of Object.values(all)) {
      expect(one.domain).toBe('lienthong.vn');
      expect(one.metadata['remedy']).toMatch(/./);
      expect(one.message).not.toBe(one.en);
    }
  });
});
