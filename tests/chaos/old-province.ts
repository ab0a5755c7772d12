/** A hub whose province still has 281 communes and its districts, and births that are handed in there. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dossier as pb, intake } from '@lienthong/contract';
import { uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { buildReference, readDataFiles } from '@lienthong/reference-data';
import type { Reform } from '@lienthong/reference-data';
import type { Reference } from '@lienthong/law';
import { CallError } from '@lienthong/rpc-grpc';
import { dataAfter, julyReform } from '@lienthong/testkit';
import type { JulyReform } from '@lienthong/testkit';
import { setTimeout as pause } from 'node:timers/promises';

export type OldProvince = { /** Code of the part of the split commune in which `toldAddress` lies. */ readonly toldPart: string; readonly communes: readonly string[]; readonly reform: Reform; readonly before: Reference; readonly after: Reference };

/** The commune that was split; a dossier that names no part of it is asked about. */
export const splitCommune = '20296@2025-01-01';
/** A hamlet of the split commune; the reform says in which part it lies. */
const toldAddress = 'thôn Phú Túc, xã Hòa Phú';
/** A call is repeated for so long while the hub is down, in milliseconds. */
const maxRetryMs = 180_000;
/** Of one call: who gives up too early on a busy machine may hand in a second time at the counter that took over. */
const deadlineMs = 120_000;

/** Puts the areas and offices of before into the reference data of a hub that has not started yet. `from`: first day of the new order. */
export async function oldProvince(dataDirectory: string, from: string): Promise<OldProvince> {
  const { toldPart, made } = placed(julyReform(readDataFiles(), from)), folder = join(dataDirectory, 'reference');
  const { areas, offices } = made.before, sources = { all: { act: '1659/NQ-UBTVQH15', status: 'read' } };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'areas.json'), JSON.stringify(areas));
  await writeFile(join(folder, 'offices.json'), JSON.stringify({ sources, offices: offices.map((one) => ({ ...one, source: 'all' })) }));
  const communes = areas.filter((one) => one.level === 'commune').map((one) => one.id);
  return { toldPart, communes, reform: made.reform, before: buildReference(made.before, ''), after: buildReference(dataAfter(made), '') };
}

/** The reform with one hamlet of the split commune placed in the last of its parts. */
function placed(made: JulyReform): { readonly toldPart: string; readonly made: JulyReform } {
  let toldPart = '';
  const areas = made.reform.areas.map((change) => {
    if (!('split' in change) || change.split !== splitCommune.split('@')[0]) return change;
    toldPart = change.into.at(-1)!.code;
    return { ...change, into: change.into.map((part) => (part.code === toldPart ? { ...part, addresses: ['Thôn Phú Túc'] } : part)) };
  });
  if (toldPart === '') throw new RangeError(`${splitCommune} is not split`);
  return { toldPart, made: { ...made, reform: { ...made.reform, areas } } };
}

/** One for all dossiers of a process: of many of their own, two would be the same by chance. */
const unique = uniqueData();

export type HandedIn = { readonly code: string; readonly folder: string; readonly due: number; readonly commune: string; readonly counter: string; /** Its address tells the part of the split commune. */ readonly told: boolean; /** Id of the request that was answered. */ readonly request: string; readonly matter: Matter };

/** What is handed in: a birth, whose leg is at the commune, or a household business, whose office served many communes before. */
export type Matter = 'birth' | 'business';

/** A dossier of a commune at its own counter, `told` at an address that the reform places; once the counter has ended, at the one that took over. Repeated until it is answered. */
export async function handIn(hub: HubClient, { before, after, reform }: OldProvince, commune: string, told = false, matter: Matter = 'birth'): Promise<HandedIn> {
  const old = before.competentOffice('counter', commune, reform.from)!, next = after.officeNow(old.id, reform.from)!, submit = submissionOf(matter, told);
  const request = (area: string): intake.SubmitDossierRequest => intake.SubmitDossierRequest.fromPartial({ requestId: unique.request(`${matter}-${area.slice(0, 5)}`), submission: submit(area) as unknown as intake.Submission });
  const first = request(commune), later = request(next.serves[0]!);
  for (const end = Date.now() + maxRetryMs; ;) {
    for (const [counter, one] of [[old.id, first], [next.id, later]] as const) {
      try {
        const { code, folder, receipt } = await hub.intake.submitDossier(one, { office: counter, officer: 'cb-tiep-nhan', deadlineMs });
        return { code, folder, due: receipt!.dueTime!.getTime(), commune, counter, told, request: one.requestId, matter };
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        // The counter of before may have taken it although the answer got lost: it is asked first again.
        if (error.retryable && Date.now() <= end) break;
        if (error.retryable || counter === next.id) throw error;
      }
    }
    await pause(50);
  }
}

/** Of an area of whatever era. */
function submissionOf(matter: Matter, told: boolean): (area: string) => object {
  const citizen = pb.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: unique.personalNumber(), address: told ? toldAddress : 'Đà Nẵng' });
  const presented = (documents: readonly string[]): object[] => documents.map((document) => ({ document, origin: { $case: 'presented', value: {} } }));
  if (matter === 'business') {
    const declaration = { businessName: `Mì Quảng ${unique.serial()}`, industryCodes: '5610', capital: '50000000', address: '12 Lê Lợi' };
    return (area) => ({ procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: citizen } }, areas: { subject: area }, declaration, documents: presented(['application-form']) });
  }
  const child = pb.Newborn.fromPartial({ birthDate: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10), sex: pb.Sex.FEMALE, birthNoticeNumber: unique.request('GCS'), birthPlace: 'Đà Nẵng', mother: citizen });
  return (area) => ({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: child } }, areas: { subject: area, residence: area }, documents: presented(['application-form', 'birth-notice']) });
}
