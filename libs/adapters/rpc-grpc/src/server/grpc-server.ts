/** The services of one process behind one gRPC port. */
import { logVerbosity, Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { descriptorSetFile } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { Access, AnyRpcService } from '@lienthong/kernel';
import { answerWithinMs, askAfterMs, cutOffWithinMs, maxMessageBytes, maxStreamsPerConnection, stopGraceMs } from '../limits.ts';
import { addService, methodsOf, serviceNameOf } from './add-service.ts';
import type { Gate } from './admission.ts';
import { healthService } from './health-service.ts';
import type { Health } from './health-service.ts';
import { withReasons } from './reasons.ts';
import { reflectionServices } from './reflection-services.ts';
import type { ErrorLog } from './status-of-error.ts';
import { StreamPlaces } from './stream-places.ts';
import { answerUnknownMethods } from './unknown-methods.ts';

export type GrpcServerOptions = {
  readonly services: readonly AnyRpcService[];
  /** Asked before every call of `services`. Health and reflection are open to everybody. */
  readonly access: Access;
  /** 0: any free one. */
  readonly port: number;
  /** Address to listen at. Absent: 127.0.0.1. */
  readonly host?: string;
  readonly health: Health;
  readonly log: ErrorLog;
  /** How connections that were cut without a word are found. Absent: the limits. */
  readonly silence?: { readonly askAfterMs: number; readonly answerWithinMs: number };
};

export type GrpcServer = {
  /** Listens from now on; the answer is the port. Rejects with `ListenError`. */
  start(): Promise<number>;
  /** Takes no more calls, tells streams to end, waits for what is at work at most `graceMs`, then cuts it off. */
  stop(graceMs?: number): Promise<void>;
};

/** The port cannot be had; `cause` says why. */
export class ListenError extends Error {
  readonly host: string;
  readonly port: number;
  constructor(host: string, port: number, cause: Error) {
    super(`cannot listen at ${host}:${port}: ${cause.message}`, { cause });
    this.name = 'ListenError';
    this.host = host;
    this.port = port;
  }
}

/** Throws a RangeError when services and handlers do not match. */
export function grpcServer(options: GrpcServerOptions): GrpcServer {
  const { access, log, host = '127.0.0.1', silence = { askAfterMs, answerWithinMs } } = options;
  const streams: Gate['streams'] = new Set(), places = new StreamPlaces();
  // What grpc-js would write to standard error, a taken port above all, is answered to whoever asked.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.max_concurrent_streams': maxStreamsPerConnection,
    'grpc.keepalive_time_ms': silence.askAfterMs,
    'grpc.keepalive_timeout_ms': silence.answerWithinMs,
    'grpc.enable_channelz': 0,
    interceptors: [withReasons(log)],
  });
  answerUnknownMethods(server);
  for (const service of options.services) addService(server, service, { access, log, streams, places });
  const names = options.services.map(({ definition }) => serviceNameOf(Object.values(methodsOf(definition))[0]?.path ?? '/'));
  const open: Gate = { access: () => undefined, log, streams, places };
  for (const service of [healthService(options.health, names), ...reflectionServices(descriptorSetFile, [...names, 'grpc.health.v1.Health'])]) addService(server, service, open);
  let listening: string | undefined;
  return {
    start: () => new Promise((resolve, reject) => {
      server.bindAsync(`${host}:${options.port}`, ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) return reject(new ListenError(host, options.port, error));
        listening = `${host}:${port}`;
        resolve(port);
      });
    }),
    stop: (graceMs = stopGraceMs) => new Promise<void>((resolve) => {
      for (const call of streams) call.abort(new HubError('STOPPING', { service: serviceNameOf(call.method) }));
      // forceShutdown knows no sessions when channelz is off; drain does, and cuts them off after the grace.
      if (listening !== undefined) server.drain(listening, graceMs);
      // Of a connection that was just being cut off when it was told to close it hears nothing any more, and would wait for ever.
      const cutOff = setTimeout(resolve, graceMs + cutOffWithinMs);
      server.tryShutdown(() => { clearTimeout(cutOff); resolve(); });
    }),
  };
}
