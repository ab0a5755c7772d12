/** Brings a dossier of another system: found there by its code, judged by its receipt there, worked on here. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, contextOf, markRequest } from '@lienthong/dossier-service';
import type { RequestMark } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { received, refuse } from '@lienthong/law';
import type { EarlierLife, EarlierWait, FolderId } from '@lienthong/law';
import { givenInstant } from './given-time.ts';
import { prepareSubmission } from './submission.ts';
import { assessed, receive, refusalOf } from './submit.ts';
import type { SubmitPorts } from './submit.ts';

const utf8 = new TextEncoder();
const causes: Readonly<Record<number, EarlierWait['cause']>> = {
  [pb.SuspensionCause.SUPPLEMENT]: 'supplement', [pb.SuspensionCause.PAYMENT]: 'payment', [pb.SuspensionCause.POSTING]: 'posting', [pb.SuspensionCause.CONSULTATION]: 'consultation', [pb.SuspensionCause.CONSENT]: 'consent',
  [pb.SuspensionCause.VERIFICATION_ABROAD]: 'verification-abroad',
};

export async function importDossier(ports: SubmitPorts, request: intake.ImportDossierRequest, call: Call): Promise<intake.ImportDossierResponse> {
  const { host } = ports, by = actingFor(call, request.office), earlier = lifeOf(request.earlier);
  const mark = markRequest(request.requestId, intake.ImportDossierRequest.encode(request).finish(), host.world);
  // Of the code there, not of the request: whoever brings it again, and however, means the same dossier.
  const folder: FolderId = host.world.hash(utf8.encode(`earlier|${JSON.stringify([earlier.system, earlier.code])}`));
  if (request.validateOnly) return judged(ports, request, by, earlier);
  return ports.receiving.run(folder, () => brought(ports, request, folder, by, mark, earlier));
}

async function brought(ports: SubmitPorts, request: intake.ImportDossierRequest, folder: FolderId, by: ReturnType<typeof actingFor>, mark: RequestMark, earlier: EarlierLife): Promise<intake.ImportDossierResponse> {
  const { host } = ports, already = await host.participant.view(folder, (view) => view.state.dossier.root?.body.request);
  if (already !== undefined && already !== mark.mark) throw new HubError('REQUEST_ID_REUSED', { request: mark.id }, { field: 'request_id' });
  if (already === undefined) await receive(ports, request.submission, folder, by, mark, earlier);
  const found = await host.participant.view(folder, ({ state: { dossier } }) => (dossier.root === null ? null : { code: dossier.root.body.code, due: dossier.root.body.dueAt }));
  if (found == null) throw new RangeError(`dossier ${folder} was received and is not there`);
  return { code: found.code, folder, dueTime: new Date(found.due) };
}

async function judged({ host, duplicates }: SubmitPorts, request: intake.ImportDossierRequest, by: ReturnType<typeof actingFor>, earlier: EarlierLife): Promise<intake.ImportDossierResponse> {
  const prepared = await prepareSubmission(host, request.submission, by, { id: 'check', digest: '', mark: 'check' }, duplicates.keyOf, undefined, earlier);
  const assessment = assessed(host, prepared.submission), outcome = received(prepared.submission, assessment, '', contextOf(host));
  if ('refusal' in outcome) throw refusalOf(outcome);
  return { code: '', folder: '', dueTime: new Date(assessment.dueAt) };
}

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
}

/** What the law cannot judge for want of it is asked for here. */
function lifeOf(given: intake.EarlierSystem | undefined): EarlierLife {
  if (given === undefined) missing('earlier');
  const { system, code, done } = given;
  return {
    system, code, done, receivedAt: givenInstant(given.receivedTime, 'earlier.received_time'),
    ...(given.legSinceTime === undefined ? {} : { legSince: given.legSinceTime.getTime() }),
    waits: given.waits.map((one, n) => ({
      cause: causes[one.cause] ?? missing(`earlier.waits[${n}].cause`), from: one.startTime?.getTime() ?? missing(`earlier.waits[${n}].start_time`), to: one.endTime?.getTime() ?? missing(`earlier.waits[${n}].end_time`), ground: one.ground,
    })),
    ...(given.running === undefined ? {} : { running: runningOf(given.running) }),
  };
}

type Running = NonNullable<EarlierLife['running']>;
const invalid = (field: string, problem: string): never => { throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field)); };

/** What belongs to another cause is refused rather than left out: it would be lost. */
function runningOf(given: intake.EarlierRunning): Running {
  const cause = causes[given.cause] ?? missing('earlier.running.cause'), common = { from: given.startTime?.getTime() ?? missing('earlier.running.start_time'), ground: given.ground }, until = given.dueTime?.getTime();
  if (cause !== 'consultation' && given.office !== '') invalid('earlier.running.office', cause);
  if (cause !== 'payment' && (given.fee !== '' || given.amount !== 0)) invalid('earlier.running.fee', cause);
  if (cause !== 'supplement' && given.documents.length > 0) invalid('earlier.running.documents', cause);
  switch (cause) {
    case 'posting': return { cause, ...common, until: until ?? missing('earlier.running.due_time') };
    case 'consultation': return { cause, ...common, office: given.office === '' ? missing('earlier.running.office') : given.office, until: until ?? missing('earlier.running.due_time') };
    case 'payment': return until !== undefined ? invalid('earlier.running.due_time', cause) : { cause, ...common, fee: given.fee === '' ? missing('earlier.running.fee') : given.fee, amount: given.amount };
    case 'supplement': case 'consent': case 'verification-abroad':
      return { cause, ...common, ...(given.documents.length === 0 ? {} : { documents: given.documents }), ...(until === undefined ? {} : { until }) };
  }
}
