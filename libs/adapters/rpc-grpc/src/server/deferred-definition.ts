/** A definition whose messages are loaded by the first call: protobufjs takes longer to load than the hub has to be ready. */
import type { MethodDefinition } from './add-service.ts';

type Kind = 'unary' | 'serverStream' | 'bidi';

/** `load` gives the definition as proto-loader makes it. */
export function deferredDefinition(service: string, kinds: Readonly<Record<string, Kind>>, load: () => object): Readonly<Record<string, MethodDefinition>> {
  let loaded: Record<string, MethodDefinition> | undefined;
  const method = (name: string): MethodDefinition => {
    loaded ??= load() as Record<string, MethodDefinition>;
    const found = loaded[name];
    if (found === undefined) throw new RangeError(`${service} has no method ${name}`);
    return found;
  };
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, {
    path: `/${service}/${name}`,
    requestStream: kind === 'bidi',
    responseStream: kind !== 'unary',
    requestDeserialize: (bytes: Buffer) => method(name).requestDeserialize(bytes),
    responseSerialize: (message: unknown) => method(name).responseSerialize(message),
  }]));
}
