/** The pages over HTTP: what people see, and what they never see. */
import { dossier as pb, evidence, intake, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPortal } from '../src/index.ts';

const secret = 'c0ffee';
const status = pb.DossierStatus.fromPartial({
  code: 'H17.125.02-261123-0001', procedureName: { vi: 'Đăng ký <b>khai sinh</b>', en: 'Birth registration' }, stateText: { vi: 'Đang giải quyết', en: 'In process' }, receivedTime: new Date('2026-11-23T02:00:00Z'), dueTime: new Date('2026-11-24T10:00:00Z'),
  current: [{ officeName: { vi: 'Ủy ban nhân dân phường Hội An', en: 'People\'s Committee of Hội An' }, title: { vi: 'Đăng ký khai sinh', en: 'Registration' }, sinceTime: new Date('2026-11-23T02:01:00Z'), dueTime: new Date('2026-11-24T10:00:00Z') } as pb.LegView],
  history: [{ time: new Date('2026-11-23T02:00:00Z'), text: { vi: 'Tiếp nhận hồ sơ', en: 'Received' }, officeName: { vi: 'Trung tâm Phục vụ hành chính công', en: '' } } as pb.HistoryLine],
});
const failures: unknown[] = [];
/** What the hub says of the dossier that is asked for. */
let late = false;
let address = '';
const portal = createPortal({
  async track(request) {
    if (request.code === 'CRASH') throw new TypeError('secret inside hub/store.db');
    if (request.code === 'MANY') throw new HubError('TOO_MANY_TRIES', { seconds: '4' });
    const right = request.proof?.$case === 'secret' ? request.proof.value === secret : request.proof?.value === '1234';
    if (request.code !== status.code || !right) throw new HubError('TRACK_REFUSED', { code: request.code }, { field: 'proof' });
    const reads = request.proof?.$case === 'secret' ? [evidence.EvidenceRead.fromPartial({ readTime: new Date('2026-11-23T02:00:00Z'), service: 'land', fact: 'certificate', officeName: { vi: 'Trung tâm Phục vụ hành chính công', en: '' }, purpose: 'tiếp nhận <hồ sơ>', ground: '2304/QĐ-BNNMT' })] : [];
    return { status: { ...status, late }, reads, readsUnavailable: reads.length === 0 ? [] : ['social-protection'] };
  },
  async *form(request) {
    if (request.secret !== secret) throw new HubError('TRACK_REFUSED', { code: request.code }, { field: 'secret' });
    if (request.form === '04') throw new HubError('FORM_NOT_ISSUED', { form: '04', title: '', code: request.code }, { field: 'form' });
    yield intake.GetFormResponse.fromPartial({ chunk: Buffer.from('%PDF-') });
  },
  async checkResult({ code, number, digest }) {
    if (code === 'CRASH') throw new TypeError('secret inside hub/store.db');
    if (digest === '' && number === '') throw new HubError('FIELD_MISSING', { field: 'number' }, { field: 'number' });
    if (digest === '' && number !== '12/<GPXD>') throw new HubError('RESULT_NOT_FOUND', {});
    return intake.CheckResultResponse.fromPartial({
      result: 'KQ.G17.000315', name: { vi: 'Giấy phép xây dựng', en: 'Construction permit' }, number: '12/<GPXD>', officeName: { vi: 'Ủy ban nhân dân phường Hội An', en: '' }, issueTime: new Date('2026-11-23T02:00:00Z'), sinceTime: new Date('2026-11-24T02:00:00Z'),
      ...(digest === '' ? { standing: pb.ResultStanding.STANDS, standingText: { vi: 'Đang có hiệu lực', en: 'In force' } } : { standing: pb.ResultStanding.REVOKED, standingText: { vi: 'Đã bị thu hồi', en: 'Revoked' }, ground: '175/2024/NĐ-CP, Điều 58' }),
    });
  },
  async confirm({ fields }) {
    if (fields['MaXacThuc'] !== 'right') throw new HubError('SIGNATURE_WRONG', {}, { field: 'fields.MaXacThuc' });
    return payments.ConfirmPaymentResponse.fromPartial({ outcome: payments.ConfirmOutcome.SETTLED });
  },
  post: null, live: () => true, ready: () => ({ ready: true, parts: [] }), failed: (error) => failures.push(error),
});

beforeAll(async () => { address = `http://127.0.0.1:${await portal.listen(0)}`; });
afterAll(() => portal.stop());
const get = (path: string): Promise<Response> => fetch(`${address}${path}`);
const post = (code: string, last4: string, lang = ''): Promise<Response> => fetch(`${address}/track${lang}`, { method: 'POST', body: new URLSearchParams({ code, last4 }) });

