import { documents as pb, operator, reference } from '@lienthong/contract';
import { createDeskService, documentsRpcs, operatorRpcs, referenceRpcs } from '@lienthong/dossier-service';
import { maxDocumentBytes } from '@lienthong/kernel';
import type { Call, DocumentInfo, Documents } from '@lienthong/kernel';
import { copiesEqual, memoryHub, plainIntake, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub, PlainDossier } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { maxSilenceMs } from '../src/hub-rpcs/documents.ts';

const hoiAn = '20410@2025-07-01';
let hub: MemoryHub, dossier: PlainDossier;

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'general-agency'], documents: kept(),
    compose: (portsOf) => [plainIntake(portsOf('intake')), createDeskService(portsOf('general-agency'), { name: 'general-agency', register: null })],
  });
  dossier = await receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: hoiAn });
});
afterAll(() => hub.stop());

const maxKeptBytes = 1024 * 1024;

/** Documents in a map; judged by their declaration, for what is tested here is the RPC. */
function kept(): Documents {
  const contents = new Map<string, Uint8Array>();
  const infoOf = (digest: string, bytes: Uint8Array): DocumentInfo => ({ digest, size: bytes.byteLength, mediaType: 'text/plain' });
  return {
    async put(content, declared) {
      if (declared.mediaType !== 'text/plain') return { ok: false, refusal: 'type-not-accepted' };
      const bytes = Buffer.concat(await Array.fromAsync(content));
      const digest = hub.world.hash(bytes);
      if (bytes.byteLength > maxKeptBytes) return { ok: false, refusal: 'too-large' };
      if (bytes.byteLength === 0) return { ok: false, refusal: 'empty' };
      if (declared.digest !== undefined && declared.digest !== digest) return { ok: false, refusal: 'digest-mismatch' };
      contents.set(digest, bytes);
      return { ok: true, document: infoOf(digest, bytes) };
    },
    async get(digest, offset = 0) { const bytes = contents.get(digest); return bytes === undefined ? undefined : (async function* () { yield bytes.subarray(offset); })(); },
    async stat(digest) { const bytes = contents.get(digest); return bytes === undefined ? undefined : infoOf(digest, bytes); },
  };
}

const call = (office: string): Call => ({ caller: { office, officer: 'An', service: '', peer: '127.0.0.1' }, method: 'test', signal: AbortSignal.timeout(10_000) });

