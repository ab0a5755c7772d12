/** Ports of servers that are started again on their own data: whoever was told an address finds them there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';

/** The same `count` ports each time; throws when the folder was made for another number of them. */
export async function keptPorts(folder: string, count: number): Promise<readonly number[]> {
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
