/** A page token that no page of the list gave is refused: to go on from anywhere would leave out lines that nobody misses, or begin again without end. */
import { agency, business, intake, land as lands, operator, oversight, payments, postal, reference, social } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = { office: 'counter-20410-202507', officer: 'an' }, land = { office: 'land-515-202501', officer: 'an' }, committee = { office: 'social-20410-202507', officer: 'an' }, postOffice = { office: 'post-503-202501', officer: 'an' }, area = '20410@2025-07-01';
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const lists: Readonly<Record<string, (pageToken: string) => Promise<unknown>>> = {
  ListLegs: (pageToken) => grpcClient(agency.AgencyDeskService, hub.address, land).listLegs(agency.ListLegsRequest.fromPartial({ pageToken })),
  ListDossiers: (pageToken) => grpcClient(intake.IntakeService, hub.address, counter).listDossiers(intake.ListDossiersRequest.fromPartial({ pageToken })),
  ListLate: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listLate(oversight.ListLateRequest.fromPartial({ pageToken })),
  ListAlerts: (pageToken) => grpcClient(oversight.OversightService, hub.address, counter).listAlerts(oversight.ListAlertsRequest.fromPartial({ pageToken })),
  ListOpenDossiers: (pageToken) => grpcClient(operator.OperatorService, hub.address).listOpenDossiers(operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageToken })),
  ListPayments: (pageToken) => grpcClient(social.BeneficiaryRegisterService, hub.address, committee).listPayments(social.ListPaymentsRequest.fromPartial({ area, month: '2026-10', pageToken })),
  ListStrayScans: (pageToken) => grpcClient(postal.PostalService, hub.address, postOffice).listStrayScans(postal.ListStrayScansRequest.fromPartial({ pageToken })),
  ListCharges: (pageToken) => grpcClient(payments.PaymentsService, hub.address, counter).listCharges(payments.ListChargesRequest.fromPartial({ pageToken })),
  ListConsignments: (pageToken) => grpcClient(postal.PostalService, hub.address, postOffice).listConsignments(postal.ListConsignmentsRequest.fromPartial({ pageToken })),
  ListPlacements: (pageToken) => grpcClient(intake.IntakeService, hub.address, counter).listPlacements(intake.ListPlacementsRequest.fromPartial({ pageToken })),
  ListParcels: (pageToken) => grpcClient(lands.LandRegisterService, hub.address, land).listParcels(lands.ListParcelsRequest.fromPartial({ area, pageToken })),
  ListBusinesses: (pageToken) => grpcClient(business.BusinessRegisterService, hub.address, counter).listBusinesses(business.ListBusinessesRequest.fromPartial({ area, pageToken })),
  ListBeneficiaries: (pageToken) => grpcClient(social.BeneficiaryRegisterService, hub.address, committee).listBeneficiaries(social.ListBeneficiariesRequest.fromPartial({ area, pageToken })),
  ListProcedures: (pageToken) => grpcClient(reference.ReferenceService, hub.address).listProcedures(reference.ListProceduresRequest.fromPartial({ pageToken })),
  ListOffices: (pageToken) => grpcClient(reference.ReferenceService, hub.address).listOffices(reference.ListOfficesRequest.fromPartial({ pageToken })),
  FindArea: (pageToken) => grpcClient(reference.ReferenceService, hub.address).findArea(reference.FindAreaRequest.fromPartial({ name: 'hoi an', pageToken })),
  ListInstitutionMap: (pageToken) => grpcClient(reference.ReferenceService, hub.address).listInstitutionMap(reference.ListInstitutionMapRequest.fromPartial({ pageToken })),
};
/** A token as each of them gives it. */
const folder = '0'.repeat(64);
const places: Readonly<Record<string, string>> = {
  ListLegs: `legs/${folder}`, ListDossiers: `dossiers/${folder}`, ListAlerts: `alerts/${folder}`, ListOpenDossiers: `open-dossiers/${folder}`, ListPayments: `payments/${folder}`, ListStrayScans: `stray-scans/${folder}`, ListLate: 'late/100',
  ListCharges: `payments.open-charges/${folder}+1`, ListConsignments: `postal.open-consignments/${folder}+1`, ListPlacements: `intake.placing/${folder}+1`,
  ListParcels: `land.area/0.${folder}`, ListBusinesses: `business.area/0.${folder}`, ListBeneficiaries: `social.area/0.${folder}`,
  ListProcedures: 'procedures/1.004194', ListOffices: 'offices/land-490-202501', FindArea: 'areas/20410@2025-07-01', ListInstitutionMap: 'institution-map/1',
};

test.each(Object.entries(lists))('%s', async (_name, list) => {
  for (const token of ['H17.125.02-261005-0001', '__proto__', '-1', '1e9', `${'0'.repeat(64)}+1`, 'x'.repeat(64)]) await expect(list(token), token).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
  await list('');
});

test.each(Object.entries(lists))('%s takes no token of another list', async (name, list) => {
  for (const [other, token] of Object.entries(places)) {
    if (other === name) await list(token);
    else await expect(list(token), other).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
  }
  await expect(list(folder)).rejects.toMatchObject({ reason: 'FIELD_INVALID', field: 'page_token' });
});
