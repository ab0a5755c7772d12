/** Documents over the wire: in by digest, out only to offices of a dossier that holds them. */
import { createHash } from 'node:crypto';
import { documents as pb, dossier, intake } from '@lienthong/contract';
import { CallError, grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = 'counter-20410-202507';
const stranger = 'counter-20194-202507';
const content = Buffer.from(`%PDF-1.7\n${'giấy chứng sinh '.repeat(20_000)}\n%%EOF\n`);
const digest = createHash('sha256').update(content).digest('hex');

let hub: HubOfTest;
let client: GrpcClient<typeof pb.DocumentsService>;
beforeAll(async () => {
  hub = await hubOfTest();
  client = grpcClient(pb.DocumentsService, hub.address, { office: counter, officer: 'cb-tiep-nhan' });
});
afterAll(async () => { client.close(); await hub.stop(); });

const header = (more: Partial<pb.DocumentHeader> = {}): pb.PutDocumentRequest => ({ part: { $case: 'header', value: { requestId: 'put-1', office: '', mediaType: 'application/pdf', digest, ...more } } });
const chunk = (bytes: Uint8Array): pb.PutDocumentRequest => ({ part: { $case: 'chunk', value: Buffer.from(bytes) } });
const pieces = (bytes: Buffer, size: number): pb.PutDocumentRequest[] => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => chunk(bytes.subarray(i * size, (i + 1) * size)));
const upload = { digest, size: content.length, mediaType: 'application/pdf' };

async function read(request: Partial<pb.GetDocumentRequest>, office = counter): Promise<{ readonly document: dossier.Upload | undefined; readonly bytes: Buffer }> {
  const chunks: Uint8Array[] = [];
  let document: dossier.Upload | undefined;
  for await (const { part } of client.getDocument(pb.GetDocumentRequest.fromPartial({ digest, ...request }), { office })) {
    if (part?.$case === 'document') document = part.value;
    if (part?.$case === 'chunk') chunks.push(part.value);
  }
  return { document, bytes: Buffer.concat(chunks) };
}

describe('putting', () => {
  test('in pieces, and the same bytes again', async () => {
    for (const size of [content.length, 7_000]) expect((await client.putDocument([header(), ...pieces(content, size)])).document).toMatchObject(upload);
    expect((await client.putDocument([header({ digest: '' }), ...pieces(content, 50_000)])).document).toMatchObject(upload);
    expect((await client.statDocument({ digest })).document).toMatchObject(upload);
  });

  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  test.each([
    ['no header', [chunk(content)], 'FIELD_MISSING', 'header'],
    ['nothing at all', [], 'FIELD_MISSING', 'header'],
    ['no request id', [header({ requestId: '' }), chunk(content)], 'REQUEST_ID_MISSING', 'request_id'],
    ['for another office', [header({ office: stranger }), chunk(content)], 'ACTS_FOR_ANOTHER_OFFICE', 'office'],
    ['bytes that do not match the digest', [header(), chunk(Buffer.from('%PDF-1.7 something else'))], 'DOCUMENT_DIGEST_MISMATCH', 'header.digest'],
    ['a digest in capitals', [header({ digest: digest.toUpperCase() }), chunk(content)], 'FIELD_INVALID', 'header.digest'],
    ['bytes of another type', [header({ digest: '' }), chunk(png)], 'DOCUMENT_TYPE_MISMATCH', 'header.media_type'],
    ['a type that is not taken', [header({ mediaType: 'application/x-sh', digest: '' }), chunk(content)], 'DOCUMENT_TYPE_NOT_ACCEPTED', 'header.media_type'],
    ['no bytes', [header({ digest: '' })], 'DOCUMENT_EMPTY', 'chunk'],
    ['a header in between', [header({ digest: '' }), chunk(content.subarray(0, 99)), header()], 'FIELD_INVALID', 'part'],
    ['a piece above 1 MiB', [header({ digest: '' }), chunk(Buffer.concat([content, Buffer.alloc(1024 * 1024)]))], 'FIELD_INVALID', 'chunk'],
  ] as const)('%s: %o', async (_what, requests, reason, field) => {
    await expect(client.putDocument(requests)).rejects.toMatchObject({ reason, field, domain: 'lienthong.vn' });
  });
});

test('a digest in capitals is refused, saying how it is written', async () => {
  const told = client.statDocument({ digest: digest.toUpperCase() });
  await expect(told).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'digest', message: expect.stringContaining('64') as string });
});

describe('reading', () => {
  let code = '';
  beforeAll(async () => {
    const mother = dossier.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: dossier.IdentityKind.PERSONAL_NUMBER, identityNumber: '049195000017', address: 'Hội An, Đà Nẵng' });
    const child = dossier.Newborn.fromPartial({ birthDate: '2026-10-01', sex: dossier.Sex.FEMALE, birthNoticeNumber: 'GCS-1', birthPlace: 'Bệnh viện Đa khoa Hội An', mother });
    const submission = intake.Submission.fromPartial({
      procedure: '1.001193', case: 'ordinary', channel: dossier.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: child } }, contact: { phone: '0905123456' },
      areas: { subject: '20410', residence: '20410' }, declaration: { child_name: 'Trần Nguyễn An Nhiên' }, rehearsal: { startTime: new Date('2026-10-05T08:10:00+07:00') },
      documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }, { document: 'birth-notice', origin: { $case: 'upload', value: upload } }],
    });
    await client.putDocument([header(), chunk(content)]);
    const counters = grpcClient(intake.IntakeService, hub.address, { office: counter, officer: 'cb-tiep-nhan' });
    code = (await counters.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: 'submit-1', submission }))).code;
    counters.close();
  });

  test('whole, and from an offset', async () => {
    const whole = await read({ code });
    expect(whole.document).toMatchObject(upload);
    expect(whole.bytes.equals(content)).toBe(true);
    expect((await read({ code, offset: content.length - 6 })).bytes.toString()).toBe('%%EOF\n');
    expect((await read({ code, offset: content.length })).bytes).toHaveLength(0);
  });

  test.each([
    ['an office that takes no part', () => ({ code }), stranger, 'CALLER_NOT_ALLOWED', 'office'],
    ['no dossier', () => ({}), counter, 'FIELD_MISSING', 'code'],
    ['a dossier that does not exist', () => ({ code: 'H17.0-000000-000000' }), counter, 'UNKNOWN_DOSSIER', 'code'],
    ['a document of no dossier', () => ({ code, digest: 'a'.repeat(64) }), counter, 'UNKNOWN_DOCUMENT', 'digest'],
    ['an offset beyond the end', () => ({ code, offset: content.length + 1 }), counter, 'FIELD_INVALID', 'offset'],
  ] as const)('not for %s', async (_who, request, office, reason, field) => {
    const error: unknown = await read(request(), office).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ reason, field });
  });
});
