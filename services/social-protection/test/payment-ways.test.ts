/** How support reaches a person, and what of a list goes to the post and to each bank. */
import fc from 'fast-check';
import { social as pb } from '@lienthong/contract';
import { servesArea } from '@lienthong/dossier-service';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { nextBeneficiary } from '../src/rules-apply.ts';
import type { Beneficiary, SocialAction, SocialChange } from '../src/rules-facts.ts';
import { accountOf, goesThere, maxBankCharacters, maxHolderCharacters, totalsByWay } from '../src/rules-payment-ways.ts';
import type { Account, PayTo, WantedWay } from '../src/rules-payment-ways.ts';
import { cuong, done, fileOf, here, hoiAn, oldFile, reason, received, seed, service, socialHub, starting, there, traMy, xuan } from './social-of-tests.ts';

const { POST, BANK } = pb.PaymentChannel;
const account: Account = { bank: 'Ngân hàng Nông nghiệp', number: '4200205123456', holder: 'ĐINH VĂN CƯỜNG' };

describe('an account', () => {
  test.each<[string, Partial<Account>, object]>([
    ['is kept as it is given', {}, account], ['without blanks in its number', { number: ' 4200 205\u00A0123 456 ' }, account], ['without blanks around its names', { bank: ` ${account.bank} `, holder: `${account.holder} ` }, account],
    ['has six digits', { number: '123456' }, { number: '123456' }], ['and not five', { number: '12345' }, { fault: 'number' }], ['has nineteen digits', { number: '1'.repeat(19) }, { number: '1'.repeat(19) }], ['and not twenty', { number: '1'.repeat(20) }, { fault: 'number' }],
    ['has no letters', { number: '42002O5123' }, { fault: 'number' }], ['has no other signs', { number: '4200-205-123' }, { fault: 'number' }], ['has no digits of another script', { number: '٤٢٠٠٢٠٥١٢' }, { fault: 'number' }],
    ['has a bank', { bank: ' ' }, { fault: 'bank', bound: '' }], ['whose name tells it from others', { bank: '– –' }, { fault: 'bank', bound: '1–120' }], ['of a name that fits', { bank: 'x'.repeat(maxBankCharacters + 1) }, { fault: 'bank' }],
    ['and hides nothing', { bank: 'Ngân hàng\u200B' }, { fault: 'bank' }], ['of a name that just fits', { bank: 'x'.repeat(maxBankCharacters) }, { number: account.number }], ['has a number', { number: ' ' }, { fault: 'number', bound: '' }],
    ['has a holder', { holder: '' }, { fault: 'holder', bound: '' }], ['of a name that fits', { holder: 'x'.repeat(maxHolderCharacters + 1) }, { fault: 'holder' }], ['that hides nothing', { holder: 'A\u202EB' }, { fault: 'holder' }],
  ])('%s', (_, given, expected) => { expect(accountOf({ ...account, ...given })).toMatchObject(expected); });

  test('is in no refusal', () => {
    fc.assert(fc.property(fc.record({ bank: fc.string({ maxLength: 200 }), number: fc.string({ minLength: 4, maxLength: 30, unit: fc.constantFrom(...'0123456789 x') }), holder: fc.string({ maxLength: 400 }) }), (given) => {
      const read = accountOf(given);
      if ('fault' in read) expect(['', '1–120', '6–19 chữ số / digits', '1–300']).toContain(read.bound);
      else expect(accountOf(read)).toEqual(read);
    }));
  });
});

