/** Lines of business are of the list of the day: at filing, in a correction, and when the registrar decides. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessHub, counter, day } from './business-hub.ts';

const lan: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Phạm Thị Lan', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001111' }) } };
let hub: MemoryHub, requests = 0;

beforeAll(async () => {
  hub = await businessHub();
});
afterAll(() => hub.stop());

const submit = (industryCodes: string): Promise<intake.SubmitDossierResponse> => hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission: intake.Submission.fromPartial({
  procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: lan, areas: { subject: '20410@2025-07-01' } as intake.Areas, declaration: { businessName: 'Hoa Mai', address: '1 Lê Lợi', capital: '5', industryCodes },
  documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }],
}) }), counter);
const refusal = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string; meta?: Record<string, string> }) => `${error.code} ${error.field} ${error.meta?.['code'] ?? ''}`);

test('a line that the list does not know, or no longer, is refused at filing with a reason of its own', async () => {
  const field = 'submission.declaration.industryCodes';
  expect([await refusal(submit('5610; 3411 Lạ')), await refusal(submit('4512 Bán ô tô')), await refusal(submit('4711; 4799 Bán lẻ khác')), await refusal(submit('Tạp hóa'))]).toEqual([`INDUSTRY_UNKNOWN ${field} 3411`, `INDUSTRY_UNKNOWN ${field} 4512`, `INDUSTRY_UNKNOWN ${field} 4799`, `INDUSTRY_UNKNOWN ${field} Tạp hóa`]);
});

test('so it is in a correction, and when the registrar gives other lines than were declared', async () => {
  const { code } = await submit('5610; 4711 Tạp hóa'), desk = testDesk(hub, 'business-registration');
  const correct = intake.CorrectParticularsRequest.fromPartial({ requestId: 'correct', code, declaration: { industryCodes: '3411' }, reason: 'gõ nhầm' });
  expect(await refusal(hub.call('intake', 'correctParticulars', correct, counter))).toBe('INDUSTRY_UNKNOWN declaration.industryCodes 3411');
  await desk.received(code);
  const { id: leg, office } = (await desk.leg(code))!;
  const done = agency.CompleteLegRequest.fromPartial({ requestId: 'done', code, leg, verdict: agency.Verdict.DONE, registerValues: { industryCodes: '3411' } });
  expect(await refusal(hub.call('business-registration', 'completeLeg', done, office))).toBe('INDUSTRY_UNKNOWN register_values.industryCodes 3411');
});