describe('a paper in hand', () => {
  const ask = (given: Readonly<Record<string, string>>, lang = ''): Promise<Response> => fetch(`${address}/result${lang}`, { method: 'POST', body: new URLSearchParams(given) });
  const api = (given: object): Promise<Response> => fetch(`${address}/api/v1/result`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });

  test('that counts says so, one that was revoked says since when and on what ground, in both languages', async () => {
    expect(await (await get('/')).text()).toContain('href="/result"');
    expect(await (await get('/result')).text()).toContain('Kiểm tra kết quả đã cấp');
    const stands = await (await ask({ code: 'H17', number: '12/<GPXD>' })).text(), revoked = await (await ask({ digest: 'ab'.repeat(32) })).text();
    for (const part of ['Đang có hiệu lực', 'Giấy phép xây dựng', '12/&lt;GPXD&gt;', 'Ủy ban nhân dân phường Hội An']) expect(stands).toContain(part);
    for (const part of ['Đã bị thu hồi', '09:00 24/11/2026', '175/2024/NĐ-CP, Điều 58']) expect(revoked).toContain(part);
    expect(stands).not.toContain('24/11/2026');
    expect(await (await ask({ digest: 'ab'.repeat(32) }, '?lang=en')).text()).toContain('Revoked');
  });
  test('that nobody issued, or is not named, is told in plain words; what breaks shows nothing of the inside', async () => {
    const unknown = await ask({ code: 'H17', number: '13' }), nothing = await ask({}), broken = await ask({ code: 'CRASH', number: '1' });
    expect([unknown.status, nothing.status, broken.status]).toEqual([404, 400, 500]);
    expect([await unknown.text(), await nothing.text(), await broken.text()].map((text) => [/Không có kết quả nào như vậy/, /Nhập mã hồ sơ và số/, /store\.db/].map((part) => part.test(text)))).toEqual([[true, false, false], [false, true, false], [false, false, false]]);
  });
  test('is the same over HTTP for programs', async () => {
    const [found, missing] = [await api({ digest: 'ab'.repeat(32) }), await api({ code: 'H17', number: '13' })];
    expect([found.status, await found.json()]).toMatchObject([200, { standing: 'RESULT_STANDING_REVOKED', ground: '175/2024/NĐ-CP, Điều 58' }]);
    expect([missing.status, await missing.json()]).toMatchObject([404, { reason: 'RESULT_NOT_FOUND' }]);
    expect((await api({ code: 5, number: ['x'] })).status).toBe(400);
  });
});