describe('a file after a decision', () => {
  const other: Account = { ...account, bank: 'Vietcombank' }, rate = { from: '2026-01', group: 'g', amount: 500, decisionNumber: 'QĐ 1' };
  const after = (action: SocialAction, before: Account | undefined): Account | undefined => {
    const isMoving = action.action === 'move-in', last = isMoving ? '2026-03' : '';
    const file: Beneficiary = {
      beneficiary: 'B', person: {}, kind: 'monthly-allowance', state: isMoving ? 'moving' : 'active', startMonth: '2026-01', endMonth: '', rates: [before === undefined ? rate : { ...rate, account: before }],
      residences: [{ area: 'here', startMonth: '2026-01', endMonth: last }], movingTo: isMoving ? 'here' : '', code: '',
    };
    const next = nextBeneficiary({ ...action, kind: 'monthly-allowance', number: '1', code: 'HS', area: 'here', today: '2026-03-02' } as SocialChange, file, { areasNow: (id) => [{ id }] as never }) as Beneficiary;
    expect(next.rates[0]!.account).toEqual(before);
    return next.rates.at(-1)!.account;
  };
  const adjust = (payTo?: PayTo): SocialAction => ({ action: 'adjust', rate: { ...rate, from: '2026-04', decisionNumber: 'QĐ 2' }, ...(payTo === undefined ? {} : { payTo }) });
  const moveIn = (payTo?: PayTo): SocialAction => ({ action: 'move-in', decisionNumber: 'QĐ 2', ...(payTo === undefined ? {} : { payTo }) });
  test.each<[string, SocialAction, Account | undefined, Account | undefined]>([
    ['adjusted: as before', adjust(), account, account], ['adjusted: by the post as before', adjust(), undefined, undefined], ['adjusted: to another account', adjust(other), account, other], ['adjusted: from the post to an account', adjust(other), undefined, other],
    ['adjusted: to the post', adjust('post'), account, undefined], ['moved: as before', moveIn(), account, account], ['moved: to another account', moveIn(other), account, other], ['moved: to the post', moveIn('post'), account, undefined],
  ])('%s', (_, action, before, expected) => { expect(after(action, before)).toEqual(expected); });
});

describe('what of a list is handed over', () => {
  const vcb: Account = { ...account, bank: 'Vietcombank' };
  test.each<[string, Account | undefined, WantedWay, boolean]>([
    ['all: the post', undefined, {}, true], ['all: a bank', vcb, {}, true], ['the post: the post', undefined, { way: 'post' }, true], ['the post: no bank', vcb, { way: 'post' }, false], ['banks: not the post', undefined, { way: 'bank' }, false],
    ['banks: each', vcb, { way: 'bank' }, true], ['a bank: its own', vcb, { way: 'bank', bank: 'VIETCOM BANK' }, true], ['a bank: no other', vcb, { way: 'bank', bank: 'Viettinbank' }, false], ['a bank: not the post', undefined, { way: 'bank', bank: 'Vietcombank' }, false],
  ])('%s', (_, given, wanted, goes) => { expect(goesThere(given, wanted)).toBe(goes); });

  const line = (bank: string, amount: number) => ({ account: bank === '' ? undefined : { ...account, bank }, amount });
  const lines = [line('Vietcombank', 3), line('', 5), line('Agribank', 7), line('VIETCOMBANK', 11), line('', 13)];
  test('sums the post, then each bank once, however it is written', () => {
    expect(totalsByWay(lines, true)).toEqual([{ way: 'post', bank: '', amount: 18, lines: 2 }, { way: 'bank', bank: 'Agribank', amount: 7, lines: 1 }, { way: 'bank', bank: 'Vietcombank', amount: 14, lines: 2 }]);
    expect(totalsByWay(lines, false)).toEqual([{ way: 'post', bank: '', amount: 18, lines: 2 }, { way: 'bank', bank: '', amount: 21, lines: 3 }]);
    expect(totalsByWay([], true)).toEqual([]);
  });

  test('holds every line exactly once', () => {
    const anyLine = fc.record({ account: fc.option(fc.constantFrom('A', 'a', 'B ngân', 'B  Ngân', 'Ć').map((bank): Account => ({ ...account, bank })), { nil: undefined }), amount: fc.integer({ min: 1, max: 1_000 }) });
    fc.assert(fc.property(fc.array(anyLine, { maxLength: 30 }), (list) => {
      const totals = totalsByWay(list, true), parts = totals.map(({ way, bank }) => list.filter((one) => goesThere(one.account, { way, ...(way === 'post' ? {} : { bank }) })));
      expect(parts.map((part) => [part.length, part.reduce((sum, { amount }) => sum + amount, 0)])).toEqual(totals.map(({ lines: count, amount }) => [count, amount]));
      expect(parts.flat()).toHaveLength(list.length);
      expect(new Set(parts.flat())).toEqual(new Set(list));
    }));
  });
});

