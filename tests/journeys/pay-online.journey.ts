/** Somebody pays a fee in a real browser, without a mouse: from the page of the dossier to that of the platform and back; cancelled once, then paid. */
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handInShop } from '../chaos/errands.ts';
import { HubProcess } from '../chaos/hub-process.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { sandboxBeside } from './sandbox-process.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** Longest answer of a page, and until what was said elsewhere is heard, on a busy machine; milliseconds. */
const pageMs = 60_000, heardMs = 90_000, journeyMs = 480_000;
/** So many steps of the keyboard at most from the top of a page to what is looked for. */
const maxTabs = 40;

describeWith(noBrowser === '' ? 'a browser' : { skipped: noBrowser }, 'paying online', () => {
  let place: HubProcess, hub: HubClient, sandbox: SandboxProcess, browser: Browser, page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    place = await HubProcess.place();
    sandbox = await sandboxBeside(place, { seed: 1, payAfterMs: 200, delayMs: 1_000, rules: [] }, ['--page', '--return', `${place.http}/track/{code}`]);
    [browser] = await Promise.all([openBrowser(), place.start(sandbox.settings)]);
    hub = hubClient(place.address);
    page = await browser.newPage({ javaScriptEnabled: false });
    page.setDefaultTimeout(pageMs);
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  }, journeyMs);
  afterAll(async () => { await browser?.close(); hub?.close(); await sandbox?.stop(); await place?.gone(); });

  const focused = (): Promise<string> => page.evaluate('document.activeElement.id || document.activeElement.textContent');
  /** By keyboard, from wherever it is. */
  async function reach(what: string): Promise<void> {
    for (let n = 0; n < maxTabs && await focused() !== what; n++) await page.keyboard.press('Tab');
    await expect.poll(focused, { timeout: pageMs }).toBe(what);
  }
  const enter = (url: string | RegExp): Promise<unknown> => Promise.all([page.waitForURL(url), page.keyboard.press('Enter')]);
  const heading = (): Promise<string> => page.locator('h1').innerText();

  /** As far as the page of the platform; answers the reference that it shows. */
  async function toPlatform(track: string): Promise<string> {
    await page.goto(track);
    await reach('Nộp trực tuyến');
    await enter('**/pay');
    await expect.poll(focused, { timeout: pageMs }).toBe('Đến trang thanh toán');
    await enter(`${sandbox.url}/pay/*`);
    await expect.poll(focused, { timeout: pageMs }).toBe('Thanh toán');
    expect(await heading()).toBe('Chưa thanh toán');
    return (/LT[0-9A-F]+/.exec(await page.locator('main').innerText()))![0];
  }

  test('cancelled, the fee is still owed and can be paid; paid, the page of the dossier says so', async () => {
    const { walk, owner } = await handInShop(hub);
    const fee = await walk.until('the fee', (dossier) => dossier.status!.charges[0]), { receipt } = await walk.look();
    const track = `${place.http}/track/${walk.code}?s=${receipt!.trackSecret}`;
    const cancelled = await toPlatform(track);
    await page.keyboard.press('Tab');
    await expect.poll(focused, { timeout: pageMs }).toBe('Huỷ');
    await enter(/lang=vi$/);
    expect(await heading()).toBe('Đã huỷ thanh toán');
    // The platform says so by itself; only then does the hub order anew.
    let reference = cancelled;
    await expect.poll(async () => { reference = await toPlatform(track).catch(() => cancelled); return reference !== cancelled; }, { timeout: heardMs, interval: 500 }).toBe(true);
    expect(await page.locator('main').innerText()).toMatch(new RegExp(`${walk.code}[^]*${new Intl.NumberFormat('vi-VN').format(fee.amount)} đồng`));
    await enter(/lang=vi$/);
    await expect.poll(async () => { await page.reload(); return heading(); }, { timeout: heardMs }).toBe('Đã thanh toán');
    await expect.poll(focused, { timeout: pageMs }).toBe('Quay lại hồ sơ');
    await enter(`${place.http}/track/${walk.code}`);
    // Nothing that shows whose dossier it is went to the platform, so the four digits are asked for.
    await expect.poll(focused, { timeout: pageMs }).toBe('last4');
    expect(await page.inputValue('#code')).toBe(walk.code);
    await page.keyboard.type(owner.identityNumber.slice(-4));
    await enter('**/track');
    await expect.poll(async () => { await page.goto(track); return page.locator('main').innerText(); }, { timeout: heardMs, interval: 500 }).toContain('Đã nộp tiền');
    expect(await page.getByRole('button', { name: 'Nộp trực tuyến' }).count()).toBe(0);
  }, journeyMs);

  test.each([320, 1_280])('nothing of it sticks out of a screen %i wide, and its other language is one key away', async (width) => {
    const { walk } = await handInShop(hub);
    await walk.until('the fee', (dossier) => dossier.status!.charges[0]);
    await page.setViewportSize({ width, height: 700 });
    await toPlatform(`${place.http}/track/${walk.code}?s=${(await walk.look()).receipt!.trackSecret}`);
    await reach('English');
    await enter(/lang=en$/);
    expect([await heading(), await page.locator('html').getAttribute('lang'), await page.evaluate<number>('document.documentElement.scrollWidth') <= width]).toEqual(['Not paid yet', 'en', true]);
    await page.goto(`${sandbox.url}/pay/LT0`);
    expect(await heading()).toBe('Không có giao dịch này');
  }, journeyMs);

  test('the browser had nothing to complain about but what is not there', () => {
    expect(complaints.filter((one) => !/status of (404|409|503)/.test(one))).toEqual([]);
  });
});
