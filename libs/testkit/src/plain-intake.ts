/** Dossiers for tests of services that only receive them: an intake without counters, codes or receipts, that writes what the law gives. */
import { commitTo, createDeskService } from '@lienthong/dossier-service';
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { assess, decideRootCommand, received } from '@lienthong/law';
import type { AreaId, By, LawContext, Locality, RootCommand, Submission } from '@lienthong/law';
import type { MemoryHub } from './memory-hub.ts';

export function plainIntake(ports: ServicePorts): ServiceModule {
  return createDeskService(ports, { name: 'intake', register: null });
}

export type PlainSubmission = {
  readonly procedure: string; readonly case?: string; readonly area: AreaId; readonly returnByPost?: boolean; /** What is owed for the result is collected at the door. */ readonly collectOnDelivery?: boolean; readonly rehearsal?: number;
  /** Areas other than `area`. */
  readonly areas?: Partial<Record<Locality, AreaId>>;
  /** Codes of the optional documents that are shown; absent: all of them. */
  readonly optional?: readonly string[];
  /** Values of the particulars by part. */
  readonly particulars?: Readonly<Record<string, unknown>>;
  /** True: what is paid at filing is given back after a withdrawal. */
  readonly refundable?: boolean;
};
export type PlainDossier = { readonly code: string; readonly folder: string; readonly counter: string };

const participantOf = (hub: MemoryHub): ServiceModule['participant'] => hub.modules.find((one) => one.name === 'intake')!.participant;
const contextIn = (hub: MemoryHub): LawContext => ({ ...participantOf(hub).context(), ...hub.environment });
const requestOf = (hub: MemoryHub, id: string): { id: string; digest: string } => ({ id, digest: hub.world.hash(new TextEncoder().encode(id)) });

let count = 0;

/** Bound of the wait for equal copies, and between two looks, in milliseconds. */
const maxWaitMs = 10_000, lookEveryMs = 2;

/** Resolves when every participant that is composed holds the same of a dossier, and nothing waits. */
export async function copiesEqual(hub: MemoryHub, folder: string): Promise<void> {
  const composed = new Set(hub.modules.map((one) => one.name));
  for (let waited = 0; waited < maxWaitMs; waited += lookEveryMs) {
    await hub.quiet();
    const copies = (await participantOf(hub).copies(folder)).filter((one) => composed.has(one.service));
    if (new Set(copies.map((one) => JSON.stringify(Object.entries(one.heads ?? {}).sort()))).size === 1) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error(`the copies of ${folder} do not become equal`);
}

/** Receives a dossier with all its papers shown, at the counter of the area; resolves when everybody has it. */
export async function receivePlainly(hub: MemoryHub, given: PlainSubmission): Promise<PlainDossier> {
  const { reference } = hub.environment, participant = participantOf(hub);
  const now = given.rehearsal ?? hub.world.now(), on = new Date(now + 7 * 3_600_000).toISOString().slice(0, 10);
  const procedure = reference.procedure(given.procedure, on), counter = reference.competentOffice('counter', given.area, on);
  if (procedure === undefined || counter === undefined) throw new Error(`no ${given.procedure} or no counter of ${given.area} on ${on}`);
  const committed = Object.entries(given.particulars ?? {}).map(([part, value]) => commitTo(part, value, hub.world));
  const id = `submission-${++count}`;
  const submission: Submission = {
    by: { office: counter.id, officer: 'An' }, request: id, procedure: given.procedure, case: given.case ?? procedure.cases[0] ?? '', channel: 'counter',
    areas: { subject: given.area, residence: given.area, target: given.area, counter: given.area, ...given.areas }, applicantKind: 'citizen', submittedBy: 'self',
    documents: procedure.documents.filter((one) => one.optional !== true || (given.optional?.includes(one.code) ?? true)).map((one) => ({ document: one.code, origin: { type: 'presented' } })), particulars: committed.map((one) => one.commitment),
    return: { way: given.returnByPost === true ? 'post' : 'counter', office: counter.id, ...(given.collectOnDelivery === true ? { cod: true } : {}) }, rehearsal: given.rehearsal ?? null,
  };
  const assessment = assess(submission, contextIn(hub));
  if ('refusal' in assessment) throw new Error(JSON.stringify(assessment.refusal));
  const fees = given.refundable === true ? assessment.fees.map((fee) => ({ ...fee, refundable: true })) : assessment.fees;
  const request = requestOf(hub, id), folder = request.digest, code = `000.00.01.H47-260302-${given.rehearsal === undefined ? '' : 'R'}${String(count).padStart(4, '0')}`;
  const handled = await participant.handle(folder, {
    request,
    decide: () => { const outcome = received(submission, { ...assessment, fees }, code, contextIn(hub)); return 'refusal' in outcome ? outcome : { drafts: outcome.drafts, asides: committed.map((one) => one.aside) }; },
    reply: () => null,
  });
  if (!handled.ok) throw new Error(JSON.stringify(handled.refusal));
  await copiesEqual(hub, folder);
  return { code, folder, counter: counter.id };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The counter commands on the dossier's own item, e.g. a withdrawal. */
export async function askPlainly(hub: MemoryHub, { folder, counter }: PlainDossier, command: DistributiveOmit<RootCommand, 'by' | 'request'>): Promise<void> {
  const by: By = { office: counter, officer: 'An' }, request = requestOf(hub, `ask-${++count}`);
  const handled = await participantOf(hub).handle(folder, { request, decide: (view) => decideRootCommand({ ...command, by, request: request.id } as RootCommand, view.state.dossier, contextIn(hub)), reply: () => null });
  if (!handled.ok) throw new Error(JSON.stringify(handled.refusal));
  await copiesEqual(hub, folder);
}