describe('through the register', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const list = (request: object = {}, office = here): Promise<pb.ListPaymentsResponse> => hub.call(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area: '20900', month: '2026-01', ...request }), office);
  const told = ({ payments, totals, totalAmount }: pb.ListPaymentsResponse): unknown[] => [
    payments.map((one) => `${one.beneficiary} ${one.channel === BANK ? 'bank' : 'post'} ${one.account?.number ?? '–'}`).sort(), totals.map((one) => `${one.channel === BANK ? 'bank' : 'post'} ${one.bank} ${one.amount} ${one.lines}`), totalAmount,
  ];
  const person = (n: number): object => ({ ...oldFile().person!, identityNumber: `04916000500${n}` });
  /** Two by the post, of whom one was loaded before there were accounts; two at one bank, one at another. */
  async function fiveFiles(): Promise<void> {
    hub = await socialHub();
    const ways: object[] = [{}, { channel: POST }, { channel: BANK, account }, { channel: BANK, account: { ...account, bank: 'NGÂN HÀNG NÔNG NGHIỆP', number: '4200 205 999 999' } }, { channel: BANK, account: { ...account, bank: 'Vietcombank', number: '0123456789' } }];
    for (const [n, way] of ways.entries()) await seed(hub, oldFile({ beneficiary: `B-${n}`, amount: 10 ** n, person: person(n), ...way }), `seed-${n}`);
  }

  test('a list is divided into one for the post and one for each bank, with their sums', async () => {
    await fiveFiles();
    const whole = await list(), [, agri] = whole.totals;
    const totals = ['post  11 2', `bank ${agri!.bank} 1100 2`, 'bank Vietcombank 10000 1'], [post, two, one] = [['B-0 post –', 'B-1 post –'], ['B-2 bank 4200205123456', 'B-3 bank 4200205999999'], ['B-4 bank 0123456789']];
    expect(told(whole)).toEqual([[...post!, ...two!, ...one!], totals, 11_111]);
    expect(told(await list({ channel: POST }))).toEqual([post, totals, 11]);
    expect(told(await list({ channel: BANK }))).toEqual([[...two!, ...one!], totals, 11_100]);
    expect(told(await list({ channel: BANK, bank: 'ngân hàng nông nghiệp' }))).toEqual([two, totals, 1_100]);
    expect(told(await list({ channel: BANK, bank: 'Vietcombank' }))).toEqual([one, totals, 10_000]);
    const first = await list({ channel: BANK, pageSize: 2 }), second = await list({ channel: BANK, pageSize: 2, pageToken: first.nextPageToken });
    expect([[...first.payments, ...second.payments].map(({ beneficiary }) => beneficiary).sort(), second.nextPageToken, first.totalAmount]).toEqual([['B-2', 'B-3', 'B-4'], '', 11_100]);
  });

  test('who may not see names sees no account, no bank and no list of one', async () => {
    await fiveFiles();
    const far = await list({}, there);
    expect(told(far)).toEqual([['B-0 post –', 'B-1 post –', 'B-2 bank –', 'B-3 bank –', 'B-4 bank –'], ['post  11 2', 'bank  11100 3'], 11_111]);
    expect(far.payments.every((one) => one.account === undefined)).toBe(true);
    expect(await reason(list({ channel: BANK, bank: 'Vietcombank' }, there))).toBe('CALLER_NOT_ALLOWED');
    const get = async (office: string): Promise<unknown> => { const { beneficiary } = await hub.call<pb.GetBeneficiaryResponse>(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'B-2' }), office); return [beneficiary!.channel, beneficiary!.account]; };
    expect([await get(here), await get(there)]).toEqual([[BANK, account], [BANK, undefined]]);
  });

  test.each<[string, boolean]>([
    ['social-protection', true], ['peoples-committee', true], ['post-office', true], ['treasury', true],
    ['police', false], ['counter', false], ['tax', false], ['land-registration', false], ['business-registration', false], ['inspectorate', false],
  ])('an office of the commune sees names and accounts for what it does there: %s: %s', async (role, sees) => {
    await fiveFiles();
    const { reference } = hub.environment, bearer = reference.offices.find((one) => one.validTo === null && one.roles.includes(role) && servesArea(reference, one.id, '20900@2025-07-01', '2026-01-31'));
    const office = bearer!.id, { payments, totals } = await list({}, office);
    expect([payments.some((one) => one.fullName !== ''), payments.some((one) => one.account !== undefined), totals.some((one) => one.bank !== '')]).toEqual([sees, sees, sees]);
    expect(await reason(list({ channel: BANK, bank: 'Vietcombank' }, office))).toBe(sees ? 'none' : 'CALLER_NOT_ALLOWED');
    const { beneficiary } = await hub.call<pb.GetBeneficiaryResponse>(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'B-2' }), office);
    expect([beneficiary!.person !== undefined, beneficiary!.account !== undefined, await fileOf(hub, '049160005002', office) !== undefined]).toEqual([sees, sees, sees]);
  });

  test.each<[string, object, string]>([
    ['a channel that there is not', { channel: 9 }, 'channel'], ['a bank of all channels', { bank: 'Vietcombank' }, 'bank'], ['a bank of the post', { channel: POST, bank: 'Vietcombank' }, 'bank'],
    ['a bank without a name', { channel: BANK, bank: ' – ' }, 'bank'], ['a bank with too long a one', { channel: BANK, bank: 'x'.repeat(maxBankCharacters + 1) }, 'bank'],
  ])('no list is asked for of %s', async (_, request, field) => {
    hub = await socialHub();
    await expect(list(request)).rejects.toMatchObject({ code: 'FIELD_INVALID', field });
  });

  test.each<[string, object, string, string]>([
    ['a channel that there is not', { channel: 9 }, 'FIELD_INVALID', 'beneficiary.channel'], ['a bank without an account', { channel: BANK }, 'FIELD_MISSING', 'beneficiary.account'], ['an account of the post', { channel: POST, account }, 'FIELD_INVALID', 'beneficiary.account'],
    ['an account of nothing', { account }, 'FIELD_INVALID', 'beneficiary.account'], ['an account without a bank', { channel: BANK, account: { ...account, bank: '' } }, 'FIELD_MISSING', 'beneficiary.account.bank'],
    ['an account of letters', { channel: BANK, account: { ...account, number: '123x567' } }, 'FIELD_INVALID', 'beneficiary.account.number'], ['an account of nobody', { channel: BANK, account: { ...account, holder: '' } }, 'FIELD_MISSING', 'beneficiary.account.holder'],
  ])('no file is loaded with %s', async (_, given, code, field) => {
    hub = await socialHub();
    await expect(seed(hub, oldFile(given))).rejects.toMatchObject({ code, field });
    expect(await fileOf(hub, cuong.identityNumber)).toBeUndefined();
  });

  test('a file that says the post is what one without a word is; one with an account is another', async () => {
    hub = await socialHub();
    const first = await seed(hub);
    expect(await seed(hub, oldFile({ channel: POST }), 'again')).toEqual(first);
    expect(await reason(seed(hub, oldFile({ channel: BANK, account }), 'other'))).toBe('REGISTER_CONFLICT: người này đã có hồ sơ hưởng với nội dung khác');
    expect((await fileOf(hub, cuong.identityNumber))!.channel).toBe(POST);
  });
});

