/** Commands on a leg that need facts first: the register, documents, what other registers hold. */
import { agency, dossier as pb } from '@lienthong/contract';
import type { Aside, Call, Handlers } from '@lienthong/kernel';
import { refuse, resultsFit, strangerRefusal } from '@lienthong/law';
import type { By, Commitment, DocumentRecord, Dossier, HeldDocument, IssuedResult, Procedure, Refusal, RegisterFailure } from '@lienthong/law';
import { refused } from '../command-call.ts';
import { documentRecords, lookedUp } from '../documents.ts';
import type { EvidenceAsk } from '../documents.ts';
import type { Host } from '../host.ts';
import { digestRefusal, fileDigest } from '../file-digest.ts';
import { commitTo } from '../particulars.ts';
import type { RegisterDesk } from '../register-port.ts';
import { sideOfDossier } from '../side.ts';
import { commandPrepared, readLeg } from './leg-call.ts';
import type { LegAction } from './leg-call.ts';
import { evidenceSubjects, legParticulars } from './leg-particulars.ts';

type Desk = Handlers<typeof agency.AgencyDeskService>;
export type FactDesk = Pick<Desk, 'completeLeg' | 'requestSupplement' | 'attachDocument' | 'attachEvidence'>;

/** Part name of the parameters of a register change, beside the entry that announces it. */
export const changePart = 'change';

export function factCommands(host: Host, register: RegisterDesk | null): FactDesk {
  return {
    completeLeg: async (request, call) => ({ receipt: await completeLeg(host, register, request, call) }),
    requestSupplement: async (request, call) => ({ receipt: await commandPrepared(host, call, request, agency.RequestSupplementRequest.encode(request).finish(),
      (by) => heldDocuments(host, request, by), (_leg, _dossier, _context, looked) => ({ action: { kind: 'ask-supplement', documents: request.documents, ground: request.ground, reason: request.reason, ...looked } })) }),
    attachDocument: async (request, call) => ({ receipt: await commandPrepared(host, call, request, agency.AttachDocumentRequest.encode(request).finish(),
      (by) => attached(host, request, by, request.document === undefined ? [] : [request.document], 'document'), (_leg, _dossier, _context, [document]) => ({ action: { kind: 'attach-document', document: document! } })) }),
    attachEvidence: async (request, call) => ({ receipt: await commandPrepared(host, call, request, agency.AttachEvidenceRequest.encode(request).finish(),
      (by) => attached(host, request, by, request.evidence === undefined ? [] : [evidenceInput(request.evidence)], 'evidence'),
      (_leg, _dossier, _context, [document]) => ({ action: { kind: 'attach-evidence', document: document! } })) }),
  };
}

type LegOf = { readonly code: string; readonly leg: string };

function procedureOf(host: Host, dossier: Dossier): Procedure {
  const { body: { procedure }, rules: { procedureFrom } } = dossier.root!;
  const found = host.environment.reference.procedure(procedure, procedureFrom);
  if (found === undefined) throw refused(refuse('UNKNOWN_PROCEDURE', { procedure, date: procedureFrom }));
  return found;
}

/** What a call about evidence of a leg needs: its dossier's procedure, particulars and ground. */
async function evidenceFacts(host: Host, request: LegOf, by: By): Promise<{ procedure: Procedure; subjects: ReturnType<typeof evidenceSubjects>; ask: EvidenceAsk }> {
  const read = await readLeg(host, request.code, request.leg, (leg, dossier, folder) => ({ folder, procedure: procedureOf(host, dossier), particulars: legParticulars(host, folder, dossier, leg), act: leg.plan.act, purpose: leg.plan.title.vi, side: sideOfDossier(dossier) }));
  return { procedure: read.procedure, subjects: evidenceSubjects(await read.particulars), ask: { side: read.side, dossier: request.code, purpose: read.purpose, ground: read.act, by } };
}

type Looked = { readonly held: readonly HeldDocument[]; readonly failures: readonly (RegisterFailure & { readonly document: string })[] };

/** Nobody is asked for what an office of the province holds; where its register is silent, the law lets the office ask, and the silence is kept as the ground. */
async function heldDocuments(host: Host, request: LegOf & { readonly documents: readonly string[] }, by: By): Promise<Looked> {
  const { procedure, subjects, ask } = await evidenceFacts(host, request, by), unfit = unfitToAsk(request.documents, procedure);
  if (unfit !== null) throw refused(unfit);
  const looked = await Promise.all(request.documents.map(async (document) => ({ document, ...await lookedUp(host, document, procedure, subjects, ask) })));
  return {
    held: looked.flatMap(({ document, found: [held] }) => (held === undefined ? [] : [{ document, office: held.office, evidenceId: held.evidenceId }])),
    failures: looked.flatMap(({ document, failure }) => (failure === null ? [] : [{ document, ...failure }])),
  };
}

/** Facts that one completion may attach. */
export const maxAttachedFacts = 20;
/** Documents that one request may ask for. */
export const maxAskedDocuments = 50;

/** What the procedure does not know nobody can bring, and the citizen is asked once. */
function unfitToAsk(documents: readonly string[], procedure: Procedure): Refusal | null {
  const problem = documents.length > maxAskedDocuments ? `≤ ${maxAskedDocuments}` : new Set(documents).size < documents.length ? 'trùng thành phần hồ sơ' : null;
  return problem === null ? strangerRefusal(documents.map((document) => ({ document })), procedure) : refuse('FIELD_INVALID', { field: 'documents', problem }, 'documents');
}

