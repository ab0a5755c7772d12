/** What intake, in a process of its own, says about the secret of a receipt. */
import { intake } from '@lienthong/contract';
import { grpcClient, hubErrorOf } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';

/** Bound of one question, in milliseconds: a person waits for a page. */
const checkMs = 5_000;

export type RemoteReceiptCheck = { check(proof: { readonly code: string; readonly secret: string }, peer: string): Promise<void>; close(): void };

/** `address`: where intake answers. The connection is opened with the first question. Throws TRACK_REFUSED, TOO_MANY_TRIES, and what says that intake does not answer. */
export function remoteReceiptCheck(address: string): RemoteReceiptCheck {
  let client: GrpcClient<typeof intake.IntakeService> | undefined;
  return {
    async check({ code, secret }, peer) {
      client ??= grpcClient(intake.IntakeService, address);
      await client.trackDossier({ code, proof: { $case: 'secret', value: secret } }, { askedFor: peer, deadlineMs: checkMs }).catch((error: unknown) => { throw hubErrorOf(error, 'intake', checkMs); });
    },
    close() { client?.close(); },
  };
}
