/** A request about a dossier that names none is told which field is missing, not that there is no dossier of that name. */
import { agency, intake, operator, payments, postal } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = { office: 'counter-20410-202507', officer: 'an' };
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const counterHas = (): ReturnType<typeof grpcClient<typeof intake.IntakeService>> => grpcClient(intake.IntakeService, hub.address, counter);
const requests: Readonly<Record<string, (code: string) => Promise<unknown>>> = {
  GetDossier: (code) => counterHas().getDossier(intake.GetDossierRequest.fromPartial({ code })),
  WithdrawDossier: (code) => counterHas().withdrawDossier(intake.WithdrawDossierRequest.fromPartial({ requestId: 'no-code', code, reason: 'đổi ý' })),
  GetWork: (code) => grpcClient(agency.AgencyDeskService, hub.address, { office: 'land-515-202501', officer: 'an' }).getWork(agency.GetWorkRequest.fromPartial({ code, leg: 'x' })),
  PayCharge: (code) => grpcClient(payments.PaymentsService, hub.address, counter).payCharge(payments.PayChargeRequest.fromPartial({ requestId: 'no-code', code, charge: 'x', amount: 1, method: { $case: 'cash', value: {} } })),
  ListOriginals: (code) => grpcClient(postal.PostalService, hub.address, counter).listOriginals(postal.ListOriginalsRequest.fromPartial({ code })),
  GetCopies: (code) => grpcClient(operator.OperatorService, hub.address).getCopies(operator.GetCopiesRequest.fromPartial({ code })),
  GetFolder: async (code) => { for await (const _part of grpcClient(operator.OperatorService, hub.address).getFolder(operator.GetFolderRequest.fromPartial({ service: 'intake', code }))) break; },
};

test.each(Object.entries(requests))('%s', async (_name, ask) => {
  for (const code of ['', '  ']) await expect(ask(code), JSON.stringify(code)).rejects.toMatchObject({ reason: 'FIELD_MISSING', field: 'code' });
  await expect(ask('H17.125.02-261005-0001')).rejects.toMatchObject({ reason: 'UNKNOWN_DOSSIER' });
});
