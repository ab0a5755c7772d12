/** Keeps a server that is but a file: `keep-a-file.ts <file for the note> <pid of the run> <file>`. */
import { rmSync, writeFileSync } from 'node:fs';
import { keepServer } from '../src/servers/keep-server.ts';

const [, , note, runner, served] = process.argv;
type Served = { readonly serves: string; stop(): Promise<void> };
await keepServer<Served>(note!, Number(runner), async () => {
  if (served === '') return { skipped: 'no file was named' };
  writeFileSync(served!, 'open');
  return { serves: served!, stop: async () => { rmSync(served!); } };
}, ({ serves }) => ({ serves }));
