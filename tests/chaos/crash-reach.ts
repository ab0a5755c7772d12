/** How each crash point is reached in the embedded hub: what the hub stands on when it starts, and what is then asked of it. */
import type { CrashPointName } from '@lienthong/kernel';

export type Reach = {
  /** `worked`: it has done work before, and stopped. `empty`: nothing was ever there. `put-back`: its store is older than what it has told. `claimed`: it died with an effect claimed. `handed-in`: a dossier was received of which the post has nothing yet. */
  readonly from: 'worked' | 'empty' | 'put-back' | 'claimed' | 'handed-in';
  /** `birth`: a dossier with an uploaded paper, from counter to counter. `shop`: a fee paid by transfer, a register changed. `post`: papers and the fee from a home, an original between offices, the result to the door. `start`: a start alone comes there. */
  readonly by: 'birth' | 'shop' | 'post' | 'start';
};

const birth: Reach = { from: 'worked', by: 'birth' };
const shop: Reach = { from: 'worked', by: 'shop' };
const post: Reach = { from: 'handed-in', by: 'post' };
const firstStart: Reach = { from: 'empty', by: 'start' };
const succession: Reach = { from: 'put-back', by: 'start' };

/** Null: this point does not run in the embedded hub. */
export const crashReach: Readonly<Record<CrashPointName, Reach | null>> = {
  'command-decided': birth, 'command-stored': birth, 'folder-unwritten': birth, 'folder-written': birth, 'received-joined': birth, 'received-stored': birth,
  'woken-unwritten': { from: 'claimed', by: 'start' }, 'woken-written': { from: 'claimed', by: 'start' },
  'effect-claimed': shop, 'effect-called': shop, 'effect-ended': shop,
  'updates-unpublished': birth, 'updates-published': birth, 'folders-unsettled': birth, 'folders-settled': birth,
  'notes-unsaved': birth, 'notes-saved': birth, 'marks-heard': birth,
  'store-unowned': firstStart, 'store-owned': firstStart,
  'incarnation-made': succession, 'incarnation-set': succession, 'seals-gathered': succession, 'succession-noted': succession, 'folder-recovered': succession, 'recovery-ended': succession,
  'seal-given': succession, 'seal-durable': succession, 'seal-taken': succession, 'peer-offered': succession,
  'record-unwritten': shop, 'record-written': shop, 'change-reserved': shop, 'change-applied': shop, 'number-unkept': shop, 'number-kept': shop, 'claim-unkept': shop, 'claim-kept': shop, 'money-unwritten': shop, 'money-written': shop, 'money-allocated': shop,
  'scan-proved': post, 'scan-recorded': post,
  'codes-unkept': birth, 'codes-kept': birth, 'dossier-coded': birth, 'dossier-received': birth,
  'pepper-unkept': firstStart, 'pepper-kept': firstStart,
  'document-unnamed': birth, 'document-named': birth, 'document-kept': birth,
  'key-unnamed': firstStart, 'key-named': firstStart, 'private-key-saved': succession, 'marks-unlaid': firstStart, 'mark-unraised': birth,
  'sqlite-unnamed': firstStart, 'sqlite-uncommitted': birth, 'sqlite-committed': birth, 'sqlite-marked': birth,
  'mongo-announced': null, 'mongo-laid-beside': null, 'mongo-folders-written': null, 'mongo-landed': null, 'mongo-marked': null, 'mongo-owned': null, 'mongo-unfenced': null, 'mongo-settled': null, 'mongo-untidied': null,
  'mongo-upload-noted': null, 'mongo-upload-received': null, 'mongo-upload-recorded': null, 'mongo-upload-kept': null,
  'kafka-unsent': null, 'kafka-sent': null, 'kafka-handled': null, 'kafka-resolved': null,
};

export type PostPassage = { readonly point: CrashPointName; /** From 1, counted from the moment at which the post is first asked. */ readonly passage: number; readonly moment: string };

/** The way of a consignment passes points that a receipt or a fee over the counter pass as well, with other things at stake. */
export const postPassages: readonly PostPassage[] = [
  { point: 'command-stored', passage: 1, moment: 'papers are to be collected at a home; who ordered it has no answer' },
  { point: 'effect-claimed', passage: 1, moment: 'the post is to accept it' },
  { point: 'number-unkept', passage: 1, moment: 'a number of its range is to be taken' },
  { point: 'number-kept', passage: 1, moment: 'a number is taken; the consignment does not bear it' },
  { point: 'effect-called', passage: 1, moment: 'it is accepted; no entry says so' },
  { point: 'money-unwritten', passage: 1, moment: 'the postman has the fee; the books have none of it' },
  { point: 'money-written', passage: 1, moment: 'the fee of the door is in the books; the charge is open' },
  { point: 'money-allocated', passage: 1, moment: 'the charge is paid at the door; its money is still in suspense' },
  { point: 'effect-ended', passage: 2, moment: 'the collection is booked; memory still counts the booking as running' },
  { point: 'scan-recorded', passage: 2, moment: 'papers were handed over for a code' },
];
