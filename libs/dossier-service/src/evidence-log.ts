/**
 * Who read a record, when and why. The log stands beside the record in pages of its own folders, so that reading never uses up the entries that changes need.
 * Purpose and ground are free text: they stand beside the entries.
 */
import { itemId } from '@lienthong/folder';
import { HubError } from '@lienthong/kernel';
import type { By, FolderId, ServiceName } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import { commitTo } from './particulars.ts';
import type { RecordBodies } from './record.ts';
import { ownRequest, writeRecord } from './register-records.ts';

export type Read = { readonly fact: string; readonly version: number; readonly by: By; readonly service: ServiceName; readonly code: string; readonly for?: FolderId; readonly why: { readonly purpose: string; readonly ground: string } };

/** Reads in one folder; its author may write 256 entries, some of them kept for other ends. */
export const readsPerPage = 200;
/** Pages of one record: 200,000 reads. */
export const maxReadPages = 1_000;
/** Field by which the pages of a record are found. */
const pagesField = 'reads-of';

/** Durable when it answers. */
export async function recordRead(host: Host, register: string, record: FolderId, read: Read): Promise<void> {
  const pages = await readPages(host, record);
  for (let page = Math.max(0, pages.length - 1); page < maxReadPages; page++) {
    if (await writeRead(host, register, record, page, read)) return;
  }
  throw new HubError('FOLDER_FULL', { folder: record, limit: String(maxReadPages * readsPerPage) });
}

/** Folders of the log of one record. */
export async function readPages(host: Host, record: FolderId): Promise<readonly FolderId[]> {
  assertWhole(host);
  return host.participant.find(pagesField, record, maxReadPages);
}

/** False: the page is full. */
async function writeRead(host: Host, register: string, record: FolderId, page: number, { why, ...read }: Read): Promise<boolean> {
  const folder = host.world.hash(new TextEncoder().encode(`reads|${record}|${page}`));
  const { commitment, aside } = commitTo('why', why, host.world);
  const body: RecordBodies['record-read'] = { ...read, why: commitment };
  let written = true;
  await writeRecord(host, folder, ownRequest(host), (log, view) => {
    written = log === null || log.reads.length < readsPerPage;
    if (!written) return { drafts: [] };
    if (log !== null) return { drafts: [{ item: log.item, kind: 'record-read', body }], asides: [aside] };
    const opened: RecordBodies['record-opened'] = { type: `reads:${register}`, facts: { part: 'facts', commitment: '' }, keys: { [pagesField]: [record] } };
    return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: opened }, { item: itemId(view.author, view.nextSeq, 0), kind: 'record-read', body }], asides: [aside] };
  });
  return written;
}
