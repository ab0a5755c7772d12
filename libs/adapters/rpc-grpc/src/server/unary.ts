/** One message in, one out: the hot path. */
import type { handleUnaryCall } from '@grpc/grpc-js';
import { HubError } from '@lienthong/kernel';
import type { Unary } from '@lienthong/kernel';
import { admit, failure } from './admission.ts';
import type { Gate } from './admission.ts';
import { Undecoded } from './undecoded.ts';

export function unaryHandler(method: string, handler: Unary<unknown, unknown>, gate: Gate): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    const { request } = call;
    const fail = (thrown: unknown): void => callback(failure(thrown, method, call, gate));
    if (request instanceof Undecoded) return fail(request.error);
    const admitted = admit(method, call, gate);
    if (admitted instanceof HubError) return fail(admitted);
    try {
      handler(request, admitted).then((reply) => callback(null, reply), (thrown: unknown) => fail(admitted.explained(thrown)));
    } catch (thrown) {
      fail(thrown);
    }
  };
}
