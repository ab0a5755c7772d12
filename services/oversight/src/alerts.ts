/** What needs a person: derived from the folder as it stands, so an alert ends with its cause. */
import { oversight } from '@lienthong/contract';
import type { Host } from '@lienthong/dossier-service';
import { clockOf, confirmationOf, handovers, holderOf, predecessors, punctualityOfLeg, reversalRefused, serviceOf, stale } from '@lienthong/law';
import type { Dossier, Leg } from '@lienthong/law';

/** A leg that is declined so often goes to intake, which places it finally. */
export const declinedLimit = 3;

type Words = { readonly vi: string; readonly en: string };
const words: Readonly<Record<string, Words>> = {
  late: { vi: 'Bước đã quá hạn', en: 'The leg is past its due time' }, transfer: { vi: 'Chưa tiếp nhận trong 2 giờ làm việc', en: 'Not taken over within 2 working hours' }, synchronise: { vi: 'Chưa đồng bộ trong 10 phút sau khi xong bước', en: 'Not synchronised within 10 minutes after the step' }, stale: { vi: 'Kết quả dựa trên đầu vào đã thay đổi', en: 'The completion rests on an output that has changed' },
  declined: { vi: 'Bị trả lại từ ba lần', en: 'Declined three times' }, placing: { vi: 'Bước chưa có cơ quan nhận, cần phân công', en: 'The leg waits to be placed' }, opinion: { vi: 'Quá hạn mà chưa có ý kiến', en: 'An opinion is overdue' }, standing: { vi: 'Thay đổi đã thu hồi còn trong cơ sở dữ liệu', en: 'A change that was taken back stands in the register' },
  post: { vi: 'Bưu gửi không đến được người nhận', en: 'The consignment did not arrive' }, missing: { vi: 'Bưu gửi thiếu bản gốc khi kiểm đếm', en: 'An original was missing when the consignment was counted' },
};

/** Alerts of one dossier. */
export function alertsOf(dossier: Dossier, host: Host): oversight.Alert[] {
  if (dossier.root === null) return [];
  if (dossier.root.closed !== null) return afterClosing(dossier);
  const found: oversight.Alert[] = [];
  for (const leg of dossier.legs.values()) found.push(...legAlerts(dossier, leg, host));
  for (const one of dossier.requests.values()) {
    const asker = dossier.legs.get(one.plan.blocks);
    if (one.ended === null && one.overdueSince !== null && asker !== undefined) found.push(alert(dossier, oversight.AlertKind.OPINION_OVERDUE, one.id, asker.plan.name, asker.office, words['opinion']!, one.overdueSince));
  }
  found.push(...exchangeAlerts(dossier, host));
  for (const one of dossier.consignments.values()) {
    // Who takes a consignment back knows.
    if (one.ended !== null && (one.ended.state === 'returned' || one.ended.state === 'lost')) found.push(alert(dossier, oversight.AlertKind.UNDELIVERED, one.id, '', dossier.root.returnOffice, words['post']!, one.ended.at));
    const seen = confirmationOf(dossier, one);
    if (seen !== undefined && seen.missing.length > 0) found.push(alert(dossier, oversight.AlertKind.UNDELIVERED, one.id, '', one.plan.to, words['missing']!, seen.at));
  }
  return found;
}

/** A dossier that is closed is late nowhere any more; what a correction or revocation since has left undone needs a person all the same. */
function afterClosing(dossier: Dossier): oversight.Alert[] {
  return [...dossier.legs.values()].flatMap((leg) => [
    ...(reversalRefused(leg) ? [alert(dossier, oversight.AlertKind.STANDING_CHANGE, leg.id, leg.plan.name, leg.office, words['standing']!, leg.changedAt)] : []),
    ...(stale(dossier, leg) ? [alert(dossier, oversight.AlertKind.STALE, leg.id, leg.plan.name, leg.office, words['stale']!, changedBefore(dossier, leg))] : []),
  ]);
}

/** When the last of what it rests on was corrected or taken back. */
function changedBefore(dossier: Dossier, leg: Leg): number {
  return Math.max(leg.changedAt, ...predecessors(dossier, leg).map((one) => Math.max(one.changedAt, one.completion?.amendments.at(-1)?.at ?? 0)));
}

function legAlerts(dossier: Dossier, leg: Leg, host: Host): oversight.Alert[] {
  const now = clockOf(dossier, host.world.now());
  const found: oversight.Alert[] = [];
  const add = (kind: oversight.AlertKind, text: Words, since: number, office = leg.office): void => { found.push(alert(dossier, kind, leg.id, leg.plan.name, office, text, since)); };
  const punctuality = punctualityOfLeg(dossier, leg, now, host.environment);
  if (punctuality?.class === 'running-late') add(oversight.AlertKind.LATE, words['late']!, punctuality.due!);
  if (reversalRefused(leg)) add(oversight.AlertKind.STANDING_CHANGE, words['standing']!, leg.changedAt);
  if (stale(dossier, leg)) for (const office of new Set([leg.office, ...predecessors(dossier, leg).map((one) => one.office)])) add(oversight.AlertKind.STALE, words['stale']!, leg.changedAt, office);
  if (leg.status === 'addressed' && serviceOf(holderOf(dossier, leg)) !== leg.service) add(oversight.AlertKind.DECLINED_AGAIN, words[leg.declinedTimes >= declinedLimit ? 'declined' : 'placing']!, leg.changedAt, dossier.root!.counter);
  return found;
}

/** NĐ 301/2026 art. 5.4: silence is told to both sides, the one that handed over and the one that has not answered. */
function exchangeAlerts(dossier: Dossier, host: Host): oversight.Alert[] {
  return handovers(dossier, clockOf(dossier, host.world.now()), host.environment).filter((one) => one.takenOverAt === null).flatMap((one) => [...new Set([one.to, one.from])].flatMap((office) => one.missed.map((missed) => (
    missed === 'synchronise' ? alert(dossier, oversight.AlertKind.NOT_SYNCHRONISED, one.leg, one.name, office, words['synchronise']!, one.synchroniseBy)
      : alert(dossier, oversight.AlertKind.NO_TAKEOVER, one.leg, one.name, office, words['transfer']!, one.acknowledgeBy!)
  ))));
}

export function alert(dossier: Dossier, kind: oversight.AlertKind, item: string, legName: string, office: string, text: Words, since: number): oversight.Alert {
  return { alert: `${dossier.id}/${item}/${kind}/${office}`, kind, code: dossier.root!.body.code, legName, office, text, startTime: new Date(since), endTime: undefined };
}
