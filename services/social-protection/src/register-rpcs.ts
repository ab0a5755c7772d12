/** `social.v1.BeneficiaryRegister`: looking at files, payment lists, and loading what existed before the hub. */
import { social as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaToday, areaWithPast, checkKnownValues, pageSizeOf, recordPage, servesArea, sideOf } from '@lienthong/dossier-service';
import type { Host, Registers, StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, RpcService } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import { beneficiaryFacts, beneficiaryMessage, stateMessages } from './beneficiary-message.ts';
import { decideBeneficiaryClash, listBeneficiaryClashes } from './clashes.ts';
import { listPayments } from './payment-list.ts';
import { areaOf, personKey } from './rules-facts.ts';
import type { Beneficiary } from './rules-facts.ts';
import { monthOf } from './rules-months.ts';
import { noStandards, raisedUpTo } from './rules-standards.ts';
import { byArea, byId, byPerson } from './rules.ts';
import { filesAbout, maySeeNames, missing, today } from './files.ts';
import type { Files } from './files.ts';

export function beneficiaryRpcs(host: Host, registers: Registers<Beneficiary>): RpcService<typeof pb.BeneficiaryRegisterService> {
  const on = ({ rehearsal }: { readonly rehearsal: boolean }): Files => ({ host, register: registers.of(sideOf(rehearsal)) });
  return {
    definition: pb.BeneficiaryRegisterService,
    handlers: {
      getBeneficiary: (request, call) => getBeneficiary(on(request), request, call),
      listBeneficiaries: (request, call) => listBeneficiaries(on(request), request, call),
      listPayments: (request, call) => listPayments(on(request), request, call),
      seedBeneficiary: (request, call) => seedBeneficiary(on(request), request, call),
      listBeneficiaryClashes: (request, call) => listBeneficiaryClashes(on(request), request, call),
      decideBeneficiaryClash: (request, call) => decideBeneficiaryClash(on(request), request, call),
    },
  };
}

const conflict = (problem: string): HubError => errorOfRefusal(refuse('REGISTER_CONFLICT', { register: 'social', problem }, 'beneficiary'));

async function shown(files: Files, record: StoredRecord<Beneficiary>, office: string): Promise<pb.Beneficiary> {
  const { reference } = files.host.environment, area = areaOf(record.facts), { kind, person } = record.facts;
  const reservedBy = await files.register.reservedBy(personKey(kind, person.identityNumber ?? ''));
  const facts = raisedUpTo(record.facts, reference.support ?? noStandards, monthOf(today(files)));
  return beneficiaryMessage({ ...record, facts }, { area: areaToday(reference, area, today(files)), reservedBy, named: maySeeNames(files, office, area) });
}

async function getBeneficiary(files: Files, request: pb.GetBeneficiaryRequest, call: Call): Promise<pb.GetBeneficiaryResponse> {
  const { office } = actingFor(call, request.office);
  if (request.beneficiary === '') throw missing('beneficiary');
  const [record] = await files.register.find(byId, request.beneficiary, 1);
  if (record === undefined) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: request.beneficiary }, 'beneficiary'));
  return { beneficiary: await shown(files, record, office) };
}

async function listBeneficiaries(files: Files, request: pb.ListBeneficiariesRequest, call: Call): Promise<pb.ListBeneficiariesResponse> {
  const { office } = actingFor(call, request.office);
  const { reference } = files.host.environment;
  if (request.area === '' && request.person === '') throw missing('area');
  const areas = request.area === '' ? [] : areaWithPast(reference, areaGiven(files.host, request.area, 'area'));
  // Whoever may not see names does not learn from a list whether somebody is supported.
  checkKnownValues('states', request.states, pb.BeneficiaryState);
  const keep = (file: Beneficiary): boolean => (areas.length === 0 || areas.includes(areaOf(file))) && (request.states.length === 0 || request.states.includes(stateMessages[file.state]))
    && (request.person === '' || maySeeNames(files, office, areaOf(file)));
  const wanted = request.person === '' ? { field: byArea, values: areas, keep } : { field: byPerson, values: [request.person], keep };
  const page = await recordPage(files.register, wanted, pageSizeOf(request), request.pageToken);
  return { beneficiaries: await Promise.all(page.records.map((record) => shown(files, record, office))), nextPageToken: page.next };
}

async function seedBeneficiary(files: Files, request: pb.SeedBeneficiaryRequest, call: Call): Promise<pb.SeedBeneficiaryResponse> {
  const { host, register } = files, { reference } = host.environment;
  const { office } = actingFor(call, request.office);
  if (request.beneficiary === undefined) throw missing('beneficiary');
  const area = areaGiven(host, request.beneficiary.area, 'beneficiary.area');
  if (!servesArea(reference, office, area, today(files))) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
  const facts = beneficiaryFacts(request.beneficiary, areaToday(reference, area, today(files)), today(files));
  const number = facts.person.identityNumber!;
  const [twin] = await filesAbout(register, facts.beneficiary);
  if (twin !== undefined && (twin.facts.person.identityNumber !== number || twin.facts.kind !== facts.kind)) throw conflict(`mã ${facts.beneficiary} là của hồ sơ khác`);
  const { validateOnly } = request, content = pb.SeedBeneficiaryRequest.encode({ ...request, validateOnly: false }).finish();
  const { folder, outcome } = await register[validateOnly ? 'judge' : 'load'](personKey(facts.kind, number), facts, request.requestId, content);
  if (outcome === 'differs') throw conflict('người này đã có hồ sơ hưởng với nội dung khác');
  return { beneficiary: facts.beneficiary, folder, known: validateOnly && outcome === 'known' };
}
