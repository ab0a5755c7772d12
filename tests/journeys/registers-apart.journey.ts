/** A full demo on a hub that has done real work: every real record, series and claim of every service stays byte for byte as it was. */
import { business, dossier as pb, evidence, intake, land, payments, social } from '@lienthong/contract';
import { sideOfType } from '@lienthong/dossier-service';
import { hubClient, journeyNames, uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient, Unique } from '@lienthong/journeys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HubProcess } from '../chaos/hub-process.ts';
import { storedFolders } from './stored-folders.ts';
import type { ShownFolder } from './stored-folders.ts';

const demoMs = 180_000;
const counter = 'counter-20410-202507', landOffice = 'land-515-202501', registrar = 'business-20410-202507', commune = 'social-20410-202507', hoiAn = '20410@2025-07-01', traMy = '20900@2025-07-01';
let place: HubProcess;

beforeAll(async () => { place = await HubProcess.place(); await place.start(); });
afterAll(() => place.gone());

const shown = (...documents: readonly string[]): pb.DocumentInput[] => documents.map((document) => ({ document, origin: { $case: 'presented', value: {} } }));

function person(unique: Unique, fullName: string): pb.Citizen {
  return pb.Citizen.fromPartial({ fullName, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: unique.personalNumber(), address: 'Hội An, Đà Nẵng' });
}

/** Received in real time. */
async function received(hub: HubClient, unique: Unique, submission: object): Promise<Walk> {
  const request = intake.SubmitDossierRequest.fromPartial({ requestId: unique.request('real'), submission: { channel: pb.Channel.COUNTER, ...submission } as intake.Submission });
  const { code, folder } = await hub.intake.submitDossier(request, { office: counter });
  return Object.assign(new Walk('real', hub, unique, () => {}), { code, folder, counter });
}

/** A record in every register, a read of one, a business that a dossier establishes, its fee with a receipt, a result in the post: what a rehearsal might touch. */
async function workForReal(hub: HubClient, unique: Unique): Promise<void> {
  const owner = person(unique, 'Phan Thị Thật'), party: pb.Party = { party: { $case: 'citizen', value: owner } };
  const right = { kind: land.RightKind.USE, holder: party, shareMillionths: 1_000_000, certificateNumber: 'CS 1', sinceDate: '2015-03-20' };
  await hub.land.seedParcel(land.SeedParcelRequest.fromPartial({ requestId: 'seed', parcel: { parcel: '20900-12-1', area: traMy, sizeDm2: 100, rights: [right] } }), { office: landOffice });
  await hub.evidence.findEvidence(evidence.FindEvidenceRequest.fromPartial({ service: 'land', subjectKind: evidence.SubjectKind.PARCEL, subject: '20900-12-1', purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP' }), { office: counter });
  await hub.business.seedBusiness(business.SeedBusinessRequest.fromPartial({ requestId: 'seed', business: { business: 'HKD-1', name: 'Mì Quảng Cũ', owner: person(unique, 'Lê Văn Cũ'), area: hoiAn, address: '1 Lê Lợi', state: business.BusinessState.ACTIVE } }), { office: registrar });
  await hub.social.seedBeneficiary(social.SeedBeneficiaryRequest.fromPartial({ requestId: 'seed', beneficiary: { beneficiary: 'BT-1', person: owner, kind: social.BenefitKind.MONTHLY_ALLOWANCE, group: 'g', amount: 1, area: hoiAn, state: social.BeneficiaryState.ACTIVE, startMonth: '2024-01', decisionNumber: '1' } }), { office: commune });

  const shop = await received(hub, unique, { procedure: '1.001612', case: 'standard', applicant: party, areas: { subject: hoiAn }, declaration: { businessName: 'Mì Quảng Thật', industryCodes: '5610', capital: '1', address: '2 Lê Lợi' }, documents: shown('application-form') });
  const fee = await shop.until('the fee', (dossier) => dossier.status!.charges[0]);
  const method: payments.PayChargeRequest['method'] = { $case: 'transfer', value: { bank: 'VCB', reference: 'FT-1', paidTime: undefined } };
  const { receiptNumber } = await shop.heard(() => hub.payments.payCharge(payments.PayChargeRequest.fromPartial({ requestId: 'pay', code: shop.code, charge: fee.charge, amount: fee.amount, method }), { office: counter }));
  expect(receiptNumber).toMatch(/^AA-/);
  await shop.complete('registration');
  await shop.until('the register', (dossier) => shop.leg('registration', dossier)?.state === pb.LegState.DONE);

  const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10), birthNoticeNumber: 'GCS-1', birthPlace: 'Hội An', mother: owner }) } };
  const birth = await received(hub, unique, { procedure: '1.001193', case: 'ordinary', applicant: child, areas: { subject: '20410', residence: '20410' }, documents: shown('application-form', 'birth-notice'), returnTo: { way: pb.ReturnWay.POST, receiverName: owner.fullName, deliveryAddress: '3 Lê Lợi' } });
  await birth.complete('registration');
  expect((await birth.until('the post', (dossier) => dossier.status!.consignments.find((one) => one.number !== ''))).number).toMatch(/^RL/);
}

async function stopped(): Promise<ReadonlyMap<string, ShownFolder>> {
  expect((await place.end('SIGTERM')).code).toBe(0);
  return storedFolders(place.store);
}

const isRecord = ({ type }: ShownFolder): boolean => type !== '';

test('nothing real is touched, and all that is new says that it is of a rehearsal', async () => {
  const hub = hubClient(place.address);
  await workForReal(hub, uniqueData()).finally(() => hub.close());
  const before = await stopped();
  const kinds = new Set([...before.values()].filter(isRecord).map(({ type }) => type));
  expect([...kinds].sort()).toEqual(['books:money', 'code-series', 'once:payment', 'pepper', 'reads:land', 'register:business', 'register:land', 'register:social', 'series:books', 'series:consignments', 'series:receipts', 'tracking-book']);

  await place.start();
  const told = JSON.parse((await place.lienthong('demo', '--json')).stdout) as { journeys: { name: string; problem?: string }[]; ok: boolean };
  expect(told.journeys.map(({ name, problem }) => [name, problem])).toEqual(journeyNames.map((name) => [name, undefined]));
  expect(told.ok).toBe(true);
  const after = await stopped();

  const changed = [...before].filter(([id, folder]) => isRecord(folder) && after.get(id)?.bytes !== folder.bytes).map(([id, { type }]) => `${type} ${id}`);
  expect(changed).toEqual([]);
  const added = [...after].filter(([id]) => !before.has(id));
  // A copy of a dossier that was there may have reached another service since.
  const codes = new Set([...before.values()].map(({ code }) => code));
  expect(added.filter(([, { type, code }]) => (type === '' ? !codes.has(code) && !/-R\d+$/.test(code) : sideOfType(type) === 'real')).map(([id, { type, code }]) => `${type}${code} ${id}`)).toEqual([]);
  // The demo did work of the same kinds beside it.
  const rehearsed = new Set(added.filter(([, folder]) => isRecord(folder)).map(([, { type }]) => type));
  expect([...rehearsed].sort()).toEqual(['books:money', 'books:till', 'code-series', 'reads:business', 'reads:land', 'reads:social', 'register:business', 'register:land', 'register:social', 'series:books', 'series:consignments', 'series:receipts', 'tracking-book'].map((type) => `${type}/rehearsal`));
}, demoMs);
