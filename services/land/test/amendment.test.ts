/** A certificate that was issued is corrected, issued again after loss, or revoked, also when its dossier is closed: the land register shows it, or says why it cannot. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agency } from '@lienthong/contract';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { branch, buyer, findCertificate, held, landHub, otherBuyer, parcel, received, seed, transferTo } from './land-of-tests.ts';

const ground = '31/2024/QH15, Điều 152';
const result = 'KQ.G10.001147';
let hub: MemoryHub, requests = 0;
beforeEach(async () => {
  hub = await landHub();
  await seed(hub);
});
afterEach(() => hub.stop());
const desk = (): TestDesk => testDesk(hub, 'land');
const numberNow = async (): Promise<string> => (await held(hub)).rights[0]!.certificateNumber;

type Amended = { readonly code: string; readonly leg: string; readonly issued: string };
/** A transfer that is decided, with the certificate that it issued. */
async function transferred(to: typeof buyer, number: string, more: Parameters<typeof transferTo>[1] = {}): Promise<Amended> {
  const { code } = await received(hub, transferTo(to, more));
  await desk().complete(code, number);
  await desk().applied(code);
  const { id: leg } = (await desk().leg(code))!;
  return { code, leg, issued: number };
}
const amend = (method: 'correctResult' | 'reissueResult', { code, leg }: Amended, number: string, newNumber: string): Promise<agency.CorrectResultResponse> =>
  hub.call('land', method, agency.CorrectResultRequest.fromPartial({ requestId: `amend-${++requests}`, code, leg, result, number, newNumber, ground, reason: 'in sai số thửa' }), branch);
const revoke = ({ code, leg }: Amended): Promise<unknown> => hub.call('land', 'revokeCompletion', agency.RevokeCompletionRequest.fromPartial({ requestId: `revoke-${++requests}`, code, leg, ground, reason: 'cấp sai' }), branch);
const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string }) => error.code ?? String(error));
const settled = async ({ code }: Amended): Promise<void> => { await until('the register to follow', async () => (await desk().leg(code))!.applied); };

describe('a certificate', () => {
  test('that is corrected and then lost is shown by the register under its present number, and its numbers are never given again', async () => {
    const one = await transferred(buyer, 'AA 00999001');
    const { receipt } = await amend('correctResult', one, 'AA 00999001', 'AA 00999002');
    expect(receipt!.entries.map(({ kind }) => kind)).toEqual(['amendment-intended']);
    await until('the correction', async () => await numberNow() === 'AA 00999002');
    await until('the register to be asked no more', async () => await reason(amend('reissueResult', one, 'AA 00999002', 'AA 00999003')) === 'none');
    await until('the other paper', async () => await numberNow() === 'AA 00999003');
    expect((await findCertificate(hub)).facts[0]!.values['certificateNumber']).toBe('AA 00999003');
    const next = await received(hub, transferTo(otherBuyer, { applicant: buyer }));
    for (const used of ['AA 00999001', 'AA 00999002', 'AA 00999003']) expect(await reason(desk().complete(next.code, used)), used).toBe('REGISTER_CONFLICT');
  });

  test('is not numbered like another one: of the hub, or of the books before it', async () => {
    await seed(hub, parcel({ parcel: '20900-12-346', number: '346', rights: [{ ...parcel().rights[0]!, certificateNumber: 'AA 00777777' }] }), 'seed-2');
    const one = await transferred(buyer, 'AA 00999011');
    expect(await reason(amend('correctResult', one, 'AA 00999011', 'AA 00777777'))).toBe('REGISTER_CONFLICT');
    expect(await reason(amend('correctResult', one, 'AA 00999012', 'AA 00999013'))).toBe('RESULT_NOT_STANDING');
    expect(await numberNow()).toBe('AA 00999011');
  });

  test('that passed on to another owner is neither corrected nor issued again', async () => {
    const one = await transferred(buyer, 'AA 00999021');
    await transferred(otherBuyer, 'AA 00999022', { applicant: buyer });
    for (const method of ['correctResult', 'reissueResult'] as const) expect(await reason(amend(method, one, 'AA 00999021', 'AA 00999023')), method).toBe('REGISTER_CONFLICT');
    expect(await numberNow()).toBe('AA 00999022');
  });

  test('that is corrected and then revoked gives the parcel back, with the certificate of who had it', async () => {
    const one = await transferred(buyer, 'AA 00999031');
    await amend('correctResult', one, 'AA 00999031', 'AA 00999032');
    await until('the correction', async () => await numberNow() === 'AA 00999032');
    await until('the revocation', async () => await reason(revoke(one)) === 'none');
    await until('the parcel to be given back', async () => await numberNow() === 'AA 00123456');
  });

  test('whose parcel was pledged before it was corrected is a person\'s when it is revoked', async () => {
    const one = await transferred(buyer, 'AA 00999041');
    const pledge = await received(hub, { procedure: '1.011441', applicant: buyer, declaration: { mortgageeName: 'Agribank', contractNumber: 'HĐTC-01', amount: '5' } });
    await desk().complete(pledge.code, 'ĐKTC-1');
    await desk().applied(pledge.code);
    await amend('correctResult', one, 'AA 00999041', 'AA 00999042');
    await until('the correction', async () => await numberNow() === 'AA 00999042');
    await until('the revocation', async () => await reason(revoke(one)) === 'none');
    await until('the register to say no', async () => (await desk().work(one.code)).deskLeg!.standingChange.includes('biến động tiếp theo'));
    expect(await numberNow()).toBe('AA 00999042');
  });
});

test('a mortgage bears another registration number, by which it is then deleted', async () => {
  const { code } = await received(hub, { procedure: '1.011441', declaration: { mortgageeName: 'Agribank', contractNumber: 'HĐTC-02', amount: '5' } });
  await desk().complete(code, 'ĐKTC-2');
  await desk().applied(code);
  const { id: leg, office } = (await desk().leg(code))!, { resultCodes } = await desk().work(code);
  await hub.call('land', 'correctResult', agency.CorrectResultRequest.fromPartial({ requestId: 'amend-mortgage', code, leg, result: resultCodes[0]!, number: 'ĐKTC-2', newNumber: 'ĐKTC-3', ground, reason: 'ghi sai số' }), office);
  await until('the number', async () => (await held(hub)).mortgages[0]!.mortgage === 'ĐKTC-3');
  await settled({ code, leg, issued: '' });
  const release = await received(hub, { procedure: '1.011443', declaration: { mortgage: 'ĐKTC-3' } });
  await desk().complete(release.code, 'XĐK-2');
  await desk().applied(release.code);
  expect((await held(hub)).mortgages.map((one) => [one.mortgage, one.deleteTime !== undefined])).toEqual([['ĐKTC-3', true]]);
});
