/** A parcel in Trà My that one person owns whole, as the land register had it before the hub. */
import { dossier as pb, land } from '@lienthong/contract';
import type { MemoryHub } from '@lienthong/testkit';

export async function seedWholeParcel(hub: MemoryHub, { parcel, owner, office }: { readonly parcel: string; readonly owner: pb.Citizen; readonly office: string }): Promise<void> {
  await hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId: 'seed', parcel: {
    parcel, area: '20900@2025-07-01', mapSheet: '12', number: '1', sizeDm2: 10_000, purpose: 'ONT', address: 'thôn 1',
    rights: [{ kind: land.RightKind.USE, holder: { party: { $case: 'citizen', value: owner } }, shareMillionths: 1_000_000, certificateNumber: 'AA 00000009', sinceDate: '2015-03-02' }],
  } } as land.SeedParcelRequest), office);
}