describe('documents', () => {
  const store = kept();
  const rpc = (): ReturnType<typeof documentsRpcs>['handlers'] => documentsRpcs({ documents: store, modules: hub.modules, later: hub.world.later }).handlers;
  const header = (more: Partial<pb.DocumentHeader> = {}): pb.PutDocumentRequest => pb.PutDocumentRequest.create({ part: { $case: 'header', value: pb.DocumentHeader.create({ requestId: 'd-1', mediaType: 'text/plain', ...more }) } });
  const chunk = (bytes: Uint8Array): pb.PutDocumentRequest => pb.PutDocumentRequest.create({ part: { $case: 'chunk', value: Buffer.from(bytes) } });
  const put = (...parts: pb.PutDocumentRequest[]): Promise<pb.PutDocumentResponse> => rpc().putDocument((async function* () { yield* parts; })(), call(dossier.counter));

  test('are kept up to what a document may have, and one byte more is refused and not kept', async () => {
    expect((await put(header(), chunk(new Uint8Array(maxKeptBytes)))).document).toMatchObject({ size: maxKeptBytes });
    const larger = new Uint8Array(maxKeptBytes + 1);
    await expect(put(header(), chunk(larger.subarray(1)), chunk(larger.subarray(0, 1)))).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE', field: 'chunk', meta: { limit: String(maxDocumentBytes) } });
    expect(await store.stat(hub.world.hash(larger))).toBeUndefined();
  });

  test.each([['at once', 0], ['after its header', 1], ['in the midst of it', 2]])('is not waited for when its sender falls silent %s', async (_when, sent) => {
    vi.useFakeTimers();
    try {
      const stillOpen = new Promise<never>(() => {});
      const ended = rpc().putDocument((async function* () { yield* [header(), chunk(Buffer.from('x'))].slice(0, sent); await stillOpen; })(), call(dossier.counter)).then(() => 'kept', (error: { code: string }) => error.code);
      await vi.advanceTimersByTimeAsync(maxSilenceMs - 1);
      expect(await Promise.race([ended, Promise.resolve('waiting')])).toBe('waiting');
      await vi.advanceTimersByTimeAsync(1);
      expect(await Promise.race([ended, vi.advanceTimersByTimeAsync(1).then(() => 'waiting')])).toBe('DEADLINE_EXCEEDED');
    } finally { vi.useRealTimers(); }
  });

  test('comes in pieces, is known by its digest, and goes out in pieces to an office of a dossier that holds it', async () => {
    const content = Buffer.alloc(150_000, 'x'), { document } = await put(header(), chunk(content.subarray(0, 70_000)), chunk(content.subarray(70_000)));
    expect(document).toMatchObject({ digest: hub.world.hash(content), size: 150_000, mediaType: 'text/plain' });
    expect((await rpc().statDocument({ digest: document!.digest }, call(dossier.counter))).document).toMatchObject({ size: 150_000 });
    const read = (office: string, more: Partial<pb.GetDocumentRequest> = {}): Promise<pb.GetDocumentResponse[]> => Array.fromAsync(rpc().getDocument(pb.GetDocumentRequest.create({ digest: document!.digest, code: dossier.code, ...more }), call(office)));
    await expect(read(dossier.counter)).rejects.toMatchObject({ code: 'UNKNOWN_DOCUMENT' });
    await issueAs(document!.digest);
    const parts = await read(dossier.counter);
    expect(parts[0]!.part).toMatchObject({ $case: 'document', value: { size: 150_000 } });
    expect(Buffer.concat(parts.slice(1).map((one) => (one.part?.$case === 'chunk' ? one.part.value : Buffer.alloc(0))))).toEqual(content);
    expect(parts.slice(1).every((one) => one.part?.$case === 'chunk' && one.part.value.byteLength <= 64 * 1024)).toBe(true);
    const rest = await read(dossier.counter, { offset: 149_990 });
    expect(rest).toHaveLength(2);
    const stranger = hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;
    await expect(read(stranger)).rejects.toMatchObject({ code: 'CALLER_NOT_ALLOWED', field: 'office' });
    await expect(read(dossier.counter, { code: 'x' })).rejects.toMatchObject({ code: 'UNKNOWN_DOSSIER' });
    await expect(read(dossier.counter, { offset: 150_001 })).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'offset' });
  });

  /** The registrar issues the certificate with this file. */
  async function issueAs(digest: string): Promise<void> {
    const office = hub.environment.reference.competentOffice('civil-status', hoiAn, '2026-06-01')!.id;
    await hub.call('general-agency', 'completeLeg', { requestId: 'c-1', office: '', code: dossier.code, leg: 'registration', /* unspecified: done */ verdict: 0, round: 1, results: [{ result: 'KQ.G15.000031', number: '01', digest }], opinion: 0, reason: '', ground: '', registerValues: {}, evidence: [] }, office);
    await copiesEqual(hub, dossier.folder);
  }

  test.each<[string, () => pb.PutDocumentRequest[], string]>([
    ['nothing', () => [], 'FIELD_MISSING'],
    ['no header', () => [chunk(Buffer.from('x'))], 'FIELD_MISSING'],
    ['no request id', () => [header({ requestId: '' }), chunk(Buffer.from('x'))], 'REQUEST_ID_MISSING'],
    ['another office', () => [header({ office: 'elsewhere' }), chunk(Buffer.from('x'))], 'ACTS_FOR_ANOTHER_OFFICE'],
    ['two headers', () => [header(), header()], 'FIELD_INVALID'],
    ['a piece that is too large', () => [header(), chunk(Buffer.alloc(1024 * 1024 + 1))], 'FIELD_INVALID'],
    ['no bytes', () => [header()], 'DOCUMENT_EMPTY'],
    ['another digest', () => [header({ digest: '0'.repeat(64) }), chunk(Buffer.from('x'))], 'DOCUMENT_DIGEST_MISMATCH'],
    ['a digest in capitals', () => [header({ digest: hub.world.hash(Buffer.from('x')).toUpperCase() }), chunk(Buffer.from('x'))], 'FIELD_INVALID'],
    ['a digest that is none', () => [header({ digest: 'sha256' }), chunk(Buffer.from('x'))], 'FIELD_INVALID'],
    ['a program', () => [header({ mediaType: 'application/x-sh' }), chunk(Buffer.from('x'))], 'DOCUMENT_TYPE_NOT_ACCEPTED'],
  ])('%s is refused', async (_what, parts, code) => { await expect(put(...parts())).rejects.toMatchObject({ code }); });
});

