/** Every status that leaves the server has a reason: also those that grpc-js gives by itself, before or after a handler. */
import type { ServerInterceptor } from '@grpc/grpc-js';
import { status as grpcStatus } from '@grpc/grpc-js';
import { statusDetailsKey } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { shownError, statusOfError } from './status-of-error.ts';
import type { ErrorLog } from './status-of-error.ts';
import { malformed, tooLarge } from './undecoded.ts';

type PartialStatus = Parameters<Parameters<ServerInterceptor>[1]['sendStatus']>[0];

/**
 * grpc-js answers oversize, undecompressable and late calls on the innermost call, where no responder of an interceptor sees them. So the call's own
 * method is replaced; what is sent with details already, or is OK, passes as it is.
 */
export function withReasons(log: ErrorLog): ServerInterceptor {
  return (definition, call) => {
    const startedAt = Date.now();
    const send = call.sendStatus;
    call.sendStatus = function sendStatus(status: PartialStatus): void {
      const bare = status.code !== grpcStatus.OK && (status.metadata?.get(statusDetailsKey).length ?? 0) === 0;
      if (!bare) return send.call(call, status);
      const lateBy = Number(call.getDeadline()) - startedAt;
      send.call(call, statusOfError(errorOfStatus(status, definition.path, lateBy, log), 'vi'));
    };
    return call as ReturnType<ServerInterceptor>;
  };
}

/** What grpc-js means by a status of its own. */
function errorOfStatus(status: PartialStatus, method: string, deadlineMs: number, log: ErrorLog): HubError {
  const { code, details = '' } = status;
  if (code === grpcStatus.DEADLINE_EXCEEDED) return new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(deadlineMs) });
  if (code === grpcStatus.RESOURCE_EXHAUSTED && details.startsWith('Received')) return tooLarge(/\((\d+) vs/.exec(details)?.[1] ?? '?');
  const ofCaller = code === grpcStatus.UNIMPLEMENTED || details.startsWith('Failed to decompress') || details.startsWith('Invalid grpc-timeout');
  return ofCaller ? malformed(details) : shownError(new Error(`${code} ${details}`), method, log);
}
