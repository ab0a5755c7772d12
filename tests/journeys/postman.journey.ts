/**
 * The postman's page in a real browser, on a phone and by keyboard, against a hub of its own: papers collected at a home with the fee that is owed, for the code on the
 * applicant's page; an original for the code of the counter, delivered for that of the office; a result that nobody took, then somebody.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agency, dossier as pb, intake, payments, postal } from '@lienthong/contract';
import { citizen, hubClient, shown, uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { HubProcess } from '../chaos/hub-process.ts';
import { noBrowser, openBrowser } from './browser.ts';

const counter = 'counter-20410-202507', area = '20410@2025-07-01', post = 'post-503-202501', key = 'khoa-buu-cuc-hoi-an-0001', fee = 50_000;
/** Longest answer of a page, and of what comes by itself, on a busy machine, in milliseconds. */
const pageMs = 30_000, heardMs = 60_000, journeyMs = 240_000;

describeWith(noBrowser === '' ? 'a browser' : { skipped: noBrowser }, 'the postman', () => {
  let place: HubProcess, hub: HubClient, browser: Browser, page: Page;

  beforeAll(async () => {
    place = await HubProcess.place();
    const file = join(place.root, 'post-keys');
    await writeFile(file, `# bưu cục\n${post}=${key}\n`);
    [browser] = await Promise.all([openBrowser(), place.start({ LIENTHONG_POST_KEYS_FILE: file })]);
    hub = hubClient(place.address);
  }, journeyMs);
  afterAll(async () => { await browser?.close(); hub?.close(); await place?.gone(); });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 360, height: 700 } });
    page.setDefaultTimeout(pageMs);
  });
  afterEach(async () => {
    expect(await page.content()).not.toMatch(/Error:|at .*\.ts:/);
    await page.close();
  });

  async function born(returnTo: Partial<intake.ReturnTo> = {}): Promise<Walk> {
    const walk = new Walk('postman', hub, uniqueData(), () => {});
    await walk.submit(counter, '2026-10-05T08:30:00+07:00', {
      procedure: '1.001193', case: 'ordinary', applicant: citizen(walk.unique, 'Hồ Thị Sáu').party, areas: intake.Areas.fromPartial({ residence: area }), documents: shown('application-form', 'birth-notice'), returnTo: intake.ReturnTo.fromPartial(returnTo),
    });
    return walk;
  }

  async function entered(language = ''): Promise<void> {
    await page.goto(`${place.http}/post${language}`);
    for (const [n, text] of [post, 'bt-01', 'Hội An', key].entries()) {
      // The first field has the focus once the page was drawn, which may come after it was loaded.
      await page.locator(`#${['office', 'officer', 'place', 'key'][n]}:focus`).waitFor();
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page.locator('h1', { hasText: post }).waitFor();
  }

  const opened = async (number: string): Promise<void> => { await page.goto(`${place.http}/post`); await page.getByRole('link', { name: number }).click(); await page.locator('h1', { hasText: number }).waitFor(); };
  const said = (): Promise<string> => page.getByRole('status').innerText();
  /** Answered when it resolves: leaving the page earlier would take the form back. The page itself must be whole before, or its own end is taken for the answer. */
  const press = async (name: string): Promise<void> => { await page.waitForLoadState(); await page.getByRole('button', { name, exact: true }).focus(); await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]); };
  const parcelOf = (walk: Walk, nth = 0): Promise<pb.ConsignmentView> => walk.until('the post to accept', ({ status }) => { const one = status!.consignments[nth]; return one !== undefined && one.number !== '' ? one : undefined; });
  const officesCode = async (walk: Walk, consignment: string, office: string): Promise<string> => (await hub.postal.getHandoverCode(postal.GetHandoverCodeRequest.fromPartial({ code: walk.code, consignment }), { office })).handoverCode;

  test('papers at a home: the code stands on the applicant\'s page, what is owed is paid at the door and reaches the books', async () => {
    const walk = new Walk('postman', hub, uniqueData(), () => {});
    const { receipt } = await walk.submit(counter, '2026-10-07T09:00:00+07:00', {
      procedure: '1.001612', case: 'standard', applicant: citizen(walk.unique, 'Đặng Thị Mai').party, areas: intake.Areas.fromPartial({ subject: area }), documents: shown('application-form'),
      declaration: { businessName: `Hộ kinh doanh ${walk.unique.request('quan')}`, industryCodes: '5610', capital: '50000000', address: '12 Lê Lợi, phường Hội An' },
    });
    const order = intake.OrderPickUpRequest.fromPartial({ requestId: walk.unique.request('pick'), code: walk.code, documents: ['member-authority'], address: '12 Lê Lợi, phường Hội An', giverName: 'Đặng Thị Mai', phone: '0905000222', collectCharges: true });
    await expect(hub.intake.orderPickUp({ ...order, secret: 'wrong' }, {})).rejects.toMatchObject({ reason: 'TRACK_REFUSED' });
    await hub.intake.orderPickUp({ ...order, secret: receipt!.trackSecret }, {});
    const { number, consignment } = await parcelOf(walk);
    await page.goto(`${place.http}/track/${walk.code}?s=${receipt!.trackSecret}`);
    const code = /Mã giao nhận: (\d{6})/.exec(await page.locator('main').innerText())?.[1] ?? '';
    expect(code).toMatch(/^\d{6}$/);
    await entered();
    await opened(number);
    expect(await page.locator('main').innerText()).toMatch(/Đặng Thị Mai, 12 Lê Lợi, phường Hội An[\s\S]*0905000222/);
    await page.fill('#code', code === '000000' ? '000001' : '000000');
    await page.getByRole('checkbox').first().check();
    await press('Đã thu gom');
    expect(await page.getByRole('alert').innerText()).toMatch(/Mã giao nhận của bưu gửi .+ không đúng/);
    await page.fill('#code', code);
    await page.getByRole('checkbox').first().check();
    await press('Đã thu gom');
    expect(await said()).toBe('Đã ghi.');
    await expect.poll(async () => (await walk.look()).status!.charges[0]!.state, { timeout: heardMs }).toBe(pb.ChargeState.PAID);
    await opened(number);
    await page.fill('#code', await officesCode(walk, consignment, counter));
    await press('Đã phát');
    expect(await said()).toBe('Đã ghi.');
    const confirmation = intake.ConfirmConsignmentRequest.fromPartial({ requestId: walk.unique.request('count'), code: walk.code, consignment, received: ['member-authority'] });
    await walk.until('the counter to hear of it', ({ status }) => status!.consignments[0]!.awaitsConfirmation);
    await hub.intake.confirmConsignment(confirmation, { office: counter });
    expect((await hub.postal.listOriginals(postal.ListOriginalsRequest.fromPartial({ code: walk.code }), { office: counter })).originals).toMatchObject([{ document: 'member-authority', hand: postal.Hand.RECEIVER, handOffice: counter }]);
    const ledger = async (rehearsal: boolean): Promise<unknown> => (await hub.payments.getLedger(payments.GetLedgerRequest.fromPartial({ rehearsal }), { office: counter })).lines.map((one) => [one.account, one.debit - one.credit]);
    expect(await ledger(true)).toEqual(expect.arrayContaining([[`post:${post}`, fee], [`collected:${post}`, -fee]]));
    expect(await ledger(false)).toEqual([]);
  }, journeyMs);

  test('an original to the office of a leg: given and taken for the codes of the two offices, counted there', async () => {
    const walk = await born(), { office } = await walk.working('registration');
    await hub.intake.sendOriginals(intake.SendOriginalsRequest.fromPartial({ requestId: walk.unique.request('send'), code: walk.code, toOffice: office, documents: ['birth-notice'] }), { office: counter });
    const { number, consignment } = await parcelOf(walk);
    await entered();
    await opened(number);
    await press('Đã thu gom');
    expect(await page.getByRole('alert').innerText()).toContain('cần mã giao nhận hoặc chữ ký');
    await page.fill('#code', await officesCode(walk, consignment, counter));
    await press('Đã thu gom');
    await opened(number);
    await page.fill('#code', await officesCode(walk, consignment, office));
    await press('Đã phát');
    expect(await said()).toBe('Đã ghi.');
    await walk.until('the delivery to be heard of', ({ status }) => status!.consignments[0]!.awaitsConfirmation);
    const request = agency.ConfirmConsignmentRequest.fromPartial({ requestId: walk.unique.request('count'), code: walk.code, leg: 'registration', consignment, received: ['birth-notice'] });
    await expect.poll(() => hub.desk.confirmConsignment(request, { office }).then(() => 'counted', (error: { reason: string }) => error.reason), { timeout: heardMs }).toBe('counted');
    await walk.until('it to be counted', ({ status }) => !status!.consignments[0]!.awaitsConfirmation);
  }, journeyMs);

  test('a result that nobody took at first; in English by switch; nothing sticks out of a small screen', async () => {
    const walk = await born({ way: pb.ReturnWay.POST, receiverName: 'Hồ Thị Sáu', deliveryAddress: '3 Lê Lợi, phường Hội An' });
    await walk.complete('registration');
    const { number } = await parcelOf(walk);
    await entered();
    await opened(number);
    await press('Đã thu gom');
    await opened(number);
    expect(await page.getByRole('button', { name: 'Không thành' }).count()).toBe(0);
    await press('Đi phát');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('link', { name: number }).click();
    await page.locator('h1', { hasText: number }).waitFor();
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    await page.locator('#reason').focus();
    await page.keyboard.press('ArrowDown');
    await press('Failed');
    expect(await said()).toBe('Recorded.');
    expect((await hub.postal.trackConsignment(postal.TrackConsignmentRequest.fromPartial({ number }), { office: counter })).consignment!.state).toBe(pb.ConsignmentState.FAILED);
    await opened(number);
    await press('Đi phát');
    await opened(number);
    await page.fill('#receiver', 'Hồ Văn Bảy');
    await page.getByRole('checkbox').check();
    await press('Đã phát');
    await expect.poll(async () => (await walk.look()).status!.closed, { timeout: heardMs }).toBe(true);
    await page.goto(`${place.http}/post/${number}`);
    expect(await page.getByRole('alert').innerText()).toContain('Không tìm thấy bưu gửi này');
    await press('Ra');
    await page.locator('#office').waitFor();
  }, journeyMs);

  test('enters with the key of the post office only, and guessing is slowed', async () => {
    await page.goto(`${place.http}/post`);
    for (let n = 0; n < 6; n++) {
      await page.fill('#office', 'post-490-202501'); await page.fill('#officer', 'bt'); await page.fill('#place', 'x'); await page.fill('#key', `sai-khoa-${n}`);
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    }
    expect(await page.getByRole('alert').innerText()).toContain('Thử sai quá nhiều lần');
    expect((await page.request.post(`${place.http}/post/RL1/deliver`, { form: { request: 'x' } })).status()).toBe(403);
  });
});
