/** Appends without end on behalf of several services and prints every answer: a process to be killed. Arguments: path of the store, path of the marks. */
import { writeSync } from 'node:fs';
import { openSqlite } from '../src/index.ts';

const [path, marksPath] = process.argv.slice(2) as [string, string];
const services = ['intake', 'land', 'postal'];
const writersPerService = 8;

/** A test run that was itself killed leaves nobody at work: looked at so often, in milliseconds. */
const orphanLookMs = 1_000;
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.exit(1); }, orphanLookMs).unref();

const store = openSqlite({ path, marksPath });
for (const service of services) {
  const namespace = store.namespace(service);
  const incarnation = `${service}~00000000000000a1`;
  await namespace.setIncarnation(incarnation);
  for (let writer = 0; writer < writersPerService; writer++) void appendForEver(service, `folder-${writer}`, incarnation);
}

async function appendForEver(service: string, id: string, incarnation: string): Promise<never> {
  const namespace = store.namespace(service);
  for (let version = (await namespace.load(id))?.version ?? 0; ; version++) {
    const segment = Buffer.alloc(1500, `${service} ${id} ${version + 1};`);
    const result = await namespace.append({ id, expectedVersion: version, incarnation, segment, index: { last: [`${id}@${version + 1}`] }, wakeAt: null, unsettled: false });
    if (!result.ok) throw new Error(`conflict ${result.conflict}`);
    writeSync(1, `${service} ${id} ${result.version} ${result.commit}\n`);
  }
}
