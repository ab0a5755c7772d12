/** Keys of services that run apart: one root, and a directory per service that its instances share. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openKeys } from '@lienthong/keys';

/**
 * Makes what is missing under `directory`. Each service gets its own private keys and everybody's certificates. The root's private key goes along, so that a service whose store was
 * put back can take a new incarnation by itself; a province that keeps the root off its machines deletes `root.pem` there and brings it when it is asked for.
 */
export function provisionKeys(directory: string, services: readonly string[]): void {
  const root = join(directory, 'root');
  const keys = openKeys(root);
  for (const service of services) if (!existsSync(join(directory, service))) keys.incarnationOf(service);
  for (const service of services) {
    const own = join(directory, service);
    if (existsSync(join(own, 'root.pub.pem'))) continue;
    for (const folder of ['certificates', 'private']) mkdirSync(join(own, folder), { recursive: true, mode: 0o700 });
    for (const name of readdirSync(join(root, 'certificates'))) copyFileSync(join(root, 'certificates', name), join(own, 'certificates', name));
    for (const name of readdirSync(join(root, 'private'))) if (name.startsWith(`${service}~`)) copyFileSync(join(root, 'private', name), join(own, 'private', name));
    for (const name of ['root.pem', 'root.pub.pem']) copyFileSync(join(root, name), join(own, name));
  }
}
