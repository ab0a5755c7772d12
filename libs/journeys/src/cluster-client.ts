/** The hub in its production shape as the outside sees it: each service has its own address, and a desk is at the service that hosts its office. */
import { agency, business, evidence, intake, land, operator, payments, postal, reference, social } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { CallSettings, GrpcClient } from '@lienthong/rpc-grpc';
import { allOffices } from './all-offices.ts';
import type { HubClient } from './hub-client.ts';

/** Deadline of a question how a service stands, in milliseconds. */
const statusMs = 10_000;

type Address = (service: string) => string;
type Desk = GrpcClient<typeof agency.AgencyDeskService>;
type Evidence = GrpcClient<typeof evidence.EvidenceService>;
type Operator = GrpcClient<typeof operator.OperatorService>;

/** `addresses`: of each service, several instances with commas between. */
export function clusterClient(addresses: Readonly<Record<string, string>>): HubClient {
  const closing: (() => void)[] = [];
  const at: Address = (service) => {
    const address = addresses[service];
    if (address === undefined) throw new RangeError(`no address of ${service}`);
    return address;
  };
  const open = <D extends object>(definition: D, service: string): GrpcClient<D> => {
    const client = grpcClient(definition, at(service));
    closing.push(() => client.close());
    return client;
  };
  const references = open(reference.ReferenceService, 'intake'), services = Object.keys(addresses).filter((one) => one !== 'portal');
  const perService = <D extends object>(definition: D): ReadonlyMap<string, GrpcClient<D>> => new Map(services.map((service) => [service, open(definition, service)]));
  return {
    intake: open(intake.IntakeService, 'intake'), payments: open(payments.PaymentsService, 'payments'), postal: open(postal.PostalService, 'postal'), land: open(land.LandRegisterService, 'land'),
    business: open(business.BusinessRegisterService, 'business-registration'), social: open(social.BeneficiaryRegisterService, 'social-protection'), reference: references,
    desk: desksOf(perService(agency.AgencyDeskService), references), evidence: evidenceOf(perService(evidence.EvidenceService)), operator: operatorOf(perService(operator.OperatorService)),
    close: () => { for (const close of closing) close(); },
  };
}

/** Offices of both eras: those of before the change of 1/7/2025 are listed for its last day. */
const dates = ['2025-06-30', ''] as const;

async function hostsOf(references: GrpcClient<typeof reference.ReferenceService>): Promise<ReadonlyMap<string, string>> {
  const hosts = new Map<string, string>();
  for (const date of dates) for await (const { office, service } of allOffices(references, date)) hosts.set(office, service);
  return hosts;
}

type Call = (request: { readonly office: string }, settings?: CallSettings) => unknown;

function desksOf(desks: ReadonlyMap<string, Desk>, references: GrpcClient<typeof reference.ReferenceService>): Desk {
  let hosts: Promise<ReadonlyMap<string, string>> | null = null;
  const deskOf = async (request: { readonly office: string }, settings: CallSettings | undefined): Promise<Desk> => {
    hosts ??= hostsOf(references).catch((error: unknown) => { hosts = null; throw error; });
    const office = request.office === '' ? settings?.office ?? '' : request.office;
    // An office that was opened since they were listed: once more.
    if (office !== '' && !(await hosts).has(office)) hosts = hostsOf(references).catch((error: unknown) => { hosts = null; throw error; });
    return desks.get((await hosts).get(office) ?? '') ?? desks.values().next().value!;
  };
  const calls = Object.entries(agency.AgencyDeskService).map(([name, { responseStream }]) => {
    const on = (desk: Desk): Call => desk[name as keyof typeof agency.AgencyDeskService] as unknown as Call;
    const unary: Call = async (request, settings) => on(await deskOf(request, settings))(request, settings);
    const stream: Call = async function* (request, settings) { yield* on(await deskOf(request, settings))(request, settings) as AsyncIterable<unknown>; };
    return [name, responseStream ? stream : unary];
  });
  return Object.fromEntries([...calls, ['close', () => {}]]) as Desk;
}

function evidenceOf(registers: ReadonlyMap<string, Evidence>): Evidence {
  const any = registers.values().next().value!;
  const at = (service: string): Evidence => registers.get(service) ?? any;
  return {
    findEvidence: (request, settings) => at(request.service).findEvidence(request, settings), fetchEvidence: (request, settings) => at(request.evidence.split('/')[0]!).fetchEvidence(request, settings),
    listReads: (request, settings) => at(request.service).listReads(request, settings), close: () => {},
  };
}

/** All services as if they were one process; what only one process has is asked of intake. */
function operatorOf(operators: ReadonlyMap<string, Operator>): Operator {
  const ofIntake = operators.get('intake')!;
  const at = (service: string): Operator => operators.get(service) ?? ofIntake;
  return {
    ...ofIntake,
    getFolder: (request, settings) => at(request.service).getFolder(request, settings),
    listOpenDossiers: (request, settings) => at(request.service).listOpenDossiers(request, settings),
    releaseFolder: (request, settings) => at(request.service).releaseFolder(request, settings),
    forceSuccession: (request, settings) => at(request.service).forceSuccession(request, settings),
    // One that is gone must not hide how the others stand.
    async getStatus(request, settings) {
      const answers = await Promise.all([...operators].map(async ([service, one]) => {
        const answer = await one.getStatus(request, { deadlineMs: statusMs, ...settings }).catch((cause: unknown) => ({ cause }));
        return 'services' in answer ? { answer, services: answer.services } : { cause: answer.cause, services: [goneStatus(service, answer.cause)] };
      }));
      const first = answers.find((one) => one.answer !== undefined);
      if (first?.answer === undefined) throw answers[0]!.cause;
      return { ...first.answer, services: answers.flatMap(({ services }) => services) };
    },
    close: () => {},
  };
}

/** Of a service that does not answer. */
function goneStatus(service: string, cause: unknown): operator.ServiceStatus {
  const problem = cause instanceof Error ? cause.message : String(cause);
  const text = { vi: `Không trả lời: ${problem}. Xem nhật ký của dịch vụ và khởi động lại.`, en: `It does not answer: ${problem}. Look at its log and start it.` };
  return operator.ServiceStatus.fromPartial({ service, state: operator.ServiceState.FAILED, troubles: [{ reason: 'PEER_UNREACHABLE', text }] });
}
