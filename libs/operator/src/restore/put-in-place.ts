/** Moves what a backup held into a data directory. Whatever moment it is cut off at, the hub starts on a whole store, or says which file is not. */
import { constants, existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `-wal` and `-shm` belong to the file they lie beside and must never meet another one. */
const besides = ['-wal', '-shm'];

/** The store at `path` is kept in the directory `aside`, and `staged` takes its place. */
export async function replaceStore(path: string, staged: string, aside: string): Promise<void> {
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const ending of besides) if (existsSync(path + ending)) await rename(path + ending, join(aside, `hub.db${ending}`));
  if (existsSync(path)) await link(path, join(aside, 'hub.db'));
  await flush(aside);
  await rename(staged, path);
  await flush(dirname(path));
}

/** Documents are named for their digests: those that are there already stay. Answers how many were added. */
export async function addDocuments(staged: string, into: string): Promise<number> {
  let added = 0;
  for (const first of existsSync(staged) ? await readdir(staged) : []) {
    const folder = join(into, first);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const digest of await readdir(join(staged, first))) {
      if (existsSync(join(folder, digest))) continue;
      await rename(join(staged, first, digest), join(folder, digest));
      added++;
    }
    await flush(folder);
  }
  return added;
}

/** Where no keys are. The public half of the root comes last: until then the directory counts as one without keys. */
export async function putKeys(staged: string, into: string): Promise<void> {
  const files = (await readdir(staged, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(staged.length + 1));
  for (const file of files.sort((a, b) => Number(a === 'root.pub.pem') - Number(b === 'root.pub.pem'))) {
    const to = join(into, file);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await copyFile(join(staged, file), to, constants.COPYFILE_EXCL);
    await flush(to);
    await flush(dirname(to));
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try { await handle.sync(); } finally { await handle.close(); }
}
