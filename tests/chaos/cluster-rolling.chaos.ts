/** Two instances of each service that people call are restarted one after the other: who follows the documented policy over both addresses sees no error. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clusterClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { clusterMissing } from '@lienthong/operator';
import { startCluster } from '@lienthong/operator/cluster/cluster';
import type { Cluster } from '@lienthong/operator/cluster/cluster';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { finishBirth, submitBirth } from './birth.ts';
import { quiet } from './crash-walk.ts';
import { equalCopies } from './equal-copies.ts';
import { watchedCalls } from './watched-calls.ts';

const services = ['intake', 'general-agency'] as const, restarted = services.flatMap((service) => [`${service}-1`, `${service}-2`]);
/** Of one call: a busy machine is no error of the hub. */
const deadlineMs = 120_000;
const walkers = 3, birthsBetween = 2, lookEveryMs = 50;
const startMs = 600_000, testMs = 1_200_000;
/** What an office answers that has not heard of a dossier yet; with or without restarts. */
const notYetHeard: ReadonlySet<string> = new Set(['UNKNOWN_DOSSIER', 'UNKNOWN_ITEM', 'UNKNOWN_LEG', 'NOT_READY', 'BLOCKED']);

const missing = clusterMissing(inject('servers'));

describeWith(missing === undefined ? {} : { skipped: missing }, 'a rolling restart', () => {
  let directory: string, cluster: Cluster, hub: HubClient;
  const errors: string[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lienthong-rolling-'));
    cluster = await startCluster({ directory, brokers: 1, instances: 1, spare: services, pages: false, servers: inject('servers') });
    for (const service of services) await cluster.children.get(`${service}-2`)!.start();
    hub = watchedCalls(clusterClient(Object.fromEntries(cluster.addresses)), deadlineMs, (method, error) => {
      if (!notYetHeard.has(error.reason)) errors.push(`${method}: ${error.status} ${error.reason} ${error.english}`);
    });
    await quiet(hub);
  }, startMs);
  afterAll(async () => {
    hub?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }, startMs);

  test('of one instance after the other is seen by nobody, and each ends as it should', { timeout: testMs }, async () => {
    const codes: string[] = [];
    let going = true;
    const walk = async (): Promise<void> => {
      while (going) {
        const { walk: birth, answer } = await submitBirth(hub, uniqueData(), { rehearsal: false });
        await finishBirth(birth);
        codes.push(answer.code);
      }
    };
    const walking = Promise.all(Array.from({ length: walkers }, walk));
    walking.catch(() => {});
    const more = async (): Promise<void> => { for (const until = codes.length + birthsBetween; codes.length < until;) await Promise.race([walking, pause(lookEveryMs)]); };
    await more();
    for (const name of restarted) {
      const child = cluster.children.get(name)!;
      await child.stop();
      await more();
      await child.start();
      await more();
    }
    going = false;
    await walking;
    expect(errors).toEqual([]);
    for (const name of restarted) expect(readFileSync(join(directory, 'logs', `${name}.log`), 'utf8'), name).toContain('"clean":true');
    await quiet(hub);
    for (const code of codes) await equalCopies(hub, code);
    process.stdout.write(`${restarted.length} instances restarted, ${codes.length} births meanwhile\n`);
  });
});
