/** Names that several businesses bear in one commune: what a merger of communes leaves to its registrar. It follows from the register and is written nowhere, so it ends with its cause. */
import type { business as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaToday, areaWithPast, recordPage } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { Businesses } from './register-rpcs.ts';
import type { Business } from './rules-facts.ts';
import { clashesAmong } from './rules-clashes.ts';
import { byArea } from './rules.ts';

/** Areas that one question may name, and clashes that one answer shows. */
export const maxClashAreas = 100;
export const maxClashes = 1_000;
const pageOfRecords = 200;

export async function listNameClashes({ host, register }: Businesses, request: pb.ListNameClashesRequest, call: Call): Promise<pb.ListNameClashesResponse> {
  actingFor(call, request.office);
  if (request.areas.length < 1 || request.areas.length > maxClashAreas) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'areas', problem: `1–${maxClashAreas}` }, 'areas'));
  const { reference } = host.environment, today = localDate(host.world.now());
  const areas = new Set(request.areas.flatMap((area) => areaWithPast(reference, areaToday(reference, areaGiven(host, area, 'areas'), today))));
  const standing: Business[] = [];
  for (let token = ''; ;) {
    const page = await recordPage(register, { field: byArea, values: [...areas], keep: (one) => one.type === 'business' && one.state !== 'terminated' }, pageOfRecords, token);
    for (const { facts } of page.records) standing.push(facts as Business);
    if (page.next === '') break;
    token = page.next;
  }
  return { clashes: clashesAmong(standing).slice(0, maxClashes) };
}
