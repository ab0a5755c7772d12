/**
 * Moments at which a process is made to die, so that it can be shown that no write may be the last one. Named where they stand; armed one at a time by a setting
 * that only tests use. Beside every write stands one, before it, after it, or both; an architecture test holds that.
 */

/** In which shapes of the hub the code with the point runs. */
export type PointShape = 'every' | 'embedded' | 'cluster';

type Point = { readonly shape: PointShape; /** What is done at that moment, and what is not yet. */ readonly moment: string };

const every = (moment: string): Point => ({ shape: 'every', moment });
const embedded = (moment: string): Point => ({ shape: 'embedded', moment });
const cluster = (moment: string): Point => ({ shape: 'cluster', moment });

export const crashPoints = {
  // ---------------------------------------------------------------- kernel: folders
  'command-decided': every('a command is decided in memory; nothing of it is written'),
  'command-stored': every('a command is durable and its updates are offered; its caller has no answer'),
  'folder-unwritten': every('a write of a folder is prepared and signed; the store was not asked'),
  'folder-written': every('a write of a folder is durable; memory, watchers, relay and effects do not know'),
  'received-joined': every('what came from others is joined in memory with the duties that follow; nothing of it is written'),
  'received-stored': every('what came from others is durable; the bus has not heard so'),
  'woken-unwritten': every('a folder was woken and its duties are performed in memory; nothing of it is written'),
  'woken-written': every('what a woken folder owed is durable; the clock does not know'),
  // ---------------------------------------------------------------- kernel: effects
  'effect-claimed': every('the claim on an effect is durable; it was not called'),
  'effect-called': every('an effect has answered; no entry says so'),
  'effect-ended': every('the entry in which an effect ends is durable; memory still counts it as running'),
  // ---------------------------------------------------------------- kernel: relay and acknowledgements
  'updates-unpublished': every('updates have left the queue; the bus was not asked'),
  'updates-published': every('the bus has the updates; the sender has not noted that it does'),
  'folders-unsettled': every('folders are acknowledged by all; the store still has them as unsettled'),
  'folders-settled': every('the store has them as settled; memory does not'),
  // ---------------------------------------------------------------- kernel: its own record, succession
  'notes-unsaved': every('something about peers is to be remembered; it stands in memory only'),
  'notes-saved': every('it is durable; whoever waits for it does not know'),
  'marks-heard': every('marks of peers were heard; they are not written down'),
  'store-unowned': every('a store is empty; its first owner is not named in it'),
  'store-owned': every('the first owner is named in the store; nothing was written'),
  'incarnation-made': every('there is a new incarnation beside the store; the store belongs to the old one'),
  'incarnation-set': every('the store belongs to the new incarnation; nobody was asked to seal'),
  'seals-gathered': every('all peers have sealed the predecessors; that is not noted'),
  'succession-noted': every('that all have sealed is durable; nothing was recovered'),
  'folder-recovered': every('a folder has got its succession; others wait for it'),
  'recovery-ended': every('all that peers have shown was gone through; that is not noted'),
  'seal-given': every('an author is sealed in memory; the seal is not durable'),
  'seal-durable': every('a seal is durable; it was not shown'),
  'seal-taken': every('what a peer has sealed is sealed here, too; its seal does not count yet'),
  'peer-offered': every('a new incarnation of a peer has acknowledged all that concerns it; that is not noted'),
  // ---------------------------------------------------------------- services: registers, series, documents
  'record-unwritten': every('a record of a register is read and the change decided; it was not written'),
  'record-written': every('a record of a register is durable; whoever changes it has no answer'),
  'change-reserved': every('every record of a change is reserved; the decision is not written'),
  'change-applied': every('every record of a change is changed; no entry says so'),
  'number-unkept': every('a number of a series is to be taken; the series does not say so'),
  'number-kept': every('a number of a series is taken; no item bears it'),
  'claim-unkept': every('a value that may be used once is free; nobody owns it yet'),
  'claim-kept': every('a value that may be used once has its owner; what it was used for is not written'),
  'money-unwritten': every('what happened to money, or to a till, is decided; neither the record nor the ledger says so'),
  'money-written': every('it is durable with its posting; whoever brought the money has no answer'),
  'money-allocated': every('a charge is paid; the money is still in suspense'),
  'scan-proved': every('who gave or took a consignment has shown it; the scan is not written'),
  'scan-recorded': every('a scan is durable with what was collected; whoever scanned has no answer, and what was kept of it as a stray still stands'),
  'codes-unkept': every('a block of codes is to be taken; the series does not say so'),
  'codes-kept': every('a block of codes is taken; none of it is used'),
  'dossier-coded': every('a dossier has its code; it does not exist'),
  'dossier-received': every('a dossier exists; the counter has no answer'),
  'pepper-unkept': every('the secret of a service is made; it is in memory only'),
  'pepper-kept': every('the secret of a service is durable; nothing was keyed with it'),
  // ---------------------------------------------------------------- adapters
  'document-unnamed': every('the bytes of a document are on the disk; they bear no name'),
  'document-named': every('a document bears its name; the directory is not flushed'),
  'document-kept': every('a document is durable; whoever put it has no answer'),
  'key-unnamed': every('a key or certificate is on the disk; it bears no name'),
  'key-named': every('a key or certificate bears its name; the directory is not flushed'),
  'private-key-saved': every('a new incarnation has its private key; no certificate names it'),
  'marks-unlaid': every('the file of marks is made; it has no size yet'),
  'mark-unraised': every('writes are durable; the mark beside the keys is behind them'),
  'sqlite-unnamed': embedded('a new store is complete under another name; it does not bear its own'),
  'sqlite-uncommitted': embedded('a batch is written in its transaction; it is not committed'),
  'sqlite-committed': embedded('a batch is durable; neither marked nor answered'),
  'sqlite-marked': embedded('a batch is durable and marked; not answered'),
  'mongo-announced': cluster('the head names a batch in flight; nothing of it is written'),
  'mongo-laid-beside': cluster('what lies beside the folders is written; the folders are not'),
  'mongo-folders-written': cluster('the folders of a batch are written; that the batch has ended is not known'),
  'mongo-landed': cluster('a batch has ended; neither marked nor answered'),
  'mongo-marked': cluster('a batch has ended and is marked; not answered'),
  'mongo-unfenced': cluster('what an instance had in flight when it died is to be fenced off; it may still land'),
  'mongo-owned': cluster('the head names a new owner; what an earlier one had in flight has not ended'),
  'mongo-settled': cluster('folders are marked settled in the database; nobody was answered'),
  'mongo-untidied': cluster('what lies beside a folder and counts no more is to be removed; it is there'),
  'mongo-upload-noted': cluster('an upload is noted; none of its pieces is there'),
  'mongo-upload-received': cluster('all pieces of an upload are there; no record names them'),
  'mongo-upload-recorded': cluster('a record names the pieces; the upload is still noted as under way'),
  'mongo-upload-kept': cluster('a document is whole and its upload ended; whoever put it has no answer'),
  'kafka-unsent': cluster('records are taken from the queue; the brokers have none of them'),
  'kafka-sent': cluster('the brokers have the records; whoever gave them does not know'),
  'kafka-handled': cluster('a batch is durable at its receiver; its offset is not resolved'),
  'kafka-resolved': cluster('an offset is resolved; it is not committed'),
} as const satisfies Record<string, Point>;

export type CrashPointName = keyof typeof crashPoints;
export const crashPointNames = Object.keys(crashPoints) as readonly CrashPointName[];

/** Passed at each point. Absent wherever it is asked for: nothing is armed, which is always so outside tests. */
export type CrashPoint = (name: CrashPointName) => void;

/** Dies when the point is passed for the `passage`-th time in this process, from 1. */
export type ArmedCrash = { readonly point: CrashPointName; readonly passage: number };

/** `die` does not return. */
export function armedCrash({ point, passage }: ArmedCrash, die: () => void): CrashPoint {
  let passed = 0;
  return (name) => { if (name === point && ++passed === passage) die(); };
}
