/** Pages of what several folders hold together, e.g. charges of an office: in order of folder, several per folder. */
import { errorOfRefusal, unlessDamaged } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Dossier, FolderId } from '@lienthong/law';
import type { Host } from './host.ts';

export const defaultItemsPerPage = 50;
export const maxItemsPerPage = 200;

export type PageRequest = { readonly pageSize: number; readonly pageToken: string };
export type PageBounds = { readonly standard: number; readonly max: number };
export type ItemPage<T> = { readonly items: T[]; readonly nextPageToken: string };

const standardBounds: PageBounds = { standard: defaultItemsPerPage, max: maxItemsPerPage };

/** 0 means the standard size. Throws FIELD_INVALID. */
export function pageSizeOf(request: PageRequest, bounds: PageBounds = standardBounds): number {
  const size = request.pageSize === 0 ? bounds.standard : request.pageSize;
  if (!Number.isInteger(size) || size < 1 || size > bounds.max) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_size', problem: `1–${bounds.max}` }, 'page_size'));
  return size;
}

/** FIELD_INVALID for a page token that the list did not give. */
export function unknownToken(token: string): HubError {
  return errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_token', problem: token }, 'page_token'));
}

/** Page token of a list: it names the list, for a place in another one would pass over lines that nobody misses. */
export function listToken(list: string, place: string): string {
  return `${list}/${place}`;
}

/** The place that `listToken` gave; '' for the first page. Throws FIELD_INVALID for a token that is none of this list. */
export function placeIn(list: string, token: string): string {
  if (token !== '' && !token.startsWith(`${list}/`)) throw unknownToken(token);
  return token.slice(list.length + 1);
}

/** After which folder a list of folders goes on; undefined: from the start. Throws FIELD_INVALID for what that list did not give. */
export function folderAfter(list: string, token: string): FolderId | undefined {
  const folder = placeIn(list, token);
  if (token === '') return undefined;
  if (!/^[0-9a-f]{64}$/.test(folder)) throw unknownToken(token);
  return folder;
}

/** After which folder, and how many items of the next one were shown. */
const places = /^([0-9a-f]{64})?\+(\d{1,5})$/;

/** What `items` gives of the dossiers whose index has `value` under `field`. Throws FIELD_INVALID. */
export function pageOf<T>(host: Host, field: string, value: string, request: PageRequest, items: (dossier: Dossier, folder: FolderId) => readonly T[]): Promise<ItemPage<T>> {
  return pageOfFolders(host, field, value, request, async (folder) => await host.participant.view(folder, (view) => items(view.state.dossier, folder)).catch(unlessDamaged) ?? []);
}

/** As `pageOf`, of whatever the folders are. An item that is null is not shown and keeps the places of the others, so that what ends between two pages takes nothing with it. */
export async function pageOfFolders<T>(host: Host, field: string, value: string, request: PageRequest, items: (folder: FolderId) => Promise<readonly (T | null)[]>, bounds: PageBounds = standardBounds): Promise<ItemPage<T>> {
  const size = pageSizeOf(request, bounds), list = `${host.participant.service}.${field}`;
  const place = placeIn(list, request.pageToken), token = request.pageToken === '' ? ['', '', '0'] : places.exec(place);
  if (token === null) throw unknownToken(request.pageToken);
  let after: FolderId | undefined = token[1] || undefined;
  let skip = Number(token[2]);
  const page: T[] = [];
  for (;;) {
    const folders = await host.participant.find(field, value, size, after);
    for (const folder of folders) {
      for (const [n, item] of (await items(folder)).entries()) {
        if (item === null || n < skip) continue;
        if (page.length === size) return { items: page, nextPageToken: listToken(list, `${after ?? ''}+${n}`) };
        page.push(item);
      }
      skip = 0;
      after = folder;
    }
    if (folders.length < size) return { items: page, nextPageToken: '' };
    if (page.length === size) return { items: page, nextPageToken: listToken(list, `${after ?? ''}+0`) };
  }
}
