/** How folders' documents stood when they were last seen here, so that most writes need no read. What is remembered may be old: the write itself compares. */
import { Generations } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import { inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { absent } from './folder-write.ts';
import type { Standing } from './folder-write.ts';
import type { FolderDocument } from './stored-documents.ts';

/** Of more, those go that were not used lately. */
const maxRemembered = 20_000;

const fields = { version: 1, fence: 1, inline: 1, count: 1 } as const;

export class Standings {
  readonly #folders: Database['folders'];
  readonly #remembered = new Generations<FolderId, Standing>(maxRemembered);

  constructor(folders: Database['folders']) { this.#folders = folders; }

  async of(ids: readonly FolderId[]): Promise<Map<FolderId, Standing>> {
    const unknown = [...new Set(ids)].filter((id) => this.#remembered.use(id) === undefined);
    if (unknown.length > 0) await this.#look(unknown);
    return new Map(ids.map((id) => [id, this.#remembered.get(id) ?? absent]));
  }

  /** Undefined: there is no such document. */
  saw(id: FolderId, found: Pick<FolderDocument, 'version' | 'fence' | 'inline' | 'count'> | undefined): void {
    this.note(id, found === undefined ? absent : { exists: true, version: found.version, fence: found.fence, inline: found.inline, count: found.count });
  }

  /** Answers overtake each other: an older one is passed over. */
  note(id: FolderId, standing: Standing): void {
    const before = this.#remembered.get(id);
    if (before && (standing.version < before.version || (standing.version === before.version && standing.fence < before.fence))) return;
    this.#remembered.set(id, standing);
  }

  forget(ids: Iterable<FolderId>): void { for (const id of ids) this.#remembered.delete(id); }

  forgetAll(): void { this.#remembered.clear(); }

  async #look(ids: readonly FolderId[]): Promise<void> {
    const found = await this.#folders.find({ _id: { $in: [...ids] } }, { projection: fields, ...inTime }).toArray();
    const byId = new Map(found.map((one) => [one._id, one]));
    for (const id of ids) this.saw(id, byId.get(id));
  }
}
