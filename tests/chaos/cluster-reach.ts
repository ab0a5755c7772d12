/** How crash points are reached in the production shape: which process is armed, in what state it starts, and what is then asked of the hub. */
import type { CrashPointName } from '@lienthong/kernel';

type Service = 'intake' | 'general-agency' | 'business-registration' | 'payments';
export type ClusterReach = {
  readonly service: Service;
  /** `behind`: its mark stands above its store, as if that had been put back. `flying`: it died with a batch announced in its database. Absent: it stopped as it should. */
  readonly from?: 'behind' | 'flying';
  readonly by: 'birth' | 'shop';
};

const birth: ClusterReach = { service: 'intake', by: 'birth' }, received: ClusterReach = { service: 'general-agency', by: 'birth' };
const shop: ClusterReach = { service: 'business-registration', by: 'shop' }, fee: ClusterReach = { service: 'payments', by: 'shop' };
const succession: ClusterReach = { service: 'general-agency', from: 'behind', by: 'birth' };

/**
 * What is not here is passed only once in the life of a hub, or runs in the embedded shape alone; it is walked there. That a folder is settled rides the write of the
 * last acknowledgement where instances share a store: `folders-unsettled`, `folders-settled` and `mongo-settled` are passed by chance only, after a start that met a
 * peer late.
 */
export const clusterReach: Readonly<Partial<Record<CrashPointName, ClusterReach>>> = {
  'mongo-announced': birth, 'mongo-laid-beside': birth, 'mongo-folders-written': birth, 'mongo-landed': birth, 'mongo-marked': birth, 'mongo-untidied': birth,
  'mongo-upload-noted': birth, 'mongo-upload-received': birth, 'mongo-upload-recorded': birth, 'mongo-upload-kept': birth,
  'mongo-owned': succession, 'mongo-unfenced': { service: 'intake', from: 'flying', by: 'birth' },
  'kafka-unsent': birth, 'kafka-sent': birth, 'kafka-handled': received, 'kafka-resolved': received,
  'command-decided': birth, 'command-stored': received, 'folder-unwritten': birth, 'folder-written': received, 'received-joined': received, 'received-stored': received,
  'effect-claimed': shop, 'effect-called': shop, 'effect-ended': shop, 'record-unwritten': shop, 'record-written': shop, 'change-reserved': shop, 'change-applied': shop,
  'updates-unpublished': received, 'updates-published': birth, 'notes-unsaved': birth, 'notes-saved': received, 'marks-heard': birth,
  'number-unkept': fee, 'number-kept': fee, 'claim-unkept': fee, 'claim-kept': fee, 'codes-unkept': birth, 'codes-kept': birth, 'dossier-coded': birth, 'dossier-received': birth,
  'mark-unraised': received,
  'key-unnamed': succession, 'key-named': succession, 'private-key-saved': succession, 'incarnation-made': succession, 'incarnation-set': succession,
  'seals-gathered': succession, 'succession-noted': succession, 'recovery-ended': succession, 'seal-taken': succession,
};
