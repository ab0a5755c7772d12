/** A service's state in words, for a terminal. */
import { operator } from '@lienthong/contract';

const stateNames = new Map<number, string>(Object.entries(operator.ServiceState).map(([name, value]) => [value, name.toLowerCase()]));

/** It takes commands, and nothing hinders it. */
export function isInOrder({ state, troubles }: operator.ServiceStatus): boolean {
  return state === operator.ServiceState.READY && troubles.length === 0;
}

/** Which release a process runs, with which reference data, since when. */
export function releaseOf({ version, referenceDigest, startTime }: operator.GetStatusResponse): string {
  return `Liên thông hub ${version}, dữ liệu tham chiếu / reference data ${referenceDigest.slice(0, 12)}, từ / since ${startTime?.toISOString() ?? ''}`;
}

const refusedText = (count: number): string => `không nhận từ khi tiến trình khởi động / not taken since the process started: ${count} (chữ ký, tác giả hoặc nội dung sai; xem nhật ký, và ai ghi được vào các topic / wrong signature, author or content; see the log, and who may write to the topics)`;

/** What has not come to rest yet; '' when all has. */
function underWay(one: operator.ServiceStatus): string {
  const counts: readonly (readonly [string, number])[] = [
    ['chờ gửi / pending', one.waitingUpdates + one.outstandingUpdates], ['chưa đọc / to read', one.unreadRecords], ['giữ lại / held back', one.heldBack],
    ['bản sao chưa khớp / copies not known to be equal', one.unequalCopies ?? 0], ['đối chiếu bản sao / comparing copies', one.comparisons],
  ];
  return counts.flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`])).join(' ');
}

/** A line on how a service stands, then one for each thing that hinders it. `at`: what stands beside its name. */
export function rowOf(one: operator.ServiceStatus, at = ''): string {
  const problems = [...one.setAside.map((other) => `${other.folder.slice(0, 12)}: ${other.problem}`), ...one.waitsFor.map((service) => `chờ / waits for ${service}`), ...(one.atRisk === undefined ? [] : [`có thể mất / at risk: commit ${one.atRisk.fromCommit} → ${one.atRisk.toCommit || '?'}, ${one.atRisk.folders.length} hồ sơ / dossiers`]), ...(one.deadRecords === 0 ? [] : [`bản ghi không đọc được từ khi tiến trình khởi động / records that nobody could read since the process started: ${one.deadRecords} (hiện còn / there now: lienthong dead list)`]), ...(one.refused === 0 ? [] : [refusedText(one.refused)])];
  const line = `${one.service.padEnd(24)} ${at}${(stateNames.get(one.state) ?? '').padEnd(12)} commit ${String(one.commit).padStart(8)}  ${underWay(one)} ${problems.join('; ')}`.trimEnd();
  return [line, ...one.troubles.map(({ reason, text }) => `  ${reason}: ${text?.vi ?? ''} / ${text?.en ?? ''}`)].join('\n');
}
