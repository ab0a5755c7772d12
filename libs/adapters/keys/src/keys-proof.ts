/** Shows that somebody may read the private keys of a directory, without showing them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** 32 bytes that follow from the private keys held in `directory`; they change with every new incarnation. Throws what the file system says where the keys cannot be read. */
export function keysProof(directory: string): Buffer {
  const held = join(directory, 'private'), hash = createHash('sha256').update('lienthong keys proof');
  for (const name of readdirSync(held).filter((file) => file.endsWith('.pem')).sort()) hash.update(`\n${name}\n`).update(readFileSync(join(held, name)));
  return hash.digest();
}
