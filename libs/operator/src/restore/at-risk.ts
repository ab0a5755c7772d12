/** What the hub had answered for after the backup was taken, as far as the marks beside the keys and the replaced store can tell. */
import type { ServiceInBackup } from '@lienthong/backup';
import { furthest } from '@lienthong/kernel';
import type { Mark } from '@lienthong/kernel';
import { foldersChangedIn } from '@lienthong/store-sqlite';
import type { Marks } from '@lienthong/store-sqlite';

export type FolderAtRisk = { readonly folder: string; /** '' when it is no dossier, or not known. */ readonly code: string };
export type ServiceAtRisk = {
  readonly service: string;
  /** Last commit in the backup. */
  readonly from_commit: number;
  /** Last commit that was answered for; null: nobody knows, the marks are lost. */
  readonly to_commit: number | null;
  /** Folders that got entries in between, if the replaced store could be read; at most `maxFoldersAtRisk`. */
  readonly folders: readonly FolderAtRisk[];
  readonly more: boolean;
};

export const maxFoldersAtRisk = 1_000;

/** The mark of a service, unless it is older than the backup itself: then it came from an old copy of the keys and says nothing. */
export function markOf(marks: Marks, { service, incarnation, commit }: ServiceInBackup): Mark | undefined {
  const mark = marks.get(service);
  return mark?.incarnation === incarnation && mark.commit < commit ? undefined : mark;
}

/** `replaced`: files of the stores that the backup takes the place of, as far as they can be read. Services of which nothing is at risk are left out. */
export function atRiskOf(backup: readonly ServiceInBackup[], marks: Marks, replaced: readonly string[]): readonly ServiceAtRisk[] {
  const inBackup = new Map(backup.map((one) => [one.service, one]));
  const services = [...new Set([...inBackup.keys(), ...marks.keys()])].sort();
  return services.flatMap((service) => {
    const one = inBackup.get(service) ?? { service, incarnation: null, commit: 0 };
    const { incarnation, commit } = one, mark = markOf(marks, one);
    if (mark === undefined ? incarnation === null : mark.incarnation === incarnation && mark.commit <= commit) return [];
    const changed = replaced.flatMap((path) => foldersChangedIn(path, service, commit, 'code', maxFoldersAtRisk + 1));
    const folders = [...new Map(changed.map((folder) => [folder.id, folder])).values()];
    return [{
      service, from_commit: commit, to_commit: mark === undefined ? null : furthest(mark), more: folders.length > maxFoldersAtRisk,
      folders: folders.slice(0, maxFoldersAtRisk).map(({ id, value }) => ({ folder: id, code: value })),
    }];
  });
}