/** `path`: where the documents stand in the request. */
async function attached(host: Host, request: LegOf, by: By, documents: Parameters<typeof documentRecords>[1], path: 'document' | 'evidence'): ReturnType<typeof documentRecords> {
  if (documents.length === 0) throw refused(refuse('FIELD_MISSING', { field: path }, path));
  if (documents.some(({ document }) => document === '')) throw refused(refuse('FIELD_MISSING', { field: `${path}.document` }, `${path}.document`));
  const { procedure, subjects, ask } = await evidenceFacts(host, request, by);
  const stranger = documents.find((one) => !procedure.documents.some((known) => known.code === one.document));
  if (stranger !== undefined) throw refused(refuse('DOCUMENT_UNKNOWN', { document: stranger.document, procedure: procedure.code }, `${path}.document`));
  return documentRecords(host, documents, procedure, subjects, ask, path);
}

// ---------------------------------------------------------------- completing

type Completion = { readonly evidence: readonly DocumentRecord[]; readonly results: readonly IssuedResult[]; readonly change: { readonly commitment: Commitment; readonly aside: Aside } | null; readonly refusal: Refusal | null };

function completeLeg(host: Host, register: RegisterDesk | null, request: agency.CompleteLegRequest, call: Call): ReturnType<typeof commandPrepared> {
  if (request.verdict === agency.Verdict.REFUSED) {
    return commandPrepared(host, call, request, agency.CompleteLegRequest.encode(request).finish(), async () => null, () => ({ action: { kind: 'refuse', reason: request.reason, ground: request.ground } }));
  }
  if (request.verdict !== agency.Verdict.DONE && request.verdict !== agency.Verdict.UNSPECIFIED) throw refused(refuse('FIELD_INVALID', { field: 'verdict', problem: String(request.verdict) }, 'verdict'));
  return commandPrepared(host, call, request, agency.CompleteLegRequest.encode(request).finish(), (by) => completion(host, register, request, by), (leg, _dossier, _context, facts) => {
    if (facts.refusal !== null) return { refusal: facts.refusal };
    if (request.round !== 0 && request.round !== leg.round) return { refusal: refuse('NOT_THIS_ROUND', { leg: leg.plan.name, round: String(leg.round), given: String(request.round) }, 'round') };
    const action: LegAction = {
      kind: 'complete', results: facts.results, evidence: facts.evidence, ...(request.reason === '' ? {} : { reason: request.reason }), ...opinionOf(request.opinion), ...(facts.change === null ? {} : { change: facts.change.commitment }),
    };
    return facts.change === null ? { action } : { action, asides: [facts.change.aside] };
  });
}

function opinionOf(opinion: agency.Opinion): { opinion?: 'agree' | 'disagree' } {
  if (opinion === agency.Opinion.AGREE) return { opinion: 'agree' };
  return opinion === agency.Opinion.DISAGREE ? { opinion: 'disagree' } : {};
}

async function completion(host: Host, register: RegisterDesk | null, request: agency.CompleteLegRequest, by: By): Promise<Completion> {
  const decision = await decisionOf(host, register, request);
  return { ...decision, evidence: decision.refusal === null ? await attachedFacts(host, request, by) : [] };
}

async function attachedFacts(host: Host, request: agency.CompleteLegRequest, by: By): Promise<readonly DocumentRecord[]> {
  const { evidence } = request;
  if (evidence.length > maxAttachedFacts) throw refused(refuse('FIELD_INVALID', { field: 'evidence', problem: `≤ ${maxAttachedFacts}` }, 'evidence'));
  return evidence.length === 0 ? [] : attached(host, request, by, evidence.map(evidenceInput), 'evidence');
}

const evidenceInput = ({ document, evidence }: agency.EvidenceAttachment): pb.DocumentInput => ({ document, origin: { $case: 'evidence', value: evidence ?? { service: '', evidence: '' } } });

/** Where the leg changes the register, the change is prepared against its present facts, so that a clear no is said at once. */
async function decisionOf(host: Host, register: RegisterDesk | null, request: agency.CompleteLegRequest): Promise<Omit<Completion, 'evidence'>> {
  const noFile = request.results.findIndex(({ digest }) => digest !== '' && !fileDigest.test(digest));
  if (noFile >= 0) return { results: [], change: null, refusal: digestRefusal(request.results[noFile]!.digest, `results[${noFile}].digest`) };
  const results: IssuedResult[] = request.results.map((one) => ({ code: one.result, number: one.number, ...(one.digest === '' ? {} : { digest: one.digest }) }));
  const read = await readLeg(host, request.code, request.leg, (leg, dossier, folder) => ({ leg, dossier, folder, particulars: leg.plan.register === undefined ? null : legParticulars(host, folder, dossier, leg) }));
  const action = read.leg.plan.register?.action;
  if (register === null || action === undefined || read.particulars === null) return { results, change: null, refusal: null };
  const unknown = Object.keys(request.registerValues).find((name) => !register.fields(action).includes(name));
  if (unknown !== undefined) return { results, change: null, refusal: refuse('FIELD_INVALID', { field: `register_values.${unknown}`, problem: register.fields(action).join(', ') }, 'register_values') };
  const unfit = resultsFit(read.leg, results);
  if (unfit !== null) return { results, change: null, refusal: unfit };
  const prepared = await register.prepare({ folder: read.folder, dossier: read.dossier, leg: read.leg, action, particulars: await read.particulars, values: request.registerValues, results, now: host.world.now() });
  return 'refusal' in prepared ? { results, change: null, refusal: prepared.refusal } : { results, change: commitTo(changePart, prepared.change, host.world), refusal: null };
}
