/** A filter by a value that there is not would give an empty list, and whoever asks would believe that there is nothing. */
import { agency, business, intake, payments, postal, reference, social } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = { office: 'counter-20410-202507', officer: 'an' }, area = '20410@2025-07-01', date = '2026-11-02';
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const filters: readonly (readonly [list: string, field: string, value: string, ask: (value: number) => Promise<unknown>])[] = [
  ['ListLegs', 'states', 'WORKING', (value) => grpcClient(agency.AgencyDeskService, hub.address, { office: 'land-515-202501', officer: 'an' }).listLegs(agency.ListLegsRequest.fromPartial({ states: [value as never] }))],
  ['ListDossiers', 'states', 'RETURNED', (value) => grpcClient(intake.IntakeService, hub.address, counter).listDossiers(intake.ListDossiersRequest.fromPartial({ states: [value as never] }))],
  ['ListCharges', 'states', 'OPEN', (value) => grpcClient(payments.PaymentsService, hub.address, counter).listCharges(payments.ListChargesRequest.fromPartial({ states: [value as never] }))],
  ['ListConsignments', 'states', 'ORDERED', (value) => grpcClient(postal.PostalService, hub.address, counter).listConsignments(postal.ListConsignmentsRequest.fromPartial({ states: [value as never] }))],
  ['ListConsignments', 'errand', 'COLLECT', (value) => grpcClient(postal.PostalService, hub.address, counter).listConsignments(postal.ListConsignmentsRequest.fromPartial({ errand: value as never }))],
  ['ListBusinesses', 'states', 'ACTIVE', (value) => grpcClient(business.BusinessRegisterService, hub.address, { office: 'business-20410-202507', officer: 'an' }).listBusinesses(business.ListBusinessesRequest.fromPartial({ area, states: [value as never] }))],
  ['ListBeneficiaries', 'states', 'MOVING', (value) => grpcClient(social.BeneficiaryRegisterService, hub.address, { office: 'social-20410-202507', officer: 'an' }).listBeneficiaries(social.ListBeneficiariesRequest.fromPartial({ area, states: [value as never] }))],
  ['FindArea', 'level', 'COMMUNE', (value) => grpcClient(reference.ReferenceService, hub.address, counter).findArea(reference.FindAreaRequest.fromPartial({ name: 'hoi an', date, level: value as never }))],
  ['ListInstitutionMap', 'basis', '', (value) => grpcClient(reference.ReferenceService, hub.address, counter).listInstitutionMap(reference.ListInstitutionMapRequest.fromPartial({ procedure: '1.001193', date, basis: value as never }))],
];

test.each(filters)('%s by %s', async (_list, field, value, ask) => {
  for (const stranger of [99, -1]) await expect(ask(stranger), String(stranger)).rejects.toMatchObject({ reason: 'FIELD_INVALID', field, message: expect.stringContaining(value) });
  await ask(1);
});