describe('the public pages', () => {
  test('show where a dossier is to whoever has the secret of its receipt', async () => {
    const text = await (await get(`/track/${status.code}?s=${secret}`)).text();
    expect(text).toContain('Ủy ban nhân dân phường Hội An');
    expect(text).toContain('17:00 24/11/2026');
    expect(text).toContain('Tiếp nhận hồ sơ');
    expect(text).toContain(`/receipt/${status.code}?s=${secret}`);
  });
  test('call late what the hub calls late, whatever their own clock says of the due time', async () => {
    const shown = async (): Promise<boolean> => (await (await get(`/track/${status.code}?s=${secret}`)).text()).includes('<span class="late">đã quá hạn</span>');
    expect(await shown()).toBe(false);
    late = true;
    try { expect(await shown()).toBe(true); } finally { late = false; }
  });
  test('show who read what in which register and why, to the secret alone', async () => {
    const text = await (await get(`/track/${status.code}?s=${secret}`)).text();
    for (const part of ['Ai đã đọc dữ liệu của bạn', 'tiếp nhận &lt;hồ sơ&gt;', '2304/QĐ-BNNMT', 'Đất đai', 'Chưa hỏi được: Bảo trợ xã hội']) expect(text).toContain(part);
    expect(await (await post(status.code, '1234')).text()).not.toContain('Ai đã đọc dữ liệu của bạn');
  });
  test('escape what comes from elsewhere', async () => {
    expect(await (await get(`/track/${status.code}?s=${secret}`)).text()).toContain('Đăng ký &lt;b&gt;khai sinh&lt;/b&gt;');
    expect(await (await get('/track/%3Cscript%3E')).text()).not.toContain('<script>');
  });
  test('take the last four digits instead, typed in any case and with blanks', async () => {
    const answer = await post(` ${status.code.toLowerCase()} `, '1234');
    expect([answer.status, (await answer.text()).includes('Đang giải quyết')]).toEqual([200, true]);
  });
  test('speak English by switch', async () => {
    expect(await (await get(`/track/${status.code}?s=${secret}&lang=en`)).text()).toContain('Where it is');
    expect(await (await post(status.code, '0000', '?lang=en')).text()).toContain('The code or its proof is not right');
  });
  test.each([['a wrong proof', () => post(status.code, '0000'), 403, 'không đúng'], ['an unknown code', () => post('H17.1-261123-0009', '1234'), 403, 'không đúng'], ['too many tries', () => post('MANY', '1234'), 429, 'Thử sai quá nhiều lần'], ['a page that does not exist', () => get('/nowhere'), 404, 'Không có trang này']])('refuse %s in plain words', async (_what, ask, code, words) => {
    const answer = await ask();
    expect([answer.status, (await answer.text()).includes(words)]).toEqual([code, true]);
  });
  test('never show what broke, but tell the operator', async () => {
    const text = await (await post('CRASH', '1234')).text();
    expect(text).not.toMatch(/TypeError|store\.db|at .*\.ts/);
    expect(failures.some((one) => one instanceof TypeError)).toBe(true);
  });
  test.each<[what: string, path: string, type: string, body: string, status: number, said: RegExp]>([
    ['no JSON', '/track', 'application/json', '{bad', 400, /Không đọc được nội dung/],
    ['a type that no form has', '/track?lang=en', 'text/xml', '<a/>', 415, /cannot be read/],
    ['too much', '/track', 'application/x-www-form-urlencoded', `code=${'x'.repeat(20_000)}`, 413, /Không đọc được nội dung/],
    ['numbers for text', '/track', 'application/json', '{"code":5,"last4":5}', 403, /không đúng/],
    ['nothing at all', '/track', 'application/json', 'null', 403, /không đúng/],
    ['no JSON from a program', '/api/v1/track', 'application/json', '{bad', 400, /"MALFORMED_MESSAGE"/],
    ['a list for a code from a program', '/api/v1/track', 'application/json', '{"code":["a"],"last4":{}}', 403, /"TRACK_REFUSED"/],
    ['a list for a secret from a program', '/api/v1/track', 'application/json', `{"code":"${status.code}","secret":["a"]}`, 403, /"TRACK_REFUSED"/],
  ])('take %s for what it is, and tell the operator of no defect', async (_what, path, type, body, code, said) => {
    const before = failures.length, answer = await fetch(`${address}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
    expect([answer.status, await answer.text()]).toEqual([code, expect.stringMatching(said)]);
    expect(failures).toHaveLength(before);
  });
  test('take a secret that stands in the address twice for a wrong one', async () => {
    const before = failures.length;
    expect([(await get(`/track/${status.code}?s=${secret}&s=x`)).status, (await get(`/receipt/${status.code}?s=${secret}&s=x`)).status]).toEqual([403, 403]);
    expect(failures).toHaveLength(before);
  });
  test('say that the system is busy when it broke, not that the code is wrong, and show programs an id alone', async () => {
    expect(await (await post('CRASH', '1234')).text()).toContain('Hệ thống đang bận');
    const answer = await fetch(`${address}/api/v1/track`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"code":"CRASH"}' }), text = await answer.text();
    expect([answer.status, /store\.db/.test(text), /kèm mã [0-9a-f]{8}/.test(text)]).toEqual([500, false, true]);
  });
  test('are not kept, not framed, and do not tell other sites the secret', async () => {
    const { headers } = await get(`/track/${status.code}?s=${secret}`);
    expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('content-security-policy')?.includes("frame-ancestors 'none'")]).toEqual(['no-store', 'no-referrer', true]);
  });
  test('serve the receipt as PDF to whoever has its secret', async () => {
    const answer = await get(`/receipt/${status.code}?s=${secret}`);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['application/pdf', '%PDF-']);
    expect((await get(`/receipt/${status.code}?s=wrong`)).status).toBe(403);
  });
  test('answer programs with the reasons of the catalogue', async () => {
    const ask = (body: object): Promise<Response> => fetch(`${address}/api/v1/track`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(await (await ask({ code: status.code, secret })).json()).toMatchObject({ status: { code: status.code } });
    expect(await (await ask({ code: status.code, last4: '0000' })).json()).toMatchObject({ reason: 'TRACK_REFUSED', domain: 'lienthong.vn', field: 'proof' });
    expect(await (await get('/openapi.json')).json()).toMatchObject({ paths: { '/api/v1/track': {} } });
  });
  test('say whether the hub lives and is ready', async () => {
    expect([(await get('/health/live')).status, (await get('/health/ready')).status]).toEqual([200, 200]);
  });
});

test.each<[string, unknown, number, object]>([
  ['authenticated', { MaLoi: '00', MaXacThuc: 'right' }, 200, { MaLoi: '00', outcome: 'CONFIRM_OUTCOME_SETTLED' }],
  ['not authenticated', { MaLoi: '00', MaXacThuc: 'wrong' }, 403, { MaLoi: '99', reason: 'SIGNATURE_WRONG' }],
  ['no message at all', [1], 403, { MaLoi: '99', reason: 'SIGNATURE_WRONG' }],
])('a confirmation of the payment platform, %s', async (_what, body, code, answer) => {
  const response = await fetch(`${address}/api/v1/payments/confirm`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect([response.status, await response.json()]).toMatchObject([code, answer]);
});
