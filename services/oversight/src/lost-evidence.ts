/** Who relied on a result that stands no more, or was corrected: told from the two dossiers as they stand, so the alert ends when something else stands for the document, the result stands again, or who relied on it says that his decision stands all the same. */
import { oversight } from '@lienthong/contract';
import { issuedNamed, lostSince } from '@lienthong/dossier-service';
import type { Host, LostResult } from '@lienthong/dossier-service';
import { stale, unsettledReliance } from '@lienthong/law';
import type { Dossier } from '@lienthong/law';
import { alert } from './alerts.ts';

/** A result on which a dossier relies, and what its offices are told once it stands no more. */
export type Relying = { readonly result: NonNullable<ReturnType<typeof issuedNamed>>; tell(lost: LostResult): readonly oversight.Alert[] };

type Told = { readonly kind: oversight.AlertKind; readonly words: { readonly vi: string; readonly en: string } };
const { LOST_EVIDENCE, CHANGED_EVIDENCE } = oversight.AlertKind;
const lost: Told = { kind: LOST_EVIDENCE, words: { vi: 'Kết quả dùng làm căn cứ không còn hiệu lực', en: 'A result that the dossier relies on stands no more' } };
const told: Readonly<Record<LostResult['standing'], Told>> = {
  revoked: lost, unsettled: lost, corrected: { kind: CHANGED_EVIDENCE, words: { vi: 'Kết quả dùng làm căn cứ đã được đính chính', en: 'A result that the dossier relies on was corrected' } },
  reissued: { kind: CHANGED_EVIDENCE, words: { vi: 'Kết quả dùng làm căn cứ bị mất và đã được cấp lại', en: 'A result that the dossier relies on was lost and issued again' } },
};

export function relying(dossier: Dossier): readonly Relying[] {
  if (dossier.root === null) return [];
  return unsettledReliance(dossier).flatMap(({ evidenceId, legs }) => {
    const result = issuedNamed(evidenceId);
    if (result === null) return [];
    const tell = ({ standing, since }: LostResult): readonly oversight.Alert[] => {
      const { kind, words } = told[standing];
      return legs.map((leg) => alert(dossier, kind, `${leg.id}:${evidenceId}`, leg.plan.name, leg.office, words, since));
    };
    return [{ result, tell }];
  });
}

/** Field by which dossiers are found that are closed and may still have something to tell. */
export const afterClosingField = 'after-closing';

/** A closed dossier that rests on a result of another one, or in which something was corrected or taken back. */
export function afterClosingIndex(dossier: Dossier): Readonly<Record<string, readonly string[]>> {
  if (dossier.root === null || dossier.root.closed === null) return {};
  const tells = relying(dossier).length > 0 || [...dossier.legs.values()].some((leg) => stale(dossier, leg) || leg.status === 'revoked');
  return tells ? { [afterClosingField]: ['1'] } : {};
}

export async function lostEvidence(host: Host, found: readonly Relying[]): Promise<readonly oversight.Alert[]> {
  const alerts: oversight.Alert[] = [];
  for (const { result, tell } of found) {
    const gone = await host.participant.view(result.folder, ({ state: { dossier } }) => (dossier.root === null ? null : lostSince(dossier, result)));
    if (gone != null) alerts.push(...tell(gone));
  }
  return alerts;
}
