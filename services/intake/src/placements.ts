/** Legs that offices have declined: intake holds them until a counter places them; after the third time for good. */
import { intake } from '@lienthong/contract';
import { actingFor, commandLeg, legView, pageOf, wordsOf } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { clockOf, holderOf, localDate, maxDeclines, refuse, saidToLeg, serviceOf } from '@lienthong/law';
import type { Dossier, FolderId, LawBody, Leg, OfficeId, Said } from '@lienthong/law';

/** Declined, and held by intake: whoever is to decide it does not have it. */
export function toPlace(dossier: Dossier): Leg[] {
  if (dossier.root === null || dossier.root.closed !== null) return [];
  const intakeService = serviceOf(holderOf(dossier, dossier.root));
  return [...dossier.legs.values()].filter((leg) => leg.status === 'addressed' && leg.declinedTimes > 0 && serviceOf(holderOf(dossier, leg)) === intakeService && leg.service !== intakeService);
}

/** Found by the counters at which they wait. */
export function placementIndex(dossier: Dossier): { placing?: string[] } {
  const counters = new Set(toPlace(dossier).map((leg) => leg.office));
  return counters.size === 0 ? {} : { placing: [...counters] };
}

type Waiting = { readonly placement: intake.Placement; readonly folder: FolderId; readonly declines: readonly { readonly office: OfficeId; readonly words: Said | undefined }[]; readonly leg: string };

export async function listPlacements(host: Host, request: intake.ListPlacementsRequest, call: Call): Promise<intake.ListPlacementsResponse> {
  const { office } = actingFor(call, request.office);
  const { items, nextPageToken } = await pageOf(host, 'placing', office, request, (dossier) => waitingAt(host, dossier, office, request));
  return { placements: await Promise.all(items.map((one) => withReasons(host, one))), nextPageToken };
}

function waitingAt(host: Host, dossier: Dossier, office: OfficeId, request: intake.ListPlacementsRequest): Waiting[] {
  if (dossier.root === null || dossier.root.body.rehearsal !== request.rehearsals) return [];
  return toPlace(dossier).filter((leg) => leg.office === office && (!request.finalOnly || leg.declinedTimes >= maxDeclines)).map((leg) => waiting(host, dossier, leg));
}

function waiting(host: Host, dossier: Dossier, leg: Leg): Waiting {
  const { body } = dossier.root!;
  const said = new Map(saidToLeg(dossier, leg).map((one) => [`${one.ref.author}/${one.ref.seq}`, one]));
  const declines = dossier.entries.filter((entry) => entry.item === leg.id && entry.kind === 'leg-declined').map((entry) => ({ office: (entry.body as LawBody<'leg-declined'>).from, words: said.get(`${entry.author}/${entry.seq}`) }));
  return {
    folder: dossier.id, leg: leg.id, declines,
    placement: {
      code: body.code, procedure: body.procedure, procedureName: body.name, leg: legView(dossier, leg, host.environment, host.world.now()), role: leg.plan.role, declinedTimes: leg.declinedTimes, final: leg.declinedTimes >= maxDeclines,
      sinceTime: new Date(leg.changedAt), declinedBy: declines.map((one) => one.office), reasons: [], suggestions: competentToday(host, dossier, leg),
    },
  };
}

/** The offices that bear the role for the leg's area, or for what became of it. */
function competentToday({ environment: { reference }, world }: Host, dossier: Dossier, leg: Leg): OfficeId[] {
  const on = localDate(clockOf(dossier, world.now()));
  const found = reference.areasNow(leg.area, on).flatMap((area) => reference.competentOffice(leg.plan.role, area.id, on)?.id ?? []);
  return [...new Set(found)];
}

async function withReasons(host: Host, { placement, folder, leg, declines }: Waiting): Promise<intake.Placement> {
  const words = await wordsOf(host, folder, leg, declines.flatMap((one) => one.words ?? []));
  const reasonOf = (said: Said | undefined): string => words.find((one) => one.ref === said?.ref)?.texts['reason'] ?? '';
  return { ...placement, reasons: declines.map((one) => reasonOf(one.words)) };
}

/** The counter at which a leg waits gives it to an office of its role. */
export async function placeLeg(host: Host, request: intake.PlaceLegRequest, call: Call): Promise<intake.PlaceLegResponse> {
  if (request.toOffice === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'to_office' }, 'to_office'));
  const receipt = await commandLeg(host, call, request, intake.PlaceLegRequest.encode(request).finish(), () => ({ kind: 'reroute', office: request.toOffice, reason: request.reason }));
  return { receipt };
}
