/** A register at its least: parcels that count their transfers. Each change says which transfer it is, so that one applied twice or to the wrong version shows. */
import type { RegisterRules } from '@lienthong/dossier-service';

export type Parcel = { readonly parcel: string; readonly transfers: readonly string[] };
export type Transfer = { readonly parcel: string; readonly by: string };

/** Parcels are few: dossiers meet on them. */
export const parcels: readonly string[] = ['thua-1', 'thua-2'];
/** This one is blocked: the register refuses. */
export const blockedParcel = 'thua-phong-toa';

export const parcelRules: RegisterRules<Parcel, Transfer> = {
  name: 'parcels',
  fields: () => ['parcel'],
  changeOf: ({ values, folder, leg }) => ({ parcel: values['parcel'] ?? parcels[0]!, by: `${folder}/${leg.id}/${leg.round}` }),
  touches: ({ parcel }) => [parcel],
  next: ({ parcel, by }, _key, facts) => (parcel === blockedParcel ? { problem: 'thửa đất đang bị phong tỏa' } : { parcel, transfers: [...facts?.transfers ?? [], by] }),
  undo: ({ by }, _key, { now }) => (now?.transfers.at(-1) === by ? { facts: { ...now, transfers: now.transfers.slice(0, -1) } } : { problem: 'thửa đất đã được chuyển tiếp' }),
  renumber: { touches: () => [], next: () => null },
  keysOf: () => ({}),
};
