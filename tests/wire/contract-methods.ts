/** Every method of every service, read from the descriptor set alone: what a client in another language would see. */
import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import * as contract from '@lienthong/contract';

export type ContractMethod = { readonly path: string; readonly service: string; readonly requestStream: boolean; readonly responseStream: boolean };

export const contractMethods: readonly ContractMethod[] = fromBinary(FileDescriptorSetSchema, readFileSync(contract.descriptorSetFile)).file.flatMap((file) =>
  file.service.flatMap((service) => service.method.map((method) => ({
    path: `/${file.package}.${service.name}/${method.name}`, service: `${file.package}.${service.name}`,
    requestStream: method.clientStreaming, responseStream: method.serverStreaming,
  }))));

/** The generated definitions, as a server registers them. */
export const definitions: readonly Readonly<Record<string, { readonly path: string }>>[] = Object.values(contract)
  .filter((area) => typeof area === 'object' && !(area instanceof URL))
  .flatMap((area) => Object.entries(area).filter(([name]) => name.endsWith('Service')).map(([, definition]) => definition as Record<string, { path: string }>));