describe('a decision', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const shift = (by: number): string => { const now = new Date(hub.world.now() + 7 * 3_600_000), at = now.getUTCFullYear() * 12 + now.getUTCMonth() + by; return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`; };
  const asked = { paymentChannel: 'bank', paymentBank: account.bank, paymentAccount: '4200 205 123 456', paymentHolder: account.holder };
  const other = { ...asked, paymentBank: 'Vietcombank', paymentAccount: '0123456789' };
  const lineOf = async (month: string, area = traMy, office = here): Promise<unknown> => {
    const { payments } = await hub.call<pb.ListPaymentsResponse>(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area, month }), office);
    return payments.map((one) => [one.channel, one.account?.number]);
  };

  test('says where it is paid; another one has effect from its month, and lists that were made stay; it goes on in another commune', async () => {
    hub = await socialHub();
    const file = await seed(hub, oldFile({ startMonth: '2024-03' }));
    const adjust = async (declaration: Record<string, string>, number: string): Promise<void> => { await done(hub, { case: 'adjust', leg: 'adjust-decision', applicant: cuong, beneficiary: file.beneficiary, declaration: { monthlyAmount: '1080000', ...declaration } }, number); };
    await adjust({ fromMonth: shift(0), ...asked }, 'QĐ-2');
    expect([await lineOf(shift(-1)), await lineOf(shift(0))]).toEqual([[[POST, undefined]], [[BANK, account.number]]]);
    await adjust({ fromMonth: shift(1), monthlyAmount: '1200000' }, 'QĐ-3');
    await adjust({ fromMonth: shift(2), paymentChannel: 'post' }, 'QĐ-4');
    await adjust({ fromMonth: shift(3), ...other }, 'QĐ-5');
    expect([await lineOf(shift(0)), await lineOf(shift(1)), await lineOf(shift(2)), await lineOf(shift(3))]).toEqual([[[BANK, account.number]], [[BANK, account.number]], [[POST, undefined]], [[BANK, '0123456789']]]);
    const record = await hub.modules.find(({ name }) => name === service)!.participant.view(file.folder, ({ state }) => JSON.stringify(state.record));
    expect(record).toContain('"applied"');
    expect(record).not.toMatch(/0123456789|4200205123456|Vietcombank/);
    const code = await received(hub, { case: 'move', applicant: cuong, beneficiary: file.beneficiary, to: hoiAn, leg: 'move-out', declaration: { lastMonth: shift(3) } }), desk = testDesk(hub, service);
    await desk.complete(code, '', {}, 'move-out');
    await desk.applied(code, 'move-out');
    await desk.received(code, 'move-in');
    await desk.complete(code, 'QĐ-HA-5', {}, 'move-in');
    await desk.applied(code, 'move-in');
    expect([await lineOf(shift(4), hoiAn, there), await lineOf(shift(4))]).toEqual([[[BANK, '0123456789']], []]);
  });

  test('of a grant keeps the account beside the entries; what an officer gives wins, and a refusal does not tell it', async () => {
    hub = await socialHub();
    const code = await received(hub, starting(shift(0), { declaration: { ...starting(shift(0)).declaration, ...asked } })), desk = testDesk(hub, service);
    const refused = await reason(desk.complete(code, 'QĐ-1', { paymentAccount: '77x777777' }, 'start-decision'));
    expect(refused).toBe('REGISTER_CONFLICT: chưa nêu đúng số tài khoản (6–19 chữ số / digits)');
    await desk.complete(code, 'QĐ-1', { paymentAccount: '7777 7777' }, 'start-decision');
    await desk.applied(code, 'start-decision');
    const file = (await fileOf(hub, xuan.identityNumber))!;
    expect([file.channel, file.account]).toEqual([BANK, { ...account, number: '77777777' }]);
    for (const { name, participant } of hub.modules) {
      const [folder] = await participant.find('code', code, 1), written = await participant.view(folder!, ({ state: { dossier } }) => dossier.entries.map((entry) => Buffer.from(entry.bytes).toString('utf8')).join('\n'));
      expect(written, name).toContain('start-decision');
      expect(written, name).not.toMatch(/77777777|4200|Nông nghiệp|ĐINH VĂN CƯỜNG/);
    }
  });
});
