/** The certificate instead of the paper: asked for with purpose, ground and dossier, read from the register, kept. */
import { afterEach, expect, test } from 'vitest';
import { agency } from '@lienthong/contract';
import { readPages, readsPerPage } from '@lienthong/dossier-service';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { branch, buyer, findCertificate, held, landHub, parcelId, received, seed, seller, transferTo } from './land-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());

const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);
/** Reads kept of the parcel. */
async function reads(folder: string): Promise<number> {
  const { participant } = hub.modules.find((one) => one.name === 'land')!;
  const counts = await Promise.all((await readPages({ participant } as Parameters<typeof readPages>[0], folder)).map((page) => participant.view(page, (view) => view.state.record!.reads)));
  return counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

test('a counter reads the certificate before receipt; the read is kept beside the record, not in it', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  const { facts } = await findCertificate(hub);
  expect(facts).toHaveLength(1);
  expect(facts[0]).toMatchObject({ evidence: `land/${folder}/1`, service: 'land', office: branch, fact: 'certificate', replaces: ['land-certificate'], values: { parcel: parcelId, certificateNumber: 'AA 00123456', holders: seller.fullName } });
  expect(facts[0]!.summary!.vi).not.toContain(seller.fullName);
  expect(await reads(folder)).toBe(1);
  expect((await held(hub)).version).toBe(1);
});

test('each want of ground has its own refusal, and reads nothing', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  const { code } = await received(hub, transferTo(buyer));
  expect([
    await reason(findCertificate(hub, { purpose: ' ' })), await reason(findCertificate(hub, { ground: '' })), await reason(findCertificate(hub, {}, branch)), await reason(findCertificate(hub, { subject: '' })),
    await reason(findCertificate(hub, { subjectKind: 0 })), await reason(findCertificate(hub, { fact: 'income' })), await reason(findCertificate(hub, { service: 'tax' })), await reason(findCertificate(hub, { purpose: 'x'.repeat(201) })),
    await reason(findCertificate(hub, {}, 'nowhere')),
  ]).toEqual([
    'FIELD_MISSING purpose', 'FIELD_MISSING ground', 'EVIDENCE_NEEDS_DOSSIER code', 'FIELD_MISSING subject', 'FIELD_MISSING subject_kind', 'FIELD_INVALID fact', 'UNKNOWN_SERVICE service', 'FIELD_INVALID purpose', 'UNKNOWN_OFFICE office',
  ]);
  expect(await reads(folder)).toBe(0);
  expect((await findCertificate(hub, { code }, branch)).facts).toHaveLength(1);
  expect((await findCertificate(hub, { subject: '1-1-1' })).facts).toEqual([]);
});

test('names the version that was read', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  const { code } = await received(hub, transferTo(buyer));
  await testDesk(hub, 'land').complete(code, 'AA 2');
  await testDesk(hub, 'land').applied(code);
  expect((await findCertificate(hub)).facts[0]!.evidence).toBe(`land/${folder}/2`);
});

test('more reads than a folder holds go on in the next page', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  for (let n = 0; n < readsPerPage + 2; n++) await findCertificate(hub);
  expect(await reads(folder)).toBe(readsPerPage + 2);
});

test('nobody is asked for it: the officer hears where it is held, and attaches it', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  const { code } = await received(hub, transferTo(buyer));
  const leg = (await testDesk(hub, 'land').work(code)).deskLeg!.leg!.leg;
  const ask = hub.call('land', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: 'ask-1', code, leg, documents: ['land-certificate'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'thiếu giấy' }), branch);
  await expect(ask).rejects.toMatchObject({ code: 'ALREADY_HELD', meta: { evidenceId: `land/${folder}/1` } });
  await hub.call('land', 'attachEvidence', agency.AttachEvidenceRequest.fromPartial({ requestId: 'attach-1', code, leg, evidence: { document: 'land-certificate', evidence: { service: 'land', evidence: `land/${folder}/1` } } }), branch);
  const attached = (await testDesk(hub, 'land').work(code)).documents.filter((one) => one.origin?.$case === 'evidence');
  expect(attached.map((one) => one.document)).toEqual(['land-certificate']);
  expect(await reads(folder)).toBe(2);
});
