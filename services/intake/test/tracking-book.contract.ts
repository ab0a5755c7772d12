/** The tracking book: consecutive numbers whatever fails in between, opened with the first, closed with the year. */
import { dossier as pb, intake } from '@lienthong/contract';
import { lentMs, numberSeries } from '@lienthong/dossier-service';
import type { Host, Lent, ServicePorts } from '@lienthong/dossier-service';
import type { CrashPointName } from '@lienthong/kernel';
import type { Form } from '@lienthong/law';
import { memoryHub, testWorld } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createIntake } from '../src/index.ts';
import { books } from '../src/tracking-book/books.ts';

/** Milliseconds for a test, and for what it waits for, on a loaded machine. */
const testMs = 240_000;
const maxTries = 10;
const counter = 'counter-20410-202507', other = 'counter-20413-202507', third = 'counter-20401-202507', patience = { timeout: 120_000, interval: 50 };
const printed: Form[] = [];
/** Passages of a point that fail, as a process does that dies there. */
const failing = new Map<CrashPointName, number>();
/** A clock that runs, from where a test sets it: what failed is tried again a moment later. */
let ahead = 0;
/** Runs once, when a number is lent and the dossier is not written yet. */
let beforeReceipt = (): void => {};
const setClock = (text: string): void => { ahead = Date.parse(text) - Date.now(); };
const world = Object.assign(testWorld(), {
  now: () => Date.now() + ahead,
  crashPoint(name: CrashPointName) {
    if (name === 'dossier-coded') { const run = beforeReceipt; beforeReceipt = () => {}; run(); }
    const left = failing.get(name) ?? 0;
    if (left === 0) return;
    failing.set(name, left - 1);
    throw new Error(`died at ${name}`);
  },
});
let ports: ServicePorts, hub: MemoryHub, count = 0, sharedStore = false;

/** A hub over the store that there is, or a new one. */
async function started(kept?: Pick<ServicePorts, 'store' | 'mark'>): Promise<MemoryHub> {
  return memoryHub({
    world, services: ['intake', 'general-agency'],
    compose: (portsOf) => {
      // A short wait between the tries of an effect: what is tried here is that there is another try.
      ports = { ...portsOf('intake'), ...kept, reports: { alarm: () => {} }, options: { sharedStore, limits: { effectBackoffMs: 20, maxEffectBackoffMs: 200 } } as ServicePorts['options'] };
      return [createIntake(ports, { formPdf: async (form) => { printed.push(form); return new Uint8Array([1]); } })];
    },
  });
}

