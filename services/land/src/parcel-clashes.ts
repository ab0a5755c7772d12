/** Parcels that bear one sheet and number in one commune: what a merger of communes leaves to its land registration office. A clash follows from the register and ends when all but one bear another number. */
import { land } from '@lienthong/contract';
import { actingFor, areasGiven, communesAsked, everyRecord, groundGiven, maxClashes, refusalOfProblem } from '@lienthong/dossier-service';
import type { OneCommune } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import { onlyParcels } from './parcels.ts';
import type { Parcels } from './parcels.ts';
import { hasEnded } from './rules-apply.ts';
import { decisionProblem, parcelClashes, renumberedParcel } from './rules-clashes.ts';
import type { NewNumber } from './rules-clashes.ts';
import { isParcel } from './rules-facts.ts';
import type { Parcel } from './rules-facts.ts';
import { byArea } from './rules.ts';

export const maxPlaceCharacters = 16;
/** Parcels that one decision gives new numbers. */
export const maxRenumbered = 50;

export async function listParcelClashes(parcels: Parcels, request: land.ListParcelClashesRequest, call: Call): Promise<land.ListParcelClashesResponse> {
  const { office } = actingFor(call, request.office), clashes: land.ParcelClash[] = [];
  for (const commune of communesAsked(parcels.host, office, areasGiven(parcels.host, request.areas, 'areas'))) {
    for (const one of parcelClashes(await standingIn(parcels, commune))) clashes.push({ area: commune.area, ...one });
  }
  return { clashes: clashes.slice(0, maxClashes) };
}

async function standingIn({ register }: Parcels, { areas }: OneCommune): Promise<Parcel[]> {
  return onlyParcels(await everyRecord(register, { field: byArea, values: areas, keep: (one) => isParcel(one) && one.ended === undefined })).map(({ facts }) => facts);
}

/** Each parcel's record gets its number by itself: a repeat completes what broke off. */
export async function decideParcelClash(parcels: Parcels, request: land.DecideParcelClashRequest, call: Call): Promise<land.DecideParcelClashResponse> {
  const { office } = actingFor(call, request.office), { keeps } = request, others = numbersGiven(request), ground = groundGiven(request.ground);
  const standing = await communeOf(parcels, office, keeps), problem = decisionProblem(standing, keeps, others, ground);
  if (problem !== null) throw errorOfRefusal(refusalOfProblem('land', problem));
  const content = land.DecideParcelClashRequest.encode(request).finish(), order = { keeps, ground, on: localDate(parcels.host.world.now()) };
  const write = (id: string, given: NewNumber | null): Promise<unknown> =>
    parcels.register.revise(id, request.requestId, content, 'order', (record) => (!isParcel(record) ? record : record.ended === undefined ? renumberedParcel(record, given, order) : hasEnded(record, record.ended)));
  for (const one of others) await write(one.parcel, one);
  await write(keeps, null);
  return { others: others.map((one) => ({ ...one })) };
}

/** The standing parcels of the commune, of those that the office serves, in which `keeps` lies. */
async function communeOf(parcels: Parcels, office: string, keeps: string): Promise<readonly Parcel[]> {
  for (const commune of communesAsked(parcels.host, office, [])) {
    const standing = await standingIn(parcels, commune);
    if (standing.some((one) => one.parcel === keeps)) return standing;
  }
  throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: keeps }, 'keeps'));
}

function numbersGiven({ keeps, others }: land.DecideParcelClashRequest): readonly NewNumber[] {
  if (keeps === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'keeps' }, 'keeps'));
  if (others.length === 0) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'others' }, 'others'));
  if (others.length > maxRenumbered) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'others', problem: `≤ ${maxRenumbered}` }, 'others'));
  return others.map(({ parcel, mapSheet, number }, n) => {
    for (const [field, value] of [['parcel', parcel], ['map_sheet', mapSheet], ['number', number]] as const) if (value.trim() === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: `others[${n}].${field}` }, `others[${n}].${field}`));
    for (const [field, value] of [['map_sheet', mapSheet], ['number', number]] as const) if (value.length > maxPlaceCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: `others[${n}].${field}`, problem: `≤ ${maxPlaceCharacters}` }, `others[${n}].${field}`));
    return { parcel, mapSheet: mapSheet.trim(), number: number.trim() };
  });
}
