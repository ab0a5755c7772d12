/** Files that seem to be one person's where one commune pays them: what a merger of communes leaves to its social office. A clash follows from the register and ends with a decision. */
import { social as pb } from '@lienthong/contract';
import { actingFor, areasGiven, areaToday, communesAsked, everyRecord, groundGiven, maxClashes, refusalOfProblem } from '@lienthong/dossier-service';
import type { StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { AreaId, LocalDate, Reference } from '@lienthong/law';
import { decisionMessage, groundMessages, kindMessages } from './beneficiary-message.ts';
import { missing, today } from './files.ts';
import type { Files } from './files.ts';
import { clashesAmong, decided, decisionProblem } from './rules-clashes.ts';
import type { Held, PlaceOf } from './rules-clashes.ts';
import { areaOf, personKey } from './rules-facts.ts';
import type { Beneficiary, ClashOrder } from './rules-facts.ts';
import { lastDayOf, monthOf } from './rules-months.ts';
import { noStandards, raised } from './rules-standards.ts';
import { byArea } from './rules.ts';

/** Files that one decision may let go on. */
export const maxKept = 20;

export async function listBeneficiaryClashes(files: Files, request: pb.ListBeneficiaryClashesRequest, call: Call): Promise<pb.ListBeneficiaryClashesResponse> {
  const { office } = actingFor(call, request.office), clashes: pb.BeneficiaryClash[] = [];
  for (const { area, areas } of communesAsked(files.host, office, areasGiven(files.host, request.areas, 'areas'))) {
    for (const one of clashesAmong((await runningIn(files, areas)).map(({ facts }) => facts))) clashes.push({ area, ...one, kind: kindMessages[one.kind], ground: groundMessages[one.ground] });
  }
  return { clashes: clashes.slice(0, maxClashes) };
}

/** Of these communes, by where each file is kept now. */
async function runningIn({ register }: Files, areas: readonly AreaId[], stopped: readonly string[] = []): Promise<readonly StoredRecord<Beneficiary>[]> {
  return everyRecord(register, { field: byArea, values: areas, keep: (one) => areas.includes(areaOf(one)) && (one.state !== 'stopped' || stopped.includes(one.beneficiary)) });
}

/** The month in which the hub began to make lists of a file. */
export const heldOf = (files: Files, { facts, openedAt = 0 }: StoredRecord<Beneficiary>): Held => ({ file: raised(facts, files.host.environment.reference.support ?? noStandards), since: monthOf(localDate(openedAt)) });

export const placesOf = ({ host: { environment: { reference } } }: Files): PlaceOf => (area, month) => payingArea(reference, area, lastDayOf(month));

/** The role whose office pays. */
const payer = 'social-protection';

/** The commune that pays on a day what was entered under an area: of a split one the part in which its social office goes on, so that a file is on the list of one of them. */
export function payingArea(reference: Reference, area: AreaId, on: LocalDate): AreaId {
  const parts = reference.areasNow(area, on), { validTo } = reference.area(area) ?? { validTo: null };
  if (parts.length < 2 || validTo === null) return areaToday(reference, area, on);
  const before = reference.competentOffice(payer, area, validTo), after = before === undefined ? undefined : reference.officeNow(before.id, on);
  return parts.find((one) => after?.serves.includes(one.id))?.id ?? parts[0]!.id;
}

/** Each file gets the decision by itself: a repeat completes what broke off. */
export async function decideBeneficiaryClash(files: Files, request: pb.DecideBeneficiaryClashRequest, call: Call): Promise<pb.DecideBeneficiaryClashResponse> {
  const { office } = actingFor(call, request.office), ground = groundGiven(request.ground), keeps = keepsGiven(request);
  const { clash, order } = await clashOf(files, office, keeps, ground), problem = decisionProblem(clash.map(({ facts }) => facts), keeps);
  if (problem !== null) throw errorOfRefusal(refusalOfProblem('social', { problem }));
  const content = pb.DecideBeneficiaryClashRequest.encode(request).finish(), held = clash.map((one) => heldOf(files, one)), placeOf = placesOf(files);
  // Those that end come first: what is owed to the others is told by what was paid of them, which stays.
  for (const { facts: { kind, person } } of [...clash].sort((a, b) => Number(keeps.includes(a.facts.beneficiary)) - Number(keeps.includes(b.facts.beneficiary)))) {
    await files.register.revise(personKey(kind, person.identityNumber ?? ''), request.requestId, content, 'order', (file) => decided(file, held, order, placeOf));
  }
  return { decision: decisionMessage(order) };
}

function keepsGiven({ keeps }: pb.DecideBeneficiaryClashRequest): readonly string[] {
  if (keeps.length === 0 || keeps.includes('')) throw missing('keeps');
  if (keeps.length > maxKept || new Set(keeps).size < keeps.length) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'keeps', problem: `≤ ${maxKept}` }, 'keeps'));
  return [...keeps].sort();
}

type Found = { readonly clash: readonly StoredRecord<Beneficiary>[]; readonly order: ClashOrder };

/** The clash of the files in a commune that the office serves, and the decision about it; one that broke off, or stands, with its day. FIELD_INVALID names the clashes there are. */
async function clashOf(files: Files, office: string, keeps: readonly string[], ground: string): Promise<Found> {
  const known: string[][] = [];
  for (const { areas } of communesAsked(files.host, office, [])) {
    const running = await runningIn(files, areas), begun = running.map(({ facts }) => facts.clashOrder).find((one) => one !== undefined && one.ground === ground && String(one.keeps) === String(keeps));
    const clashes = clashesAmong(running.map(({ facts }) => facts)).map((one) => one.beneficiaries), found = clashes.find((ids) => keeps.every((id) => ids.includes(id)));
    // The same decision of the same files, and of no more than those.
    if (begun !== undefined && found?.every((id) => begun.of.includes(id)) !== false) return { clash: (await runningIn(files, areas, begun.of)).filter(({ facts }) => begun.of.includes(facts.beneficiary)), order: begun };
    if (found !== undefined) return { clash: running.filter(({ facts }) => found.includes(facts.beneficiary)), order: { of: found, keeps, ground, on: today(files) } };
    known.push(...clashes);
  }
  throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'keeps', problem: known.map((ids) => ids.join(' | ')).join('; ') || '–' }, 'keeps'));
}
