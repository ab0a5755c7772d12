/** The first write of a new incarnation in a folder: which branch of its predecessors' logs counts. */
import { holds } from '../../src/index.ts';
import type { FolderId } from '../../src/index.ts';
import type { Participant } from './participant.ts';

/** True when the successions stand. False: what was shown of a predecessor is not held yet; it is asked for when `ask`. */
export function succeedIn(participant: Participant, id: FolderId, ask: boolean): boolean {
  const folder = participant.folder(id);
  if (participant.predecessors.length === 0 || folder.logs.has(participant.author)) return true;
  if (participant.lacking.length > 0) return false;
  const claims = participant.claims(id);
  if (claims.some(({ predecessor, head }) => head !== null && !holds(folder, predecessor, head))) {
    if (ask) for (const service of participant.others) participant.tell(service, id, null, true);
    return false;
  }
  for (const succeeds of claims) {
    if (folder.successions.has(succeeds.predecessor)) continue;
    participant.setting.choosing(participant, id, succeeds);
    participant.write(id, [{ succeeds }]);
  }
  listAtRisk(participant, id);
  return true;
}

/** What loses its effect is told to the operator, never dropped in silence. */
function listAtRisk(participant: Participant, id: FolderId): void {
  const folder = participant.folder(id);
  for (const entry of folder.order) {
    const risk = participant.atRisk.find((one) => one.author === entry.author);
    const head = folder.successions.get(entry.author)?.head;
    const log = folder.logs.get(entry.author)!;
    if (risk !== undefined && (head == null || entry.seq > head.seq || log.entries[entry.seq - 1]?.hash !== entry.hash)) risk.named.add(entry.hash);
  }
}
