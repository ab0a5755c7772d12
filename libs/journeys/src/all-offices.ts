/** Every office in force on a day, page after page. */
import { reference } from '@lienthong/contract';
import type { GrpcClient } from '@lienthong/rpc-grpc';

/** More than a province has offices. */
const officesPerPage = 500, maxPages = 40;

/** `date`: YYYY-MM-DD; '' is today. */
export async function* allOffices(references: GrpcClient<typeof reference.ReferenceService>, date = ''): AsyncGenerator<reference.Office> {
  for (let pageToken = '', page = 0; page < maxPages; page++) {
    const { offices, nextPageToken } = await references.listOffices(reference.ListOfficesRequest.fromPartial({ date, pageSize: officesPerPage, pageToken }));
    yield* offices;
    if (nextPageToken === '') return;
    pageToken = nextPageToken;
  }
}
