/** How each crash point is reached in the embedded hub: what the hub stands on when it starts, and what is then asked of it. */
import type { CrashPointName } from '@lienthong/kernel';

export type Reach = {
  /** `worked`: it has done work before, and stopped. `empty`: nothing was ever there. `put-back`: its store is older than what it has told. `claimed`: it died with an effect claimed. */
  readonly from: 'worked' | 'empty' | 'put-back' | 'claimed';
  /** `birth`: a dossier with an uploaded paper, from counter to counter. `shop`: a fee paid by transfer, a register changed. `start`: a start alone comes there. */
  readonly by: 'birth' | 'shop' | 'start';
};

const birth: Reach = { from: 'worked', by: 'birth' };
const shop: Reach = { from: 'worked', by: 'shop' };
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
  'codes-unkept': birth, 'codes-kept': birth, 'dossier-coded': birth, 'dossier-received': birth,
  'pepper-unkept': firstStart, 'pepper-kept': firstStart,
  'document-unnamed': birth, 'document-named': birth, 'document-kept': birth,
  'key-unnamed': firstStart, 'key-named': firstStart, 'private-key-saved': succession, 'marks-unlaid': firstStart, 'mark-unraised': birth,
  'sqlite-unnamed': firstStart, 'sqlite-uncommitted': birth, 'sqlite-committed': birth, 'sqlite-marked': birth,
  'mongo-announced': null, 'mongo-laid-beside': null, 'mongo-folders-written': null, 'mongo-landed': null, 'mongo-marked': null, 'mongo-owned': null, 'mongo-unfenced': null, 'mongo-settled': null, 'mongo-untidied': null,
  'mongo-upload-noted': null, 'mongo-upload-received': null, 'mongo-upload-recorded': null, 'mongo-upload-kept': null,
  'kafka-unsent': null, 'kafka-sent': null, 'kafka-handled': null, 'kafka-resolved': null,
};
