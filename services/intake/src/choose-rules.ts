/** Under which rules a dossier stands, and the applicant's choice of those of today. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, contextOf, plannedCharge, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { Host, ViewContext } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { documentsOf, localDate, newRules, plannedLegs, today } from '@lienthong/law';
import type { By, Dossier, Leg, LegTerms, NewRules, PinnedRules, Refusal } from '@lienthong/law';
import { subjectsOfDossier } from './citizen-commands.ts';
import { plannedLeg } from './receipt-view.ts';
import { commandRoot } from './root-call.ts';
import { checkDocuments, gatherDocuments } from './submission.ts';
import type { GatheredDocuments } from './submission.ts';
import { missingProblems, problemOf } from './submit.ts';

type RulesRpcs = Pick<Handlers<typeof intake.IntakeService>, 'checkRules' | 'adoptRules'>;

export function rulesRpcs(host: Host): RulesRpcs {
  return {
    checkRules: async (request, call) => checkRules(host, request, actingFor(call, request.office)),
    adoptRules: async (request, call) => ({ receipt: await adopt(host, request, call) }),
  };
}

function adopt(host: Host, request: intake.AdoptRulesRequest, call: Call): Promise<pb.CommandReceipt> {
  const by = (): By => actingFor(call, request.office);
  return commandRoot(host, request, intake.AdoptRulesRequest.encode(request).finish(), by, async () => {
    const found = await given(host, request, by());
    // A repeat is answered from what was written, before this is asked.
    return { action: 'refusal' in found ? () => { throw errorOfRefusal(found.refusal); } : { kind: 'adopt-rules', ...found } };
  });
}

/** What is given for the rules of today, and evidence for what a register holds of what they require beside. No register is read where there is nothing to choose. */
async function given(host: Host, request: { readonly code: string; readonly documents: readonly pb.DocumentInput[] }, by: By): Promise<GatheredDocuments | { readonly refusal: Refusal }> {
  checkDocuments(request.documents, 'documents');
  const context = contextOf(host), read = await readDossier(host, request.code, (dossier, folder) => {
    const { body, particulars } = dossier.root!, found = newRules([], dossier, dossier.root!, context);
    return { folder, found, side: sideOfDossier(dossier), case: body.case, code: body.procedure, on: localDate(today(dossier, context)), known: documentsOf(dossier), particulars };
  });
  if ('refusal' in read.found) return read.found;
  const procedure = host.environment.reference.procedure(read.code, read.on)!, subjects = await subjectsOfDossier(host, read.folder, read.particulars);
  // The dossier stands under the old rules, which may not need the fact: it is read as at a receipt, for the procedure of today.
  const ask = { side: read.side, dossier: '', folder: read.folder, purpose: 'áp dụng quy định mới', ground: procedure.source.act, by };
  return gatherDocuments(host, { documents: request.documents, case: read.case, known: read.known }, procedure, subjects, ask);
}

async function checkRules(host: Host, request: intake.CheckRulesRequest, by: By): Promise<intake.CheckRulesResponse> {
  const gathered = await given(host, request, by), { documents, silent } = 'refusal' in gathered ? { documents: [], silent: [] } : gathered, context = contextOf(host);
  return readDossier(host, request.code, (dossier) => {
    const root = dossier.root!, found = newRules(documents, dossier, root, context), view = host.environment;
    const current = rulesView(root.rules, root.limit, plannedLegs(dossier).map((leg) => ({ leg, now: standing(leg) })), dossier, view), adoptTime = root.adoption === null ? undefined : new Date(root.adoption.at);
    if ('refusal' in found) return { acceptable: false, problems: [problemOf(found.refusal)], current, offered: undefined, limitStays: false, ground: '', adoptTime };
    const problems = missingProblems(found.missing, silent);
    return { acceptable: problems.length === 0, problems, current, offered: rulesView(found.pinned, found, found.legs, dossier, view), limitStays: found.limitStays, ground: found.ground, adoptTime };
  });
}

/** Due when its clock says where that runs: what was planned at the receipt may be of other rules. */
function standing({ plan, status, takenOver, round }: Leg): LegTerms {
  return status === 'open' && takenOver?.round === round ? { ...plan, plannedDue: takenOver.dueAt } : plan;
}

/** `now`: as the leg stands under these rules. */
type LegNow = Pick<NewRules['legs'][number], 'leg' | 'now'>;

function rulesView({ procedureFrom, name, limit, legalBasis, resultFees = [] }: PinnedRules, { startsAt, dueAt, provisional }: Pick<NewRules, 'startsAt' | 'dueAt' | 'provisional'>, legs: readonly LegNow[], dossier: Dossier, view: ViewContext): intake.DossierRules {
  return {
    procedureDate: procedureFrom, procedureName: name, limit, startTime: new Date(startsAt), dueTime: new Date(dueAt), provisional, legalBasis: [...legalBasis],
    resultCharges: resultFees.map((fee) => plannedCharge({ type: 'charge', ...fee, blocks: dossier.root!.id })),
    legs: legs.map(({ leg, now }) => plannedLeg({ ...leg.plan, ...now, office: leg.office }, leg.id, leg.after.map((id) => dossier.legs.get(id)?.plan.name ?? ''), view)),
  };
}
