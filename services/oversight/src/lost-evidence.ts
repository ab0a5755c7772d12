/** Who relied on a result that stands no more: told from the two dossiers as they stand, so the alert ends when something else stands for the document, or the result stands again. */
import { oversight } from '@lienthong/contract';
import { issuedNamed, lostSince } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { reliedEvidence } from '@lienthong/law';
import type { Dossier } from '@lienthong/law';
import { alert } from './alerts.ts';

/** A result on which an open dossier relies, and what its offices are told once it stands no more. */
export type Relying = { readonly result: NonNullable<ReturnType<typeof issuedNamed>>; tell(since: number): readonly oversight.Alert[] };

const words = { vi: 'Kết quả dùng làm căn cứ không còn hiệu lực', en: 'A result that the dossier relies on stands no more' };

export function relying(dossier: Dossier): readonly Relying[] {
  if (dossier.root === null || dossier.root.closed !== null) return [];
  return reliedEvidence(dossier).flatMap(({ evidenceId, legs }) => {
    const result = issuedNamed(evidenceId);
    if (result === null) return [];
    const told = legs.map((leg) => alert(dossier, oversight.AlertKind.LOST_EVIDENCE, `${leg.id}:${evidenceId}`, leg.plan.name, leg.office, words, 0));
    return [{ result, tell: (since: number) => told.map((one) => ({ ...one, startTime: new Date(since) })) }];
  });
}

export async function lostEvidence(host: Host, found: readonly Relying[]): Promise<readonly oversight.Alert[]> {
  const alerts: oversight.Alert[] = [];
  for (const { result, tell } of found) {
    const since = await host.participant.view(result.folder, ({ state: { dossier } }) => (dossier.root === null ? null : lostSince(dossier, result)));
    if (since != null) alerts.push(...tell(since));
  }
  return alerts;
}
