/** Every service holds the same bytes of a dossier, once nothing is on its way. */
import { operator } from '@lienthong/contract';
import { maxSettleMs } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { expect } from 'vitest';

export async function equalCopies(hub: HubClient, code: string): Promise<void> {
  const end = Date.now() + maxSettleMs;
  for (;;) {
    const answer = await hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code }));
    if (answer.equal || Date.now() > end) {
      expect(answer.copies.map(({ service, digest, problem }) => [service, digest, problem])).toEqual(answer.copies.map(({ service }) => [service, answer.copies[0]!.digest, '']));
      expect(answer.equal).toBe(true);
      return;
    }
    await new Promise((again) => { setTimeout(again, 50); });
  }
}
