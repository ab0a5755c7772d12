/** Figures of an office in a period, each beside its definition. On time is never the default: what has no due time is left out and counted as such. */
import { unlessDamaged } from '@lienthong/kernel';
import type { oversight } from '@lienthong/contract';
import type { Host } from '@lienthong/dossier-service';
import { officeText, periodOf } from '@lienthong/dossier-service';
import { decisionOfLeg, punctualityClasses, punctualityOfLeg, skipped } from '@lienthong/law';
import type { Dossier, FolderId, Leg } from '@lienthong/law';

/** Folders looked at for one answer. */
export const maxFolders = 50_000;
const page = 500;

export type Count = { early: number; onTime: number; late: number; excluded: number; completed: number };

export async function officeIndices(host: Host, request: oversight.GetIndicesRequest): Promise<oversight.GetIndicesResponse> {
  const [from, to] = periodOf(request);
  const counts = new Map<string, Count>();
  const field = request.office === '' ? 'seen' : 'office', value = request.office === '' ? '1' : request.office;
  await eachDossier(host, field, value, (dossier) => countLegs(dossier, from, to, host.environment, counts));
  const offices = [...counts].filter(([office]) => request.office === '' || office === request.office).sort(([a], [b]) => (a < b ? -1 : 1));
  return { offices: offices.map(([office, count]) => ({ office, officeName: officeText(host.environment, office), indices: figures(count) })), asOfTime: new Date(host.world.now()) };
}

/** Every dossier found by a field, up to `maxFolders`. */
export async function eachDossier(host: Host, field: string, value: string, look: (dossier: Dossier) => void): Promise<void> {
  let after: FolderId | undefined;
  for (let seen = 0; seen < maxFolders; seen += page) {
    const folders = await host.participant.find(field, value, page, after);
    for (const folder of folders) await host.participant.view(folder, (view) => look(view.state.dossier)).catch(unlessDamaged);
    after = folders.at(-1);
    if (folders.length < page) break;
  }
}

/** Adds the legs of a dossier that were decided from `from` until before `to`, each at the office that answers for it. */
export function countLegs(dossier: Dossier, from: number, to: number, environment: Host['environment'], counts: Map<string, Count>): void {
  if (dossier.root === null || dossier.root.body.rehearsal) return;
  for (const leg of dossier.legs.values()) {
    const at = decisionOfLeg(leg);
    if (at === null || at < from || at >= to || skipped(dossier, leg)) continue;
    const count = counts.get(leg.office) ?? { early: 0, onTime: 0, late: 0, excluded: 0, completed: 0 };
    counts.set(leg.office, count);
    count.completed++;
    classify(dossier, leg, at, environment, count);
  }
}

function classify(dossier: Dossier, leg: Leg, at: number, environment: Host['environment'], count: Count): void {
  switch (punctualityOfLeg(dossier, leg, at, environment)?.class) {
    case 'early': count.early++; return;
    case 'on-time': count.onTime++; return;
    case 'late': count.late++; return;
    default: count.excluded++;
  }
}

function figures(count: Count): oversight.Index[] {
  const counted = count.early + count.onTime + count.late;
  const definition = (vi: string, en: string): { vi: string; en: string } => ({ vi, en });
  return [
    { name: 'on-time-share', title: definition('Tỷ lệ đúng hạn', 'Share on time'), numerator: count.early + count.onTime, denominator: counted, excluded: count.excluded,
      definition: definition('Số bước hoàn thành không sau hạn của bước, trên số bước hoàn thành trong kỳ có hạn; không tính thời gian tạm dừng; bước không có hạn được loại ra.', 'Legs completed not after their own due time, of all completed in the period that have one; suspended time is not counted; legs without a due time are left out.') },
    ...([['early', count.early], ['on-time', count.onTime], ['late', count.late]] as const).map(([name, numerator]) => ({ name, title: punctualityClasses[name].title, definition: punctualityClasses[name].definition, numerator, denominator: counted, excluded: count.excluded })),
    { name: 'completed', title: definition('Số bước hoàn thành', 'Legs completed'), numerator: count.completed, denominator: count.completed, excluded: 0,
      definition: definition('Số bước cơ quan hoàn thành trong kỳ, hồ sơ diễn tập được loại ra.', 'Legs that the office completed in the period; rehearsals are left out.') },
  ];
}
