/** What the operator sees: every service, every copy of one dossier, and a backup of everything. */
import { operator } from '@lienthong/contract';
import { encodeSealed, fromHex, HubError, isFolderId, kernelRecordId, operatorTextOf } from '@lienthong/kernel';
import type { Call, Copy, ParticipantStatus, RpcService } from '@lienthong/kernel';
import type { Heads } from '@lienthong/folder';
import type { Reference } from '@lienthong/law';
import { checkRequestId } from '../command-call.ts';
import type { ServiceModule } from '../service-module.ts';
import { listOpenDossiers } from './open-dossiers.ts';
import { checkCodeGiven, folderByCode } from '../folder-by-code.ts';
import { forceSuccession, successionView } from './succession.ts';

/** The archive in pieces; with the signing keys for whoever proves that it may read them, null: without. */
export type MakeBackup = (keys: { readonly proof: Uint8Array } | null) => AsyncIterable<Uint8Array>;

export type OperatorFacts = {
  readonly modules: readonly ServiceModule[]; readonly reference: Pick<Reference, 'digest'>; readonly version: string; readonly startedAt: number; readonly rehearsalsAllowed: boolean; readonly hash: (bytes: Uint8Array) => string;
  /** Absent: the store of this process is backed up by its own means. */
  readonly backup?: MakeBackup;
};

/** Folders set aside that one answer shows. */
export const maxSetAside = 100;

export function operatorRpcs(facts: OperatorFacts): RpcService<typeof operator.OperatorService> {
  return {
    definition: operator.OperatorService,
    handlers: {
      getStatus: async () => ({
        services: await Promise.all(facts.modules.map(async ({ participant }) => statusView(participant.status(), await participant.unequalCopies()))), version: facts.version, referenceDigest: facts.reference.digest, startTime: new Date(facts.startedAt), rehearsalsAllowed: facts.rehearsalsAllowed,
      }),
      getCopies: (request) => copiesOf(facts, request),
      getFolder: (request) => folderOf(facts, request),
      releaseFolder: (request) => release(facts, request),
      forceSuccession: (request) => forceSuccession(facts.modules, request),
      getBackup: (request, call) => backupOf(facts, request, call),
      listOpenDossiers: (request) => listOpenDossiers(facts.modules, request),
    },
  };
}

const states: Readonly<Record<ParticipantStatus['state'], operator.ServiceState>> = {
  created: operator.ServiceState.STARTING, starting: operator.ServiceState.STARTING, succeeding: operator.ServiceState.SUCCEEDING, ready: operator.ServiceState.READY, stopping: operator.ServiceState.DRAINING, stopped: operator.ServiceState.DRAINING,
};

function statusView(status: ParticipantStatus, unequalCopies: number | null): operator.ServiceStatus {
  return {
    service: status.service, author: status.author, state: states[status.state], commit: status.commit, waitingUpdates: status.waitingUpdates, outstandingUpdates: status.outstandingUpdates, unsettledMarks: status.unsettledMarks,
    runningEffects: status.runningEffects, openFolders: status.openFolders, setAside: status.setAside.slice(0, maxSetAside).map(({ folder, error }) => ({ folder, problem: error })), waitsFor: [...status.waitsFor],
    atRisk: status.atRisk === null ? undefined : { fromCommit: status.atRisk.fromCommit, toCommit: status.atRisk.toCommit, folders: [...status.atRisk.folders] },
    succession: successionView(status.succession), comparisons: status.comparisons,
    troubles: status.troubles.map((error) => ({ reason: error.code, text: { vi: operatorTextOf(error, 'vi'), en: operatorTextOf(error, 'en') } })), deadRecords: status.deadRecords, refused: status.refused,
    unreadRecords: status.unreadRecords, heldBack: status.heldBack, unequalCopies: unequalCopies ?? undefined,
  };
}

async function* backupOf({ backup }: OperatorFacts, { withKeys, keysProof }: operator.GetBackupRequest, call: Call): AsyncGenerator<operator.GetBackupResponse> {
  if (backup === undefined) throw new HubError('UNKNOWN_METHOD', { method: call.method });
  for await (const chunk of backup(withKeys ? { proof: keysProof } : null)) yield { chunk: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) };
}

