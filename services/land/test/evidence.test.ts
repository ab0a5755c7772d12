/** The certificate instead of the paper: asked for with purpose, ground and dossier, read from the register, kept. */
import { afterEach, describe, expect, test } from 'vitest';
import { agency, evidence, land } from '@lienthong/contract';
import { readPages, readsPerPage, statementOf } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import { silentRegisterGround } from '@lienthong/law';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { branch, buyer, counter, findCertificate, held, landHub, parcel, parcelId, received, seed, seller, transferTo } from './land-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());

const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);
/** Reads kept of the parcel. */
async function reads(folder: string): Promise<number> {
  const { participant } = hub.modules.find((one) => one.name === 'land')!;
  const counts = await Promise.all((await readPages({ participant } as Parameters<typeof readPages>[0], folder)).map((page) => participant.view(page, (view) => view.state.record!.reads.length)));
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
    await reason(findCertificate(hub, {}, 'nowhere')), await reason(findCertificate(hub, { purpose: '\u200b' })), await reason(findCertificate(hub, { ground: 'NĐ\u202e309' })),
  ]).toEqual([
    'FIELD_MISSING purpose', 'FIELD_MISSING ground', 'EVIDENCE_NEEDS_DOSSIER code', 'FIELD_MISSING subject', 'FIELD_MISSING subject_kind', 'FIELD_INVALID fact', 'UNKNOWN_SERVICE service', 'FIELD_INVALID purpose', 'UNKNOWN_OFFICE office', 'FIELD_INVALID purpose', 'FIELD_INVALID ground',
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

describe('a register that is silent', () => {
  const silence = { on: false };
  const asks = async (code: string, requestId: string): Promise<unknown> => {
    const leg = (await testDesk(hub, 'land').work(code)).deskLeg!.leg!.leg;
    return hub.call('land', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId, code, leg, documents: ['land-certificate'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'thiếu giấy' }), branch);
  };

  test('lets the office ask, and its silence is kept in the entry as the ground', async () => {
    hub = await landHub((ports) => ({ ...ports, evidence: async (query) => { if (silence.on) throw new HubError('PEER_UNREACHABLE', { service: 'land', problem: 'down' }); return ports.evidence(query); } }));
    await seed(hub);
    const { code, folder } = await received(hub, transferTo(buyer));
    silence.on = false;
    expect(await reason(asks(code, 'ask-1'))).toMatch(/^ALREADY_HELD/);
    silence.on = true;
    await asks(code, 'ask-2');
    const { participant } = hub.modules.find((one) => one.name === 'land')!;
    const asked = await participant.view(folder, ({ state }) => state.dossier.entries.find((one) => one.kind === 'supplement-asked')!.body);
    expect(asked).toMatchObject({ documents: ['land-certificate'], failures: [{ document: 'land-certificate', service: 'land', ground: silentRegisterGround }] });
  });

  test('a fact that was attached, by itself or with a completion, is attached however often it is said, though the register does not answer any more', async () => {
    silence.on = false;
    hub = await landHub((ports) => ({ ...ports, evidence: async (query) => { if (silence.on) throw new HubError('PEER_UNREACHABLE', { service: 'land', problem: 'down' }); return ports.evidence(query); } }));
    const { folder } = await seed(hub), { code } = await received(hub, transferTo(buyer));
    const { leg } = (await testDesk(hub, 'land').work(code)).deskLeg!.leg!, fact = { document: 'land-certificate', evidence: { service: 'land', evidence: `land/${folder}/1` } };
    const attach = (): Promise<unknown> => hub.call('land', 'attachEvidence', agency.AttachEvidenceRequest.fromPartial({ requestId: 'attach-1', code, leg, evidence: fact }), branch);
    const complete = (): Promise<agency.CompleteLegResponse> => hub.call('land', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: 'done-1', code, leg, evidence: [fact], results: [{ result: 'KQ.G10.001147', number: 'CQ 1' }] }), branch);
    const attached = await attach(), completed = await complete();
    expect(completed.receipt!.entries.map((one) => one.kind)).toEqual(['evidence-attached', 'register-intended']);
    silence.on = true;
    expect(await attach()).toEqual(attached);
    expect(await complete()).toEqual(completed);
    silence.on = false;
  });

  test('who looked at a paper, or had the register read, and when, stands with it', async () => {
    silence.on = false;
    hub = await landHub();
    const { folder } = await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    const leg = (await testDesk(hub, 'land').work(code)).deskLeg!.leg!.leg;
    await hub.call('land', 'attachEvidence', agency.AttachEvidenceRequest.fromPartial({ requestId: 'attach-1', code, leg, evidence: { document: 'land-certificate', evidence: { service: 'land', evidence: `land/${folder}/1` } } }), branch);
    const [attached] = (await testDesk(hub, 'land').work(code)).documents.filter((one) => one.origin?.$case === 'evidence');
    expect(attached).toMatchObject({ verified: { office: branch, officer: 'cb-04', time: (attached!.origin as { value: { readTime: Date } }).value.readTime } });
    expect(attached!.failure).toBeUndefined();
  });
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

test('what is answered is limited to what the documents of the procedure need', async () => {
  hub = await landHub();
  await seed(hub);
  const fields = async (procedure: string): Promise<readonly string[]> => Object.keys((await findCertificate(hub, { procedure })).facts[0]!.values).sort();
  expect(await fields('')).toEqual([]);
  expect(await fields('1.013831')).toEqual(['address', 'blocks', 'certificateNumber', 'holders', 'mapSheet', 'mortgages', 'number', 'parcel', 'purpose', 'sizeDm2']);
  // A building permit needs to know whose land it is, not to whom it is pledged.
  expect(await fields('1.013225')).toEqual(['address', 'certificateNumber', 'holders', 'parcel', 'purpose', 'sizeDm2']);
  expect(await reason(findCertificate(hub, { procedure: '1.001193' }))).toBe('EVIDENCE_NOT_NEEDED fact');
  expect(await reason(findCertificate(hub, { procedure: '9.999999' }))).toBe('UNKNOWN_PROCEDURE procedure');
});

test('nobody reads of a parcel that the dossier does not name, or for a dossier that there is not or that has ended', async () => {
  hub = await landHub();
  const { folder } = await seed(hub);
  await seed(hub, parcel({ parcel: '20900-12-900', number: '900' }), 'seed-2');
  const { code } = await received(hub, transferTo(buyer));
  expect(await reason(findCertificate(hub, { code, subject: '20900-12-900' }, branch))).toBe('SUBJECT_NOT_IN_DOSSIER subject');
  expect(await reason(findCertificate(hub, { code: '000.00.01.H47-260302-9999' }, branch))).toBe('UNKNOWN_DOSSIER code');
  expect(await reads(folder)).toBe(0);
});

test('an answer is signed by the register with all that was asked, and a changed one is found', async () => {
  hub = await landHub();
  await seed(hub);
  const { signed } = await findCertificate(hub);
  const statement = statementOf(hub.world, 'land', signed);
  expect(statement).toMatchObject({ service: 'land', office: counter, officer: 'cb-04', subject: parcelId, purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP điều 2', code: '', rehearsal: false });
  expect(statement!.facts[0]!.values['certificateNumber']).toBe('AA 00123456');
  expect(statementOf(hub.world, 'social-protection', signed)).toBeNull();
  const forged = evidence.Statement.encode({ ...statement!, office: branch }).finish();
  expect(statementOf(hub.world, 'land', { ...signed!, statement: forged })).toBeNull();
  // Nothing found is said under signature, too.
  expect(statementOf(hub.world, 'land', (await findCertificate(hub, { subject: '1-1-1' })).signed)).toMatchObject({ facts: [], subject: '1-1-1' });
});

describe('fetching', () => {
  const fetchFact = (id: string, code: string, more: object = {}): Promise<evidence.FetchEvidenceResponse> =>
    hub.call('land', 'fetchEvidence', evidence.FetchEvidenceRequest.fromPartial({ evidence: id, code, purpose: 'thẩm tra', ground: 'NĐ 309/2026/NĐ-CP điều 2', ...more }), branch);

  test('gives what was found for the dossier as it stood then, and is kept as a read of its own', async () => {
    hub = await landHub();
    const { folder } = await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    const [found] = (await findCertificate(hub, { code }, branch)).facts;
    await hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'b-1', parcel: parcelId, kind: land.BlockKind.DISPUTE, ground: 'TB 1' }), branch);
    const { fact, signed } = await fetchFact(found!.evidence, code);
    expect([fact!.values['blocks'], fact!.evidence]).toEqual(['0', `land/${folder}/1`]);
    expect(statementOf(hub.world, 'land', signed)!.facts).toHaveLength(1);
    expect(await reads(folder)).toBe(2);
  });

  test('each want has its own refusal', async () => {
    hub = await landHub();
    const { folder } = await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    const id = `land/${folder}/1`;
    expect([await reason(fetchFact(id, code)), await reason(fetchFact(id, '')), await reason(fetchFact(id, code, { purpose: '' })), await reason(fetchFact('land/x/1', code)), await reason(fetchFact('', code)), await reason(fetchFact('tax/x/1', code))]).toEqual([
      'SUBJECT_NOT_IN_DOSSIER evidence', 'EVIDENCE_NEEDS_DOSSIER code', 'FIELD_MISSING purpose', 'UNKNOWN_ITEM evidence', 'FIELD_MISSING evidence', 'UNKNOWN_SERVICE evidence',
    ]);
    expect(await reads(folder)).toBe(0);
  });
});

test('the applicant sees who read what for the dossier, when and why; reads for others are not among them', async () => {
  hub = await landHub();
  await seed(hub);
  const { code, folder } = await received(hub, transferTo(buyer));
  await findCertificate(hub, { folder });
  await findCertificate(hub, { code, purpose: 'thẩm tra' }, branch);
  await findCertificate(hub);
  const { evidence: source } = hub.modules.find((one) => one.name === 'land')!;
  const seen = await source!.reads(folder, code);
  expect(seen.map(({ service, fact, office, from, purpose, ground }) => ({ service, fact, office, from, purpose, ground }))).toEqual([
    { service: 'land', fact: 'certificate', office: counter, from: 'intake', purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP điều 2' },
    { service: 'land', fact: 'certificate', office: branch, from: 'land', purpose: 'thẩm tra', ground: 'NĐ 309/2026/NĐ-CP điều 2' },
  ]);
  expect(await source!.reads('', 'H17.1-261123-0009')).toEqual([]);
});
