/** A page token that no page of the list gave is refused: to go on from anywhere would leave out lines that nobody misses, or begin again without end. */
import { agency, intake, operator, oversight, postal, social } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = { office: 'counter-20410-202507', officer: 'an' }, land = { office: 'land-515-202501', officer: 'an' }, committee = { office: 'social-20410-202507', officer: 'an' };
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const lists: Readonly<Record<string, (pageToken: string) => Promise<unknown>>> = {
  ListLegs: (pageToken) => grpcClient(agency.AgencyDeskService, hub.address, land).listLegs(agency.ListLegsRequest.fromPartial({ pageToken })),
  ListDossiers: (pageToken) => grpcClient(intake.IntakeService, hub.address, counter).listDossiers(intake.ListDossiersRequest.fromPartial({ pageToken })),
  ListLate: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listLate(oversight.ListLateRequest.fromPartial({ pageToken })),
  ListAlerts: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listAlerts(oversight.ListAlertsRequest.fromPartial({ pageToken })),
  ListOpenDossiers: (pageToken) => grpcClient(operator.OperatorService, hub.address).listOpenDossiers(operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageToken })),
  ListPayments: (pageToken) => grpcClient(social.BeneficiaryRegisterService, hub.address, committee).listPayments(social.ListPaymentsRequest.fromPartial({ area: '20410@2025-07-01', month: '2026-10', pageToken })),
  ListStrayScans: (pageToken) => grpcClient(postal.PostalService, hub.address, { office: 'post-503-202501', officer: 'an' }).listStrayScans(postal.ListStrayScansRequest.fromPartial({ pageToken })),
};
/** As each of them gives it, where it gives a folder. */
const places: Readonly<Record<string, string>> = { ListLegs: 'legs', ListDossiers: 'dossiers', ListAlerts: 'alerts', ListOpenDossiers: 'open-dossiers', ListPayments: 'payments', ListStrayScans: 'stray-scans' };

test.each(Object.entries(lists))('%s', async (_name, list) => {
  for (const token of ['H17.125.02-261005-0001', '__proto__', '-1', '1e9', `${'0'.repeat(64)}+1`, 'x'.repeat(64)]) await expect(list(token), token).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
  await list('');
});

test.each(Object.entries(lists))('%s takes no token of another list', async (name, list) => {
  const folder = '0'.repeat(64);
  for (const [other, place] of Object.entries(places)) {
    if (other === name) await list(`${place}/${folder}`);
    else await expect(list(`${place}/${folder}`), other).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
  }
  await expect(list(folder)).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
});
