/** The contracts as data, for tests: built anew from the protos, with comments. Read by protobuf-es, an implementation other than the one under test. */
import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import type { DescFile, DescMessage, DescService, FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const protos = join(repository, 'proto');
const binaries = join(repository, 'node_modules', '.bin');
const environment = { ...process.env, PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}` };

/** Runs buf in the folder of the protos. */
export function buf(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(join(binaries, 'buf'), args, { cwd: protos, encoding: 'utf8', env: environment });
}

/** A directory that is gone after `use`. */
export function inTemporaryDirectory<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'lienthong-contract-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** All files with their comments. */
export function buildRegistry(): FileRegistry {
  return inTemporaryDirectory((directory) => {
    const file = join(directory, 'all.binpb');
    const built = buf('build', '--as-file-descriptor-set', '--output', file);
    if (built.status !== 0) throw new Error(built.stderr);
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(file)));
  });
}

/** The files of the hub, without what only stands beside them for other languages. */
export function ownFiles(registry: FileRegistry): DescFile[] {
  return [...registry.files].filter((file) => file.proto.package.startsWith('lienthong.') || file.proto.package === 'google.rpc');
}

export function services(registry: FileRegistry): DescService[] {
  return ownFiles(registry).flatMap((file) => file.services);
}

/** What travels as a whole: requests and responses of every RPC, and what is stored, signed and put on topics. */
export function topLevelMessages(registry: FileRegistry): DescMessage[] {
  const found = new Map<string, DescMessage>();
  for (const method of services(registry).flatMap((service) => service.methods)) for (const message of [method.input, method.output]) found.set(message.typeName, message);
  for (const name of ['lienthong.folder.v1.Entry', 'lienthong.folder.v1.SignedEntry', 'lienthong.folder.v1.FolderUpdate', 'google.rpc.Status', 'google.rpc.ErrorInfo', 'google.rpc.BadRequest', 'google.rpc.LocalizedMessage']) {
    const message = registry.getMessage(name);
    if (message === undefined) throw new Error(`no message ${name}`);
    found.set(name, message);
  }
  return [...found.values()].sort((a, b) => (a.typeName < b.typeName ? -1 : 1));
}