describe('reference data', () => {
  const rpc = (): ReturnType<typeof referenceRpcs>['handlers'] => referenceRpcs({ reference: hub.environment.reference, now: () => Date.UTC(2026, 5, 1) }).handlers;
  const nobody = call('');

  test('a procedure is that of the date', async () => {
    const fee = async (date: string): Promise<number | undefined> => (await rpc().getProcedure({ procedure: '1.001612', date }, nobody)).procedure!.fees[0]?.amounts[0]?.amount;
    expect([await fee('2025-03-01'), await fee('')]).toEqual([100_000, 50_000]);
    await expect(rpc().getProcedure({ procedure: '9.999999', date: '' }, nobody)).rejects.toMatchObject({ code: 'UNKNOWN_PROCEDURE' });
    await expect(rpc().getProcedure({ procedure: '1.001612', date: '2026-02-30' }, nobody)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'date' });
  });

  test('lists come in order, page by page, each once', async () => {
    const seen: string[] = [];
    for (let pageToken = ''; ;) {
      const page = await rpc().listProcedures(reference.ListProceduresRequest.create({ pageSize: 4, pageToken }), nobody);
      expect(page.procedures.length).toBeLessThanOrEqual(4);
      seen.push(...page.procedures.map((one) => one.procedure));
      if (page.nextPageToken === '') break;
      pageToken = page.nextPageToken;
    }
    const inForce = hub.environment.reference.procedures.filter((one) => one.validTo === null || one.validTo >= '2026-06-01').filter((one) => one.validFrom <= '2026-06-01').map((one) => one.code).sort();
    expect(seen).toEqual(inForce);
    await expect(rpc().listOffices(reference.ListOfficesRequest.create({ pageSize: 501 }), nobody)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'page_size' });
  });

  test('a role and an area give the one competent office', async () => {
    const { offices } = await rpc().listOffices(reference.ListOfficesRequest.create({ role: 'post-office', area: '20410' }), nobody);
    expect(offices).toMatchObject([{ office: 'post-503-202501', service: 'postal' }]);
  });

  test('an area is found without diacritics, and tells what became of it', async () => {
    const { areas } = await rpc().findArea(reference.FindAreaRequest.create({ name: 'hoi an', inForceOnly: true }), nobody);
    expect(areas.map((one) => one.area)).toContain(hoiAn);
    const [old] = (await rpc().findArea(reference.FindAreaRequest.create({ code: '503@2025-01-01' }), nobody)).areas;
    expect(old!.validTo).toBe('2025-06-30');
    await expect(rpc().findArea(reference.FindAreaRequest.create({ name: 'a' }), nobody)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'name' });
  });
});

test('the operator sees every service, and that copies are equal', async () => {
  const { reference: data } = hub.environment;
  const rpc = operatorRpcs({ modules: hub.modules, reference: data, version: '1.2.3', startedAt: 0, rehearsalsAllowed: true, hash: (bytes) => hub.world.hash(bytes) }).handlers;
  const status = await rpc.getStatus({}, call(''));
  expect(status).toMatchObject({ version: '1.2.3', referenceDigest: data.digest, rehearsalsAllowed: true });
  expect(status.services.map((one) => [one.service, one.state])).toEqual([['intake', operator.ServiceState.READY], ['general-agency', operator.ServiceState.READY]]);
  const other = await receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: hoiAn });
  const byCode = await rpc.getCopies({ code: other.code, folder: '' }, call('')), byFolder = await rpc.getCopies({ code: '', folder: other.folder }, call(''));
  expect(byCode).toMatchObject({ folder: other.folder, equal: true });
  expect(byCode.copies.map((one) => one.service).sort()).toEqual(['general-agency', 'intake']);
  expect(new Set(byCode.copies.map((one) => one.digest)).size).toBe(1);
  expect(byFolder.copies).toEqual(byCode.copies);
  await expect(rpc.getCopies({ code: 'x', folder: '' }, call(''))).rejects.toMatchObject({ code: 'UNKNOWN_DOSSIER' });
});
