/** Calls of methods that no service has. */
import type { handleBidiStreamingCall, Server } from '@grpc/grpc-js';
import { HubError } from '@lienthong/kernel';
import { languageOf } from './caller-of.ts';
import { statusOfError } from './status-of-error.ts';

type Registered = { readonly func: unknown; readonly serialize: unknown; readonly deserialize: unknown; readonly type: string; readonly path: string };

/**
 * grpc-js has no hook for them, but looks every path up in one Map; this Map answers for all. Without it they would be UNIMPLEMENTED, too, but
 * without a reason.
 */
class AnyPath extends Map<string, Registered> {
  override get(path: string): Registered {
    return super.get(path) ?? { func: refuse(path), serialize: keep, deserialize: keep, type: 'bidi', path };
  }
}

const keep = (bytes: unknown): unknown => bytes;

function refuse(method: string): handleBidiStreamingCall<unknown, unknown> {
  return (call) => { call.emit('error', statusOfError(new HubError('UNKNOWN_METHOD', { method: method.slice(0, 200) }), languageOf(call.metadata))); };
}

/** To be called before any service is added. */
export function answerUnknownMethods(server: Server): void {
  (server as unknown as { handlers: Map<string, Registered> }).handlers = new AnyPath();
}