async function submit(office = counter): Promise<string> {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-${++count}` }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  const submission = intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents });
  const request = intake.SubmitDossierRequest.fromPartial({ requestId: `s-${count}`, submission });
  // As a client does whose call was cut off.
  for (let tries = 0;; tries++) {
    try { return (await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', request, office)).folder; } catch (error) {
      if (tries >= maxTries || !String(error).includes('died at')) throw error;
    }
  }
}
const lineOf = async (folder: string): Promise<string> => {
  const book = await hub.modules[0]!.participant.view(folder, ({ state }) => state.dossier.root!.book);
  return book == null ? '' : `${book.office} ${book.year} ${book.number}`;
};
async function lines(folders: readonly string[]): Promise<string[]> {
  return vi.waitFor(async () => {
    const all = await Promise.all(folders.map(lineOf));
    expect(all).not.toContain('');
    return all;
  }, patience);
}
async function page(year: string, office = counter, more: object = {}): Promise<{ readonly book: intake.BookInfo; readonly form: Form }> {
  let book: intake.BookInfo | undefined;
  const pieces = await hub.call<AsyncIterable<intake.GetTrackingBookResponse>>('intake', 'getTrackingBook', intake.GetTrackingBookRequest.fromPartial({ year, ...more }), office);
  for await (const piece of pieces) book = piece.book ?? book;
  return { book: book!, form: printed.at(-1)! };
}
/** Nobody will ever bear it; another process that shares the store only knows after a while. */
async function givenUp(lent: Lent): Promise<void> {
  lent.done(false);
  if (sharedStore) ahead += lentMs;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
const rowsOf = ({ blocks }: Form): string[][] => blocks.flatMap((one) => (one.type === 'table' ? one.rows.map((row) => row.map((cell) => cell.vi)) : []));

/** Of a process that alone writes its store, and of one of several. */
describe.each([false, true])('the tracking book, store shared: %s', { timeout: testMs }, (shared) => {
  beforeAll(async () => {
    sharedStore = shared;
    setClock('2026-12-31T09:00:00+07:00');
    hub = await started();
  });
  afterAll(() => hub.stop());

  test('enters many at once, each office in its own book, whatever dies in between: numbers from 1 without a gap', async () => {
    failing.set('number-unkept', 2).set('number-kept', 3);
    const mine = await Promise.all(Array.from({ length: 60 }, () => submit())), theirs = await submit(other);
    expect(new Set(await lines(mine))).toEqual(new Set(Array.from({ length: 60 }, (_one, n) => `${counter} 2026 ${n + 1}`)));
    expect(await lines([theirs])).toEqual([`${other} 2026 1`]);
    expect([failing.get('number-unkept'), failing.get('number-kept')]).toEqual([0, 0]);
  });

  test('a number is on the receipt, for the first entry of the dossier bears it', async () => {
    const body = await hub.modules[0]!.participant.view(await submit(third), ({ state: { dossier } }) => dossier.root!.body.book);
    expect(body).toEqual({ office: third, year: '2026', number: 1 });
  });

  test('a number whose dossier never came is another\'s after a while, and whoever still wanted to bear it is entered by the duty', async () => {
    const { participant } = hub.modules[0]!, folder = (request: number): string => world.hash(new TextEncoder().encode(`submission|${third}|s-${request}`));
    const host = { service: 'intake', participant, environment: hub.environment, world } as unknown as Host;
    const lent = await books(host).numbers.lend(`2026@${third}`, { folder: folder(9_999), item: 'receipt' });
    expect(lent.number).toBe(2);
    expect(await lines([await submit(third)])).toEqual([`${third} 2026 3`]);
    await givenUp(lent);
    expect(await lines([await submit(third)])).toEqual([`${third} 2026 2`]);
    expect(await participant.touch(folder(9_999))).toBe(true);
    // Its folder is touched between the number and the write.
    beforeReceipt = () => { void participant.touch(folder(count)); };
    const late = await submit(third);
    expect(await participant.touch(late)).toBe(false);
    expect(await participant.view(late, ({ state: { dossier } }) => dossier.root!.body.book)).toBeUndefined();
    // Its number came back; with a lease the duty may have been later or earlier than that.
    const ends = [...await lines([late]), ...await lines([await submit(third)])];
    expect(sharedStore ? ends : ends.sort().reverse()).toEqual([`${third} 2026 5`, `${third} 2026 4`]);
    // The last two of the year: the first never comes, and nobody after the second takes its number.
    expect((await books(host).numbers.lend(`2026@${third}`, { folder: folder(9_998), item: 'receipt' })).number).toBe(6);
    expect(await lines([await submit(third)])).toEqual([`${third} 2026 7`]);
  });

  test('prints its pages in the order of the numbers, each line from the folder of its dossier', async () => {
    const first = await page('2026'), second = await page('2026', counter, { page: 2 });
    expect([first.book.entered, first.book.pages, first.book.closeTime]).toEqual([60, 2, undefined]);
    expect([...rowsOf(first.form), ...rowsOf(second.form)].map((row) => row[0])).toEqual(Array.from({ length: 60 }, (_one, n) => String(n + 1).padStart(2, '0')));
    expect(rowsOf(first.form)[0]!.slice(7, 12)).toEqual([expect.stringMatching(/^09:\d\d 31\/12\/2026$/), expect.stringContaining('2027'), '…', 'trực tiếp', '']);
  });

  test.each<[what: string, ask: () => Promise<unknown>, code: string]>([
    ['a year without a book', () => page('2025'), 'BOOK_NOT_OPENED'], ['a year that is none', () => page('26'), 'FIELD_INVALID'], ['a page beyond the last', () => page('2026', counter, { page: 3 }), 'FIELD_INVALID'], ['a page before the first', () => page('2026', counter, { page: -1 }), 'FIELD_INVALID'],
    ['another office\'s book', () => page('2026', counter, { office: other }), 'ACTS_FOR_ANOTHER_OFFICE'],
  ])('%s is refused', async (_what, ask, code) => { await expect(ask()).rejects.toMatchObject({ code }); });

  test('takes nothing once it is closed: what comes then is entered in the next', async () => {
    const host = { service: 'intake', participant: hub.modules[0]!.participant, environment: hub.environment, world } as unknown as Host;
    const lent = await books(host).numbers.lend(`2026@${other}`, { folder: 'f'.repeat(64), item: 'receipt' });
    await expect(books(host).numbers.close(`2026@${other}`)).rejects.toMatchObject({ code: 'NUMBERS_PENDING' });
    await givenUp(lent);
    expect(await books(host).numbers.close(`2026@${other}`)).toBe(1);
    expect(await lines([await submit(other)])).toEqual([`${other} 2027 1`]);
    expect(await books(host).numbers.close(`2026@${other}`)).toBe(1);
  });

  test('a store that was put back gives no number again that a dossier bears', async () => {
    const host = { service: 'intake', participant: hub.modules[0]!.participant, environment: hub.environment, world } as unknown as Host;
    const kept = books(host), [folder] = [await submit()];
    expect(await lines([folder])).toEqual([`${counter} 2026 61`]);
    // A series that knows of nothing, over dossiers that bear 1 to 61: as after a restore.
    const forgetful = numberSeries(host, { name: 'books-put-back', last: 999, sideOf: () => 'real', fate: () => 'waiting', borne: async (series, number) => (await host.participant.find('book-line', `${series}/${number}`, 1)).length > 0 });
    expect([await forgetful.take(`2026@${counter}`, { folder, item: 'x', state: 'received' }), await kept.numbers.last(`2026@${counter}`)]).toEqual([62, 61]);
  });

  test('is closed by a duty when its year is over, with its last number; the next year begins at 1', async () => {
    await hub.stop();
    setClock('2027-01-02T08:00:00+07:00');
    hub = await started({ store: ports.store, mark: ports.mark });
    await vi.waitFor(async () => expect((await page('2026')).book).toMatchObject({ entered: 61, closeTime: expect.any(Date) }), patience);
    await vi.waitFor(async () => expect((await page('2026', third)).book).toMatchObject({ entered: 7, closeTime: expect.any(Date) }), patience);
    expect(rowsOf((await page('2026', third)).form).map((row) => [row[0], row.at(-1)])).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => [`0${n}`, n === 6 ? 'hủy số' : '']));
    expect(await lines([await submit()])).toEqual([`${counter} 2027 1`]);
    expect((await page('2027')).book).toMatchObject({ entered: 1, openTime: expect.any(Date), closeTime: undefined });
  });
});
