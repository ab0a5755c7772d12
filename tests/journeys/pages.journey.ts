/** The public pages in a real browser, as somebody with a receipt in hand and no mouse uses them. */
import { hubClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { submitBirth } from '../chaos/birth.ts';
import { HubProcess } from '../chaos/hub-process.ts';
import { noBrowser, openBrowser } from './browser.ts';

/** Longest answer of a page on a busy machine, in milliseconds. */
const pageMs = 30_000;
const office = 'Ủy ban nhân dân phường Hội An';

describeWith(noBrowser === '' ? 'a browser' : { skipped: noBrowser }, 'the pages', () => {
  let place: HubProcess, hub: HubClient, browser: Browser, page: Page;
  let code = '', secret = '', digits = '';
  /** What the browser fetched from elsewhere, and what it complained about. */
  const foreign: string[] = [], complaints: string[] = [];

  beforeAll(async () => {
    place = await HubProcess.place();
    hub = hubClient(place.address);
    [browser] = await Promise.all([openBrowser(), place.start()]);
    const { walk, answer, request } = await submitBirth(hub, uniqueData());
    await walk.working('registration');
    const applicant = request.submission!.applicant!.party;
    digits = (applicant?.$case === 'newborn' ? applicant.value.mother!.identityNumber : '').slice(-4);
    ({ code } = answer);
    secret = answer.receipt!.trackSecret;
  });
  afterAll(async () => { await browser?.close(); hub?.close(); await place?.gone(); });
  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(pageMs);
    page.on('request', (request) => { if (!request.url().startsWith(place.http)) foreign.push(request.url()); });
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  });
  afterEach(async () => { await page.close(); });

  const focused = (): Promise<string> => page.evaluate('document.activeElement.id || document.activeElement.textContent');
  const tracked = (): string => `${place.http}/track/${code}?s=${secret}`;
  async function typed(theCode: string, theDigits: string): Promise<void> {
    await page.goto(place.http);
    await expect.poll(focused, { timeout: pageMs }).toBe('code');
    await page.keyboard.type(theCode);
    await page.keyboard.press('Tab');
    await expect.poll(focused, { timeout: pageMs }).toBe('last4');
    await page.keyboard.type(theDigits);
    await Promise.all([page.waitForURL('**/track'), page.keyboard.press('Enter')]);
  }

  test('by keyboard alone: code, four digits, and there it is; in English by one more key, without asking again', async () => {
    await typed(code.toLowerCase(), digits);
    expect(await page.title()).toBe(`${code} – Đang giải quyết`);
    expect(await page.locator('main').innerText()).toMatch(new RegExp(`Hồ sơ đang ở đâu\\s+${office}\\s+Đăng ký khai sinh\\s+từ .+ · hạn `));
    await page.keyboard.press('Tab');
    await expect.poll(focused, { timeout: pageMs }).toBe('Đến nội dung chính');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(focused, { timeout: pageMs }).toBe('English');
    await Promise.all([page.waitForURL('**/track?lang=en'), page.keyboard.press('Enter')]);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('main').innerText()).toMatch(/Where it is\s+People's Committee of Hội An Ward\s+.*\s+since /);
    // Four digits are enough to see the way, not to have the paper.
    expect(await page.locator('a[href^="/receipt"]').count()).toBe(0);
  });

  test('wrong digits are refused in plain words, and only the digits are to be typed again', async () => {
    await typed(code, digits === '0000' ? '0001' : '0000');
    expect(await page.getByRole('alert').innerText()).toBe('Mã hồ sơ hoặc thông tin xác nhận không đúng. Kiểm tra lại giấy tiếp nhận.');
    expect(await page.inputValue('#code')).toBe(code);
    await expect.poll(focused, { timeout: pageMs }).toBe('last4');
    await page.keyboard.type(digits);
    await page.keyboard.press('Enter');
    await page.getByText(office).first().waitFor();
  });

  test('the address in the QR needs nothing else, and leads to the receipt as PDF', async () => {
    await page.goto(tracked());
    expect(await page.locator('main').innerText()).toContain(office);
    const paper = await page.request.get(`${place.http}${await page.getByRole('link', { name: 'Tải giấy tiếp nhận (PDF)' }).getAttribute('href') ?? ''}`);
    expect([paper.status(), paper.headers()['content-type'], (await paper.body()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await paper.body()).byteLength).toBeGreaterThan(10_000);
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.getByRole('link', { name: 'Download the receipt (PDF)' }).count()).toBe(1);
  });

  test('on paper there is the dossier and nothing to click', async () => {
    await page.goto(tracked());
    await page.emulateMedia({ media: 'print' });
    expect([await page.locator('header').isVisible(), await page.locator('.noprint').isVisible(), await page.locator('table').isVisible(), await page.getByText(code).first().isVisible()]).toEqual([false, false, true, true]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test.each([320, 360, 768, 1_280])('nothing sticks out of a screen %i wide', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    for (const address of [place.http, tracked(), `${tracked()}&lang=en`]) {
      await page.goto(address);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  test('nothing was fetched from elsewhere, and the browser had nothing to complain about but refusals', () => {
    expect(foreign).toEqual([]);
    expect(complaints.filter((one) => !/status of 403/.test(one))).toEqual([]);
  });
});
