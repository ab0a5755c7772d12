/** What the RPCs of a service stand on: its copies of folders, the law's context, documents, evidence of the other registers. */
import { Generations } from '@lienthong/folder';
import type { Aside, Participant, World, Documents } from '@lienthong/kernel';
import { HubError } from '@lienthong/kernel';
import type { By, Dossier, FolderId, ItemId, LawContext, LocalDate, OfficeId, ServiceName } from '@lienthong/law';
import { lawContext } from './rules.ts';
import type { FolderState, LawEnvironment } from './rules.ts';
import type { Side } from './side.ts';
import { checkCodeGiven, folderByCode } from './folder-by-code.ts';

/** A fact that a register gives instead of a paper. */
export type FoundEvidence = { readonly service: ServiceName; readonly office: OfficeId; readonly fact: string; readonly evidenceId: string; readonly readAt: number; /** Of the record that was read. */ readonly side: Side };
/** What evidence is sought about, and on what ground. `dossier`: its code; '' before receipt, when only intake may ask. `side`: whether for a rehearsal; records of the other side are not looked at. */
export type EvidenceQuery = { readonly side: Side; readonly service: ServiceName; readonly fact: string; readonly subject: 'parcel' | 'person' | 'business' | 'result'; readonly id: string; /** For a result: number of the person to whom it must have been issued. */ readonly person?: string; readonly dossier: string; readonly purpose: string; readonly ground: string; /** Who asks; the register keeps it with the read. */ readonly from: ServiceName; readonly by: By; /** Before receipt: code of the procedure, a day of the version by which is judged (absent: today), and folder that the submission will have. */ readonly procedure?: string; readonly procedureDate?: LocalDate; readonly folder?: FolderId };
/** What a dossier is, for a register that is asked in its name; undefined: there is none of that code. `named`: the dossier names what is asked about. `apart`: the office that asks takes no part in it, and is no counter. */
export type DossierStanding = { readonly folder: FolderId; readonly procedure: string; readonly procedureFrom: LocalDate; readonly closed: boolean; readonly named: boolean; readonly apart: boolean };
/** `office`: in whose name is asked; '': a service asks for itself. */
export type DossierCheck = (code: string, subject: EvidenceQuery['subject'], id: string, office: OfficeId) => Promise<DossierStanding | undefined>;
/** One read, as the applicant may see it. */
export type ReadShown = { readonly at: number; readonly service: ServiceName; readonly fact: string; readonly office: OfficeId; readonly from: ServiceName; readonly purpose: string; readonly ground: string };
/** What registers and intake ask of each other about evidence. */
export type EvidenceBook = {
  /** Asks the service that holds the dossier. */
  readonly check: DossierCheck;
  /** Reads of all registers for a dossier; `unavailable`: services that could not be asked. */
  readonly reads: (folder: FolderId, code: string) => Promise<{ readonly reads: readonly ReadShown[]; readonly unavailable: readonly ServiceName[] }>;
};
export type EvidenceLookup = (query: EvidenceQuery) => Promise<readonly FoundEvidence[]>;

export type Host = {
  readonly service: ServiceName;
  readonly participant: Participant<FolderState>;
  readonly environment: LawEnvironment;
  readonly world: World;
  readonly documents: Documents;
  readonly evidence: EvidenceLookup;
  /** Absent: nobody but this service can be asked about a dossier or its reads. */
  readonly evidenceBook?: EvidenceBook;
  /** Whether the operator allows new rehearsals and records for them. */
  readonly rehearsalsAllowed: boolean;
  /** Parts that are not here, from the service that keeps them. Absent: this service has them all. */
  readonly pull?: (from: ServiceName, folder: FolderId, item: ItemId, names: readonly string[]) => Promise<readonly Aside[]>;
};

/** A register must not say that it has no such record, nor open one anew, while its records are not all back. Throws REGISTER_NOT_WHOLE. */
export function assertWhole({ participant, service }: Host): void {
  if (!participant.isWhole()) throw new HubError('REGISTER_NOT_WHOLE', { service });
}

/** The law's context of a host, now. */
export function contextOf(host: Host): LawContext {
  return lawContext(host.environment, host.participant.context());
}

/** Codes whose folder is remembered, per service. A code names one folder for life. */
export const maxRememberedCodes = 100_000;
const remembered = new WeakMap<Host['participant'], Generations<string, FolderId>>();

/** The folder of a dossier code at this service. */
export async function folderOf(host: Host, code: string): Promise<FolderId> {
  let codes = remembered.get(host.participant);
  if (codes === undefined) remembered.set(host.participant, codes = new Generations(maxRememberedCodes));
  const known = codes.use(code);
  if (known !== undefined) return known;
  checkCodeGiven(code);
  const found = await folderByCode(host.participant, code);
  if (found === undefined) throw new HubError('UNKNOWN_DOSSIER', { code }, { field: 'code' });
  // A code of an earlier system may be given here later.
  if (await host.participant.view(found, (view) => view.state.dossier.root?.body.code) !== code) return found;
  codes.set(code, found);
  return found;
}

/** Reads a dossier by code; `read` must not keep the state. */
export async function readDossier<T>(host: Host, code: string, read: (dossier: Dossier, folder: FolderId) => T): Promise<T> {
  const folder = await folderOf(host, code);
  const found = await host.participant.view(folder, (view) => (view.state.dossier.root === null ? undefined : { value: read(view.state.dossier, folder) }));
  if (found === undefined) throw new HubError('UNKNOWN_DOSSIER', { code }, { field: 'code' });
  return found.value;
}
