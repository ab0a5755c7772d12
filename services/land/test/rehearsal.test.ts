/** One parcel number, a real parcel and one of rehearsals: whatever is done to one, the other does not notice. */
import { afterEach, describe, expect, test } from 'vitest';
import { agency, land } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { branch, buyer, findCertificate, held, landHub, otherBuyer, parcel, parcelId, received, seed, seller, transferTo } from './land-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
const rehearsal = Date.UTC(2026, 2, 2, 2);
const desk = (): ReturnType<typeof testDesk> => testDesk(hub, 'land');
const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field ?? ''}`.trim());
const rehearsed = (): Promise<land.Parcel> => held(hub, branch, true);
const holder = (one: land.Parcel): string => (one.rights[0]!.holder?.party?.$case === 'citizen' ? one.rights[0]!.holder.party.value.fullName : '');
const shown = (one: land.Parcel): unknown[] => [holder(one), one.version, one.reservedBy, one.rehearsal];
const bytes = (one: land.Parcel): string => Buffer.from(land.Parcel.encode(one).finish()).toString('hex');

/** Of the real parcel and its log of reads: entries, and what stands beside them. */
async function realFolders(): Promise<string> {
  const { participant } = hub.modules.find((one) => one.name === 'land')!;
  const folders = [...await participant.find('type', 'register:land', 100), ...await participant.find('type', 'reads:land', 100)];
  return JSON.stringify(await Promise.all(folders.map(async (folder) => [folder, await participant.view(folder, (view) => [view.nextSeq, view.state.record])])));
}

describe('a transfer that is rehearsed', () => {
  test('and a real one of the same number at the same time are both decided and applied, each to its own parcel', async () => {
    hub = await landHub();
    const real = await seed(hub), other = await seed(hub, parcel(), 'seed-1', true);
    expect(real.folder).not.toBe(other.folder);
    expect([shown(await held(hub)), shown(await rehearsed())]).toEqual([[seller.fullName, 1, '', false], [seller.fullName, 1, '', true]]);
    const one = await received(hub, transferTo(buyer)), two = await received(hub, transferTo(otherBuyer, { rehearsal }));
    await Promise.all([desk().complete(one.code, 'AA 1'), desk().complete(two.code, 'AA 2')]);
    await Promise.all([desk().applied(one.code), desk().applied(two.code)]);
    expect([shown(await held(hub)), shown(await rehearsed())]).toEqual([[buyer.fullName, 2, '', false], [otherBuyer.fullName, 2, '', true]]);
  });

  test('leaves the real parcel byte for byte as it was, its log of reads too', async () => {
    hub = await landHub();
    await seed(hub);
    await findCertificate(hub);
    await seed(hub, parcel(), 'seed-2', true);
    const before = [bytes(await held(hub)), await realFolders()];
    const { code } = await received(hub, transferTo(buyer, { rehearsal }));
    await findCertificate(hub, { code }, branch);
    await desk().complete(code, 'AA 3');
    await desk().applied(code);
    await hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'b', parcel: parcelId, kind: land.BlockKind.DISPUTE, ground: 'diễn tập', rehearsal: true }), branch);
    expect((await rehearsed()).blocks).toHaveLength(1);
    expect([bytes(await held(hub)), await realFolders()]).toEqual(before);
  });

  test('of a parcel that stands in the cadastre only finds none; and the other way', async () => {
    hub = await landHub();
    await seed(hub);
    const { code } = await received(hub, transferTo(buyer, { rehearsal }));
    expect(await reason(desk().complete(code, 'AA 4'))).toBe('REGISTER_CONFLICT');
    expect(await reason(rehearsed())).toBe('UNKNOWN_ITEM parcel');
    await seed(hub, parcel({ parcel: '20900-12-999' }), 'seed-3', true);
    expect(await reason(hub.call('land', 'getParcel', land.GetParcelRequest.fromPartial({ parcel: '20900-12-999' }), branch))).toBe('UNKNOWN_ITEM parcel');
  });
});

test('lists show one side, by area and by holder', async () => {
  hub = await landHub();
  await seed(hub);
  await seed(hub, parcel({ parcel: '20900-12-999' }), 'seed-4', true);
  const list = async (wanted: object): Promise<string[]> => (await hub.call<land.ListParcelsResponse>('land', 'listParcels', land.ListParcelsRequest.fromPartial(wanted), branch)).parcels.map((one) => `${one.parcel} ${one.rehearsal}`);
  for (const wanted of [{ area: '20900' }, { holder: seller.identityNumber }]) {
    expect([await list(wanted), await list({ ...wanted, rehearsal: true })]).toEqual([[`${parcelId} false`], ['20900-12-999 true']]);
  }
});

describe('evidence', () => {
  test('is given from the side of the dossier, which its code tells, and says so', async () => {
    hub = await landHub();
    const real = await seed(hub), two = await seed(hub, parcel(), 'seed-5', true);
    const rehearsedCode = (await received(hub, transferTo(buyer, { rehearsal }))).code, realCode = (await received(hub, transferTo(buyer))).code;
    const ask = async (given: object, office?: string): Promise<unknown[]> => { const { facts, rehearsal: said } = await findCertificate(hub, given, office); return [said, ...facts.map((one) => one.evidence)]; };
    expect(await ask({})).toEqual([false, `land/${real.folder}/1`]);
    expect(await ask({ rehearsal: true })).toEqual([true, `land/${two.folder}/1`]);
    expect(await ask({ code: rehearsedCode }, branch)).toEqual([true, `land/${two.folder}/1`]);
    expect(await ask({ code: rehearsedCode, rehearsal: true }, branch)).toEqual([true, `land/${two.folder}/1`]);
    expect(await ask({ code: realCode }, branch)).toEqual([false, `land/${real.folder}/1`]);
    expect(await reason(findCertificate(hub, { code: realCode, rehearsal: true }, branch))).toBe('FIELD_INVALID rehearsal');
    expect(await reason(findCertificate(hub, { code: 'HS-R0001' }, branch))).toBe('FIELD_INVALID code');
  });

  test('that only the other side has is not there, and cannot be attached', async () => {
    hub = await landHub();
    const { folder } = await seed(hub);
    expect(await findCertificate(hub, { rehearsal: true })).toMatchObject({ facts: [], rehearsal: true });
    const { code } = await received(hub, transferTo(buyer, { rehearsal }));
    const { leg } = (await desk().work(code)).deskLeg!.leg!;
    const attach = agency.AttachEvidenceRequest.fromPartial({ requestId: 'attach', code, leg, evidence: { document: 'land-certificate', evidence: { service: 'land', evidence: `land/${folder}/1` } } });
    expect(await reason(hub.call('land', 'attachEvidence', attach, branch))).toBe('UNKNOWN_ITEM evidence.evidence');
  });
});

test('where the operator allows no rehearsals nothing is prepared for one', async () => {
  hub = await landHub((ports) => ports, false);
  await seed(hub);
  expect(await reason(seed(hub, parcel(), 'seed-6', true))).toBe('REHEARSAL_REFUSED rehearsal');
  expect(await reason(rehearsed())).toBe('UNKNOWN_ITEM parcel');
});
