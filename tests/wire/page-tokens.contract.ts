/** A page token that no page of the list gave is refused: to go on from anywhere would leave out lines that nobody misses, or begin again without end. */
import { agency, intake, oversight } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = { office: 'counter-20410-202507', officer: 'an' }, land = { office: 'land-515-202501', officer: 'an' };
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const lists: Readonly<Record<string, (pageToken: string) => Promise<unknown>>> = {
  ListLegs: (pageToken) => grpcClient(agency.AgencyDeskService, hub.address, land).listLegs(agency.ListLegsRequest.fromPartial({ pageToken })),
  ListDossiers: (pageToken) => grpcClient(intake.IntakeService, hub.address, counter).listDossiers(intake.ListDossiersRequest.fromPartial({ pageToken })),
  ListLate: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listLate(oversight.ListLateRequest.fromPartial({ pageToken })),
  ListAlerts: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listAlerts(oversight.ListAlertsRequest.fromPartial({ pageToken })),
};

test.each(Object.entries(lists))('%s', async (_name, list) => {
  for (const token of ['H17.125.02-261005-0001', '__proto__', '-1', '1e9', `${'0'.repeat(64)}+1`, 'x'.repeat(64)]) await expect(list(token), token).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
  await list('');
});
