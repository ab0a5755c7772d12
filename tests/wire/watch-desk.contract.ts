/** A desk is watched from any of its cursors on: in the middle of the first listing, too, nothing is left out and nothing comes twice. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { dayOfInstant, instantOfDay, localDate } from '@lienthong/law';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const counter = 'counter-20410-202507', dossiers = 5;
let hub: MemoryHub, desk = '';

function submission(n: number): intake.SubmitDossierRequest {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-${n}` }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  return intake.SubmitDossierRequest.fromPartial({ requestId: `watched-${n}`, submission: intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents }) });
}

async function submit(n: number): Promise<string> {
  const { code } = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', submission(n), counter);
  const { legs } = await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter);
  desk = legs[0]!.office;
  return code;
}

type Seen = agency.WatchDeskResponse;
const isCurrent = ({ event }: Seen): boolean => event?.$case === 'current';
const codesOf = (seen: readonly Seen[]): string[] => seen.flatMap(({ event }) => (event?.$case === 'leg' ? [event.value.code] : []));

async function heard(cursor: string, enough: (one: Seen, seen: readonly Seen[]) => boolean, officer = ''): Promise<Seen[]> {
  const ends = new AbortController(), seen: Seen[] = [];
  const rpc = hub.modules.find((one) => one.name === 'general-agency')!.rpcs.find((one) => 'watchDesk' in one.handlers)!;
  const call = { caller: { office: desk, officer: 'cb-04', service: '', peer: '127.0.0.1' }, method: 'watchDesk', signal: ends.signal };
  const stream = (rpc.handlers['watchDesk'] as (request: object, call: object) => AsyncIterable<Seen>)(agency.WatchDeskRequest.fromPartial({ cursor, officer }), call);
  for await (const one of stream) { seen.push(one); if (enough(one, seen)) { ends.abort(); break; } }
  return seen;
}

beforeAll(async () => {
  hub = await memoryHub({ services: ['intake', 'general-agency'], compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency'))] });
});
afterAll(() => hub.stop());

test('broken off anywhere in its listing, it goes on with the rest, and then with what has changed', async () => {
  const codes: string[] = [];
  for (let n = 0; n < dossiers; n++) codes.push(await submit(n));
  await expect.poll(async () => codesOf(await heard('', isCurrent)).length, { timeout: 30_000 }).toBe(dossiers);
  for (let cut = 1; cut <= dossiers; cut++) {
    const first = await heard('', (_, seen) => seen.length === cut);
    const rest = await heard(first.at(-1)!.cursor, isCurrent);
    expect([...codesOf(first), ...codesOf(rest)].sort(), `cut after ${cut}`).toEqual([...codes].sort());
  }
  const begun = await heard('', (_, seen) => seen.length === 2);
  const late = await submit(dossiers);
  const seen = await heard(begun.at(-1)!.cursor, (one) => codesOf([one]).includes(late));
  expect(new Set([...codesOf(begun), ...codesOf(seen)])).toEqual(new Set([...codes, late]));
});

test('a place in the listing of a release that listed in another order is its beginning', async () => {
  const whole = await heard('', isCurrent), { cursor } = whole[1]!;
  expect(cursor).toContain('/');
  expect(codesOf(await heard(cursor, isCurrent)).length).toBeLessThan(codesOf(whole).length);
  expect(codesOf(await heard(cursor.replace('/', '+'), isCurrent))).toEqual(codesOf(whole));
});

test('who resumes hears what has changed since, and then at once that this is all', async () => {
  const { cursor } = (await heard('', isCurrent)).at(-1)!;
  expect((await heard(cursor, () => true)).map(({ event }) => event?.$case)).toEqual(['current']);
  const code = await submit(dossiers + 3);
  await expect.poll(async () => codesOf(await heard('', isCurrent)), { timeout: 30_000 }).toContain(code);
  const seen = await heard(cursor, isCurrent);
  expect(new Set(codesOf(seen))).toEqual(new Set([code]));
  expect(seen.at(-1)!.cursor).not.toBe(cursor);
});

test('a cursor ahead of the store, which was put back since, is refused, and not waited behind in silence', async () => {
  const [author, commit] = (await heard('', isCurrent)).at(-1)!.cursor.split('@'), ahead = `${author}@${Number(commit) + 1_000_000}`;
  for (const cursor of [ahead, `${ahead}/`, `${ahead}+`, `${author}@${'9'.repeat(30)}`]) await expect(heard(cursor, isCurrent)).rejects.toMatchObject({ code: 'CURSOR_UNKNOWN', field: 'cursor' });
});

test('a cursor that was made up is refused, within the listing or behind it', async () => {
  for (const cursor of ['general-agency~00@1/', 'general-agency~00@1+', 'general-agency~00@1', '/', '+', 'x/y']) await expect(heard(cursor, isCurrent)).rejects.toMatchObject({ code: 'CURSOR_UNKNOWN', field: 'cursor' });
});

test('with the day on which a substitution ends the leg goes from who stood in to whom it belongs, though nothing was written; so hears, too, who comes back later', async () => {
  const code = await submit(dossiers + 1), midnight = instantOfDay(dayOfInstant(Date.now()) + 1, 0), untilDate = localDate(midnight - 1), substitute = 'cb-07', own = 'cb-08';
  const isLeg = ({ event }: Seen): boolean => event?.$case === 'leg' && event.value.code === code, isGone = ({ event }: Seen): boolean => event?.$case === 'gone' && event.value.code === code;
  const leg = (await heard('', isLeg)).flatMap(({ event }) => (event?.$case === 'leg' && event.value.code === code ? [event.value.leg!.leg] : []))[0]!;
  await hub.call('general-agency', 'assignLeg', agency.AssignLegRequest.fromPartial({ requestId: 'stand-in', code, leg, officer: substitute, substituteFor: own, untilDate }), desk);
  hub.world.clock = midnight - 20;
  const ofOwn = heard('', isLeg, own);
  const before = await heard('', (one, seen) => { if (isCurrent(one)) hub.world.clock = midnight; return seen.some(isGone); }, substitute);
  expect(codesOf(before)).toEqual([code]);
  expect(codesOf(await ofOwn)).toContain(code);
  const { cursor } = before.find(isCurrent)!;
  expect((await heard(cursor, isGone, substitute)).some(isLeg)).toBe(false);
  expect(codesOf(await heard(cursor, isLeg, own))).toEqual([code]);
});

test('a leg is told again when its due time passes, though nothing was written; so hears, too, who comes back later', async () => {
  const code = await submit(dossiers + 2), legOf = ({ event }: Seen): agency.DeskLeg | undefined => (event?.$case === 'leg' && event.value.code === code ? event.value : undefined);
  const [first] = (await heard('', (one) => legOf(one)?.leg?.dueTime !== undefined)).flatMap((one) => legOf(one) ?? []).slice(-1), due = first!.leg!.dueTime!.getTime();
  hub.world.clock = due - 20;
  const seen = await heard('', (one) => { if (isCurrent(one)) hub.world.clock = due + 1; return legOf(one)?.late === true; });
  expect(seen.flatMap((one) => legOf(one)?.late ?? [])).toEqual([false, true]);
  const { cursor } = seen.find(isCurrent)!;
  expect((await heard(cursor, (one) => legOf(one) !== undefined)).flatMap((one) => legOf(one)?.late ?? [])).toEqual([true]);
});
