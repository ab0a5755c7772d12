/** Texts and times that no form has are refused when a dossier is handed in: what is in stays in, and every form of it would be drawn with them. */
import { dossier as pb, intake } from '@lienthong/contract';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessHub, counter } from './business-hub.ts';

const applicant = (more: object): pb.Party => ({ party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Phạm Thị Lan', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001111', ...more }) } });
const given = {
  procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: applicant({}), areas: { subject: '20410@2025-07-01' }, declaration: { businessName: 'Hoa Mai', address: '1 Lê Lợi', capital: '5', industryCodes: '4711' },
  documents: [{ document: 'application-form', origin: { $case: 'presented' as const, value: {} } }],
};
const lastDay = new Date('9999-12-31T23:59:59Z');
let hub: MemoryHub, requests = 0;

beforeAll(async () => { hub = await businessHub(); });
afterAll(() => hub.stop());

const refusal = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);
const submit = (more: object): Promise<unknown> => hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission: intake.Submission.fromPartial({ ...given, ...more } as never) }), counter);

test.each<[string, object, string]>([
  ['an address as long as a book', { applicant: applicant({ address: 'x'.repeat(1_000_000) }) }, 'FIELD_INVALID submission.applicant.citizen.address'],
  ['a delivery address beyond its bound', { returnTo: { way: pb.ReturnWay.POST, deliveryAddress: 'x'.repeat(501) } }, 'FIELD_INVALID submission.return_to.delivery_address'],
  ['a receiver whose name nobody could write', { returnTo: { way: pb.ReturnWay.POST, deliveryAddress: '1 Lê Lợi', receiverName: 'x'.repeat(301) } }, 'FIELD_INVALID submission.return_to.receiver_name'],
  ['a field of the form whose name is beyond its bound', { declaration: { ['x'.repeat(65)]: '' } }, `FIELD_INVALID submission.declaration.${'x'.repeat(65)}`],
  ['a parcel that no register has', { subject: { parcel: 'x'.repeat(65) } }, 'FIELD_INVALID submission.subject.parcel'],
  ['a rehearsal that begins on the last day of all, which is the day after in Việt Nam', { rehearsal: { startTime: lastDay } }, 'FIELD_INVALID submission.rehearsal.start_time'],
  ['paper that was handed in then', { lateRecord: { receivedTime: lastDay, outage: 'SC-1' } }, 'FIELD_INVALID submission.late_record.received_time'],
  ['nothing out of bounds', {}, 'none'],
])('%s', async (_name, more, expected) => {
  expect(await refusal(submit(more))).toBe(expected);
});

test('a refusal at the counter in a rehearsal of that day', async () => {
  expect(await refusal(hub.call('intake', 'refuseReceipt', intake.RefuseReceiptRequest.fromPartial({ requestId: 'refuse', procedure: given.procedure, applicant: given.applicant, rehearsal: { startTime: lastDay } }), counter))).toBe('FIELD_INVALID rehearsal.start_time');
});
