/** Results as the contracts show them, and what has become of those that were handed out. */
import { dossier as pb } from '@lienthong/contract';
import { followedResults, resultName, sameRef, standingResults } from '@lienthong/law';
import type { Dossier, EntryRef, Followed, Standing, StandingResult } from '@lienthong/law';
import { time } from './legs.ts';

const standings: Readonly<Record<Standing, { readonly standing: pb.ResultStanding; readonly standingText: pb.LocalizedText }>> = {
  stands: { standing: pb.ResultStanding.STANDS, standingText: { vi: 'Đang có hiệu lực', en: 'In force' } }, corrected: { standing: pb.ResultStanding.CORRECTED, standingText: { vi: 'Đã được đính chính, thay bằng bản khác', en: 'Corrected: another one counts in its place' } },
  reissued: { standing: pb.ResultStanding.REISSUED, standingText: { vi: 'Đã mất và được cấp lại', en: 'Lost and issued again: another paper counts in its place' } }, revoked: { standing: pb.ResultStanding.REVOKED, standingText: { vi: 'Đã bị thu hồi', en: 'Revoked' } },
  unsettled: { standing: pb.ResultStanding.UNSETTLED, standingText: { vi: 'Cơ quan đang xem xét lại', en: 'Its office is looking at it again' } },
};

/** Whether a result counts, in numbers and in words. */
export function resultStanding({ standing }: Pick<Followed, 'standing'>): { readonly standing: pb.ResultStanding; readonly standingText: pb.LocalizedText } {
  return standings[standing];
}

const counts = { standing: pb.ResultStanding.UNSPECIFIED, standingText: undefined, standingSinceTime: undefined, standingGround: '' };

/** `full`: number and file are shown. First those that count, then those that the citizen was given and that count no more. */
export function resultViews(dossier: Dossier, full: boolean): pb.ResultView[] {
  const { returned } = dossier.root!;
  const returnOf = (ref: EntryRef): (typeof returned)[number] | undefined => returned.find((one) => one.results.some((other) => sameRef(other, ref)));
  const standing = standingResults(dossier), isThere = (ref: EntryRef, code: string): boolean => standing.some((one) => one.code === code && sameRef(one.ref, ref));
  const view = ({ leg, ref, at, code, number, digest }: StandingResult): Omit<pb.ResultView, keyof typeof counts> => ({
    result: code, name: resultName(dossier, code), number: full ? number : '', digest: full ? digest : '', leg, issueTime: new Date(at), returnTime: time(returnOf(ref)?.at),
  });
  const gone = returned.length === 0 ? [] : followedResults(dossier).filter((one) => one.standing !== 'stands' && returnOf(one.decision) !== undefined && !isThere(one.decision, one.result.code));
  return [
    ...standing.map((one) => ({ ...view(one), ...counts })),
    ...gone.map((one) => ({ ...view({ leg: one.leg, ref: one.decision, at: one.at, code: one.result.code, number: one.result.number, digest: one.result.digest ?? '' }), ...resultStanding(one), standingSinceTime: new Date(one.since), standingGround: one.ground })),
  ];
}