/** Asked of every participant through the service that received the dossier. */
async function copiesOf(facts: OperatorFacts, request: operator.GetCopiesRequest): Promise<operator.GetCopiesResponse> {
  if (request.folder === '') checkCodeGiven(request.code);
  else checkFolder(request.folder);
  for (const { participant } of facts.modules) {
    const folder = request.folder === '' ? await folderByCode(participant, request.code) : request.folder;
    const known = folder === undefined ? undefined : await participant.view(folder, (view) => view.exists);
    if (folder === undefined || known !== true) continue;
    const copies = await participant.copies(folder);
    const views = copies.map((copy) => copyView(facts, copy, copies));
    return { folder, copies: views, equal: views.every((one) => one.problem === '' && one.digest === views[0]!.digest) };
  }
  throw new HubError('UNKNOWN_DOSSIER', { code: request.code || request.folder }, { field: request.folder === '' ? 'code' : 'folder' });
}

const sorted = (heads: Heads): readonly (readonly [string, Heads[string]])[] => Object.entries(heads).sort(([a], [b]) => (a < b ? -1 : 1));
const entriesOf = (heads: Heads): number => Object.values(heads).reduce((sum, head) => sum + head.seq, 0);

function copyView(facts: OperatorFacts, copy: Copy, all: readonly Copy[]): operator.ServiceCopy {
  const heads = copy.heads ?? {};
  const text = sorted(heads).map(([author, head]) => `${author} ${head.seq} ${head.hash}\n`).join('');
  return {
    service: copy.service, author: facts.modules.find((module) => module.name === copy.service)?.participant.context().author ?? '', heads: sorted(heads).map(([author, head]) => ({ author, seq: head.seq, hash: Buffer.from(fromHex(head.hash)) })),
    entries: entriesOf(heads), digest: copy.heads === null ? '' : facts.hash(new TextEncoder().encode(text)), problem: copy.problem,
    pending: all.flatMap((other) => { const entries = lacks(heads, other.heads ?? {}); return other.service === copy.service || entries === 0 ? [] : [{ destination: other.service, entries }]; }),
  };
}

/** Entries of `heads` that the other copy does not hold. */
function lacks(heads: Heads, other: Heads): number {
  return Object.entries(heads).reduce((sum, [author, head]) => sum + Math.max(0, head.seq - (other[author]?.seq ?? 0)), 0);
}

type Named = { readonly service: string; readonly code: string; readonly folder: string };

/** The service and its folder. Throws UNKNOWN_SERVICE, FIELD_MISSING and UNKNOWN_DOSSIER. */
async function find({ modules }: OperatorFacts, { service, code, folder }: Named): Promise<{ readonly participant: ServiceModule['participant']; readonly id: string }> {
  const participant = modules.find((one) => one.name === service)?.participant;
  if (participant === undefined) throw new HubError('UNKNOWN_SERVICE', { service }, { field: 'service' });
  if (folder === '') checkCodeGiven(code);
  const id = folder === '' ? await folderByCode(participant, code) : folder;
  if (id === undefined) throw new HubError('UNKNOWN_DOSSIER', { code }, { field: 'code' });
  checkFolder(id);
  return { participant, id };
}

/** A service's own record bears an id like a folder's, and is nobody's dossier. */
function checkFolder(id: string): void {
  if (!isFolderId(id) || id === kernelRecordId) throw new HubError('UNKNOWN_DOSSIER', { code: id }, { field: 'folder' });
}

const entriesPerMessage = 100;

async function* folderOf(facts: OperatorFacts, request: operator.GetFolderRequest): AsyncGenerator<operator.GetFolderResponse> {
  const { participant, id } = await find(facts, request);
  const { entries } = await participant.peerService.pull(participant.context().author, id, {});
  if (entries.length === 0) throw new HubError('UNKNOWN_DOSSIER', { code: request.code || id }, { field: request.folder === '' ? 'code' : 'folder' });
  for (let at = 0; at < entries.length; at += entriesPerMessage) yield { folder: id, entries: entries.slice(at, at + entriesPerMessage).map(encodeSealed) };
}

async function release(facts: OperatorFacts, request: operator.ReleaseFolderRequest): Promise<operator.ReleaseFolderResponse> {
  checkRequestId(request.requestId);
  const { participant, id } = await find(facts, request);
  await participant.retry(id);
  return { folder: id, problem: participant.status().setAside.find(({ folder }) => folder === id)?.error ?? '' };
}
