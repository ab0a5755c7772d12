/** Where a server on this machine has its data and by which ports it is reached. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { serversScratch } from './scratch.ts';

/** `keeps`: what lies there stays when the server is stopped. */
export type ServerPlace = { readonly folder: string; readonly ports: readonly number[]; readonly keeps: boolean };

/** `directory`: of a server that is started again on its own data, at the ports that whoever was told them expects; absent: a new place, which ends with the server. Throws when the directory was made for another number of ports. */
export async function serverPlace(directory: string | undefined, prefix: string, ports: number): Promise<ServerPlace> {
  mkdirSync(directory ?? serversScratch, { recursive: true });
  if (directory === undefined) return { folder: mkdtempSync(join(serversScratch, prefix)), ports: await freePorts(ports), keeps: false };
  return { folder: directory, ports: await keptPorts(directory, ports), keeps: true };
}

async function keptPorts(folder: string, count: number): Promise<readonly number[]> {
  const file = join(folder, 'ports.json');
  if (!existsSync(file)) {
    const ports = await freePorts(count);
    writeFileSync(file, JSON.stringify(ports));
    return ports;
  }
  const ports = JSON.parse(readFileSync(file, 'utf8')) as readonly number[];
  if (ports.length !== count) throw new Error(`${folder} was made with ${ports.length} ports, not ${count}: start as many nodes as before, or remove the folder and with it the data`);
  return ports;
}
