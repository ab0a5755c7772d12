/** Open dossiers of a hub, page by page. A hub that moves thousands of them answers late: a page that took too long is asked for again, for asking costs nothing but time. */
import { operator } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import type { OpenItem } from '@lienthong/reference-data';
import { CallError } from '@lienthong/rpc-grpc';
import { isUnreached } from '../explain-failure.ts';

/** Small pages: whoever calls meanwhile waits behind one. */
const dossiersPerPage = 200;
/** Of one page, in milliseconds, and how often it is asked for. */
const pageMs = 60_000;
export const maxPageTries = 5;

export type OpenPage = { readonly items: readonly OpenItem[]; /** '': it is the last. */ readonly next: string };

/** Rejects at once when no hub is there. */
export async function openPage({ operator: hub }: Pick<HubClient, 'operator'>, pageToken: string): Promise<OpenPage> {
  const request = operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageSize: dossiersPerPage, pageToken });
  for (let tries = 1; ; tries++) {
    try {
      const { dossiers, nextPageToken } = await hub.listOpenDossiers(request, { deadlineMs: pageMs });
      return { items: dossiers, next: nextPageToken };
    } catch (error) {
      if (!(error instanceof CallError) || !error.retryable || isUnreached(error) || tries === maxPageTries) throw error;
    }
  }
}

export async function* openItems(hub: Pick<HubClient, 'operator'>): AsyncGenerator<OpenItem> {
  for (let pageToken = ''; ;) {
    const { items, next } = await openPage(hub, pageToken);
    yield* items;
    if (next === '') return;
    pageToken = next;
  }
}
