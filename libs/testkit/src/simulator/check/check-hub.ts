/** The checker of simulated and real runs: what must hold of all copies once everything has healed. */
import type { FolderId } from '@lienthong/folder';
import { checkCommands, checkRequests } from './check-commands.ts';
import { checkCopies } from './check-copies.ts';
import { checkHolders, checkItems } from './check-items.ts';
import { checkItinerary } from './check-itinerary.ts';
import { checkLogs } from './check-logs.ts';
import { checkOnce, checkOutside, checkRegisters } from './check-once.ts';
import { checkTime } from './check-time.ts';
import { checkVoided } from './check-voided.ts';
import type { Evidence, ShownCopy } from './evidence.ts';
import { asFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { judgeFolder } from './judged-folder.ts';
import type { JudgedFolder } from './judged-folder.ts';

/** Each text is one violation. */
export const checkHub = (evidence: Evidence): readonly string[] => findFaults(evidence).map(({ what }) => what);

export function findFaults(evidence: Evidence): readonly Finding[] {
  const byFolder = new Map<FolderId, ShownCopy[]>();
  for (const copy of evidence.copies) {
    const others = byFolder.get(copy.folder);
    if (others === undefined) byFolder.set(copy.folder, [copy]);
    else others.push(copy);
  }
  const folders = new Map<FolderId, JudgedFolder>();
  for (const [id, copies] of byFolder) if (copies.some((copy) => copy.entries.length > 0)) folders.set(id, judgeFolder(evidence, id, copies));
  const each = [...folders.values()].flatMap((judged) => [
    ...checkLogs(judged), ...checkCopies(evidence, judged), ...asFindings('duplicated', [...checkItems(judged), ...checkOnce(judged), ...checkRequests(judged)]), ...asFindings('reordered', checkItinerary(evidence, judged)),
    ...asFindings('diverged', checkTime(evidence, judged)), ...asFindings('stuck', [...checkHolders(evidence, judged), ...checkClosed(evidence, judged)]),
  ]);
  const unlisted = asFindings('lost', [...folders.values()].flatMap((judged) => checkVoided(evidence, judged)));
  return [...each, ...unlisted, ...asFindings('lost', checkCommands(evidence, folders)), ...asFindings('duplicated', checkOutside(evidence)), ...checkRegisters(evidence, folders.values())];
}

/** Where everybody has done what was asked of them, no dossier is left. */
function checkClosed({ bereft }: Evidence, { id, dossier }: JudgedFolder): readonly string[] {
  return bereft?.has(id) === true || dossier.root === null || dossier.root.closed !== null ? [] : [`${id.slice(0, 8)}: the dossier (${dossier.root.body.procedure}) does not end`];
}
