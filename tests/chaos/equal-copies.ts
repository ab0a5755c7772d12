/** Every service holds the same bytes of a dossier, once nothing is on its way. */
import { operator } from '@lienthong/contract';
import { settledCopies } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { expect } from 'vitest';

export async function equalCopies(hub: HubClient, code: string): Promise<void> {
  const answer = await settledCopies(() => hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code })));
  expect(answer.copies.map(({ service, digest, problem }) => [service, digest, problem])).toEqual(answer.copies.map(({ service }) => [service, answer.copies[0]!.digest, '']));
  expect(answer.equal).toBe(true);
}
