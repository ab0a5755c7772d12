/** Registers the handlers of one service of the contracts. */
import type { Server } from '@grpc/grpc-js';
import type { AnyRpcService } from '@lienthong/kernel';
import type { Gate } from './admission.ts';
import { bidiStreamHandler, clientStreamHandler, serverStreamHandler } from './streams.ts';
import { unaryHandler } from './unary.ts';
import { orUndecoded } from './undecoded.ts';

/** What is needed of a method of a generated definition. */
export type MethodDefinition = {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  requestDeserialize(bytes: Buffer): unknown;
  responseSerialize(message: unknown): Buffer;
};

export function methodsOf(definition: object): Readonly<Record<string, MethodDefinition>> {
  return definition as Record<string, MethodDefinition>;
}

/** `lienthong.intake.v1.Intake` of `/lienthong.intake.v1.Intake/SubmitDossier`. */
export function serviceNameOf(path: string): string {
  return path.slice(1, path.lastIndexOf('/'));
}

/** Throws a RangeError for a method without handler, a handler without method, and a method that is there already. */
export function addService(server: Server, { definition, handlers }: AnyRpcService, gate: Gate): void {
  const methods = methodsOf(definition);
  for (const name of Object.keys(handlers)) if (methods[name] === undefined) throw new RangeError(`handler ${name} has no method`);
  for (const [name, method] of Object.entries(methods)) {
    const handler = handlers[name];
    if (handler === undefined) throw new RangeError(`${method.path} has no handler`);
    const added = server.register(method.path, bind(method, handler as never, gate) as never, method.responseSerialize, orUndecoded(method.requestDeserialize), kindOf(method));
    if (!added) throw new RangeError(`${method.path} has two handlers`);
  }
}

function kindOf(method: MethodDefinition): 'unary' | 'serverStream' | 'clientStream' | 'bidi' {
  if (method.requestStream) return method.responseStream ? 'bidi' : 'clientStream';
  return method.responseStream ? 'serverStream' : 'unary';
}

function bind(method: MethodDefinition, handler: never, gate: Gate): unknown {
  const makers = { unary: unaryHandler, serverStream: serverStreamHandler, clientStream: clientStreamHandler, bidi: bidiStreamHandler };
  return makers[kindOf(method)](method.path, handler, gate);
}
