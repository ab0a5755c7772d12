/**
 * Results issued at this service as evidence for later dossiers, wherever these are handled. The completions are the register: signed by whoever issued, written once, and no second record can differ from them.
 * A result is found by the code of its dossier or the digest of its file, and only for a person to whom it was issued.
 */
import { asideName, followedResults, issuedAt, issuedResults, localDate, numbersOf, serviceOf } from '@lienthong/law';
import type { Dossier, FolderId, Issued, OfficeId, PartyPart, ResultFact, ServiceName, Standing } from '@lienthong/law';
import { particularsNamed } from './desk/leg-particulars.ts';
import { evidenceSource, maxFacts } from './evidence.ts';
import type { EvidenceFact, EvidenceSource, Shelf } from './evidence.ts';
import { fileDigest } from './file-digest.ts';
import type { Host } from './host.ts';
import type { StoredRecord } from './register-rules.ts';
import { resultDigestField } from './rules.ts';
import { sideOfDossier } from './side.ts';
import type { Side } from './side.ts';

/** Results of one decision that can be named; the catalogue knows none with more than a few. */
export const maxResultsOfDecision = 100;

type IssuedRecord = { readonly dossier: string; readonly result: string; readonly number: string; readonly digest: string; readonly office: OfficeId; readonly at: number };
type IssuedShelf = Shelf<IssuedRecord> & { find(id: string, person: string): Promise<readonly StoredRecord<IssuedRecord>[]> };

/** Null: the service issues nothing that the catalogue lets stand in for a paper. */
export function issuedEvidence(host: Host): EvidenceSource | null {
  const facts = (host.environment.reference.resultFacts ?? []).filter((one) => one.service === host.service);
  if (facts.length === 0) return null;
  const shelves: Readonly<Record<Side, IssuedShelf>> = { real: shelfOf(host, 'real'), rehearsal: shelfOf(host, 'rehearsal') };
  return evidenceSource(host, { of: (side) => shelves[side] }, facts.map((one) => factOf(host, one)));
}

function factOf({ environment: { reference }, world }: Host, { fact, results, summary }: ResultFact): EvidenceFact<IssuedRecord, IssuedShelf> {
  return {
    fact, subject: 'result', brief: ['dossier', 'result', 'resultNumber', 'digest', 'issuedOn'], summary: () => summary,
    find: async (shelf, id, person) => (await shelf.find(id, person)).filter(({ facts }) => results.includes(facts.result)),
    officeOf: ({ office }) => reference.officeNow(office, localDate(world.now()))?.id ?? office,
    values: ({ dossier, result, number, digest, at }) => ({ dossier, result, resultNumber: number, digest, issuedOn: localDate(at) }),
  };
}

function shelfOf(host: Host, side: Side): IssuedShelf {
  return {
    name: 'issued',
    async find(id, person) {
      const wanted = wantedOf(id);
      const folders = await host.participant.find(wanted.field, wanted.value, maxFacts);
      return (await Promise.all(folders.map((folder) => foundIn(host, side, folder, person, wanted)))).flat();
    },
    version: (folder, version) => read(host, folder, side, (dossier) => {
      const isOwn = (author: string): boolean => serviceOf(author) === host.service;
      const { seq, n } = placeOf(version), issued = issuedAt(dossier, isOwn, seq, n);
      return issued === undefined ? undefined : recordOf(host, side, dossier, issued);
    }),
  };
}

/** Which result evidence names; null: evidence of another form. A register gives ids of the same form: only where the folder is a dossier is it a result. */
export function issuedNamed(evidenceId: string): { readonly service: ServiceName; readonly folder: FolderId; readonly seq: number; readonly n: number } | null {
  const [, service, folder, version] = /^([^/]+)\/([0-9a-f]{64})\/(\d{1,6})$/.exec(evidenceId) ?? [];
  return service === undefined || folder === undefined ? null : { service, folder, ...placeOf(Number(version)) };
}

/** A result that reads no more as it did, and since when. */
export type LostResult = { readonly standing: Exclude<Standing, 'stands'>; readonly since: number };

/** What became of a result that was issued; null: it stands, or this copy does not have it yet. */
export function lostSince(dossier: Dossier, { service, seq, n }: { readonly service: ServiceName; readonly seq: number; readonly n: number }): LostResult | null {
  const found = followedResults(dossier).filter((one) => serviceOf(one.decision.author) === service && one.decision.seq === seq && one.n === n), [one] = found;
  return one === undefined || one.standing === 'stands' || found.length > 1 ? null : { standing: one.standing, since: one.since };
}

/** The version of a result is the number of its decision and its own place in it. */
function placeOf(version: number): { seq: number; n: number } {
  return { seq: Math.floor(version / maxResultsOfDecision), n: version % maxResultsOfDecision };
}

type Wanted = { readonly field: string; readonly value: string; readonly fits: (issued: Issued) => boolean };

/** `<dossier code>`, `<dossier code>/<number>` or the digest of the file. A code has no slash; a number may. */
function wantedOf(id: string): Wanted {
  const digest = id.toLowerCase();
  if (fileDigest.test(digest)) return { field: resultDigestField, value: digest, fits: ({ result }) => result.digest === digest };
  const slash = id.indexOf('/');
  return slash < 0 ? { field: 'code', value: id, fits: () => true } : { field: 'code', value: id.slice(0, slash), fits: ({ result }) => result.number === id.slice(slash + 1) };
}

async function foundIn(host: Host, side: Side, folder: FolderId, person: string, { fits }: Wanted): Promise<readonly StoredRecord<IssuedRecord>[]> {
  const found = await read(host, folder, side, (dossier) => ({
    records: issuedResults(dossier).filter((one) => serviceOf(one.decision.author) === host.service && one.n < maxResultsOfDecision && fits(one)).map((one) => recordOf(host, side, dossier, one)),
    parts: [...dossier.root!.particulars.values()].filter((one) => ofHolders.has(one.part)).map((one) => ({ part: one.part, name: asideName(one.commitment) })),
  }));
  if (found === undefined || found.records.length === 0) return [];
  return holders(await particularsNamed(host, folder, found.parts)).has(person) ? found.records : [];
}

/** Parts that say for whom a result is; who only brings the papers gets none. */
const ofHolders: ReadonlySet<string> = new Set(['applicant', 'co-applicants']);

function holders(particulars: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const parties = [particulars['applicant'] as PartyPart | undefined, ...((particulars['co-applicants'] ?? []) as readonly PartyPart[])];
  return new Set(parties.flatMap((one) => numbersOf(one)));
}

/** Undefined: no dossier of this side is there. */
async function read<T>(host: Host, folder: FolderId, side: Side, look: (dossier: Dossier) => T): Promise<T | undefined> {
  return host.participant.view(folder, ({ state: { dossier } }) => (dossier.root === null || sideOfDossier(dossier) !== side ? undefined : look(dossier)));
}

function recordOf(host: Host, side: Side, dossier: Dossier, { decision, n, at, office, result }: Issued): StoredRecord<IssuedRecord> {
  return {
    folder: dossier.id, side, version: decision.seq * maxResultsOfDecision + n, readAt: host.world.now(),
    facts: { dossier: dossier.root!.body.code, result: result.code, number: result.number, digest: result.digest ?? '', office, at },
  };
}
