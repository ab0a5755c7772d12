/** What waits at the desk for money that is for no charge, page after page. */
import { payments } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';

/** The most that a page has. */
const rowsPerPage = 500;

/** `pageSize`: rows that are asked for at once. */
export async function* moneyAside({ payments: desk }: HubClient, { office, rehearsal, pageSize = rowsPerPage }: { readonly office: string; readonly rehearsal: boolean; readonly pageSize?: number }): AsyncGenerator<payments.MoneyAside> {
  for (let pageToken = ''; ;) {
    const page = await desk.listMoney(payments.ListMoneyRequest.fromPartial({ rehearsal, pageSize, pageToken }), { office });
    yield* page.money;
    if (page.nextPageToken === '') return;
    pageToken = page.nextPageToken;
  }
}
