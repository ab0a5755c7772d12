/** Server reflection (v1 and v1alpha) from the descriptor set of the contracts, over the same gate as every other service. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { AnyRpcService } from '@lienthong/kernel';
import { deferredDefinition } from './deferred-definition.ts';

type Implementation = { ServerReflectionInfo(stream: EventEmitter & { write(answer: unknown): void; end(): void }): void };
type Loaded = { readonly definition: object; readonly implementation: Implementation };

const require = createRequire(import.meta.url);
const method = 'ServerReflectionInfo';

/** `descriptorSet`: file with a google.protobuf.FileDescriptorSet. `names`: the services to list. */
export function reflectionServices(descriptorSet: URL, names: readonly string[]): readonly AnyRpcService[] {
  let loaded: Loaded[] | undefined;
  const load = (index: number): Loaded => {
    const found = (loaded ??= loadReflection(descriptorSet, names))[index];
    if (found === undefined) throw new RangeError('@grpc/reflection has changed');
    return found;
  };
  return ['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'].map((service, index) => ({
    definition: deferredDefinition(service, { [method]: 'bidi' }, () => load(index).definition),
    handlers: { [method]: (requests: AsyncIterable<unknown>) => answers(load(index).implementation, requests) },
  }));
}

/** The package takes a stream and answers each question at once. */
async function* answers(implementation: Implementation, questions: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const given: unknown[] = [];
  const stream = Object.assign(new EventEmitter(), { write: (answer: unknown) => { given.push(answer); }, end: () => {} });
  implementation.ServerReflectionInfo(stream);
  for await (const question of questions) {
    stream.emit('data', question);
    yield* given.splice(0);
  }
}

/** What the package would add to a server, v1 first. */
function loadReflection(descriptorSet: URL, names: readonly string[]): Loaded[] {
  const { ReflectionService } = require('@grpc/reflection') as typeof import('@grpc/reflection');
  const found: Loaded[] = [];
  const service = new ReflectionService({ contracts: { fileDescriptorProtos: filesOf(readFileSync(descriptorSet)) } } as never, { services: [...names] });
  service.addToServer({ addService: (definition: object, implementation: Implementation) => { found.push({ definition, implementation }); } } as never);
  return found;
}

/** The serialized FileDescriptorProtos of a FileDescriptorSet: its field 1. */
function filesOf(set: Uint8Array): Uint8Array[] {
  const reader = new BinaryReader(set);
  const files: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1) files.push(reader.bytes());
    else reader.skip(type, field);
  }
  return files;
}
