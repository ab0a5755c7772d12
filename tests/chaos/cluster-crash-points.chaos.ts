/** Services on real Kafka and MongoDB die at named points, some of them each day, drawn by seed; those of the cluster's own adapters first. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clusterClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { MarkFile } from '@lienthong/marks';
import type { CrashPointName } from '@lienthong/kernel';
import { startCluster } from '@lienthong/operator/cluster/cluster';
import type { Cluster } from '@lienthong/operator/cluster/cluster';
import { chooseServers } from '@lienthong/testkit/servers/choose-servers';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { dockerMissing } from '@lienthong/testkit/servers/docker-available';
import { localKafkaMissing } from '@lienthong/testkit/servers/kafka-jars';
import { localMongoMissing } from '@lienthong/testkit/servers/local-mongo';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clusterReach } from './cluster-reach.ts';
import type { ClusterReach } from './cluster-reach.ts';
import { quiet } from './crash-walk.ts';
import { equalCopies } from './equal-copies.ts';
import { birthErrand, shopErrand } from './errands.ts';
import type { Errand } from './errands.ts';
import { recordingCalls } from './recorded-calls.ts';
import type { RecordedCall } from './recorded-calls.ts';
import { seededRandom } from './seeded-random.ts';

/** Points of the cluster's adapters, and of the rest, in one run at size 1. */
const ownPoints = 2, otherPoints = 2;
const startMs = 600_000, pointMs = 600_000, maxReachMs = 120_000;
/** Above all that a store has told. */
const farAhead = 1_000_000;

function drawn(): readonly CrashPointName[] {
  const random = seededRandom(inject('seed')), names = Object.keys(clusterReach) as CrashPointName[];
  const isOwn = (name: CrashPointName): boolean => /^(mongo|kafka)-/.test(name);
  const shuffled = names.map((name) => ({ name, at: random() })).sort((a, b) => a.at - b.at).map(({ name }) => name);
  return [...shuffled.filter(isOwn).slice(0, ownPoints * inject('size')), ...shuffled.filter((name) => !isOwn(name)).slice(0, otherPoints * inject('size'))];
}

const kafka = chooseServers(inject('servers'), 'Kafka', { docker: dockerMissing, local: localKafkaMissing });
const mongo = chooseServers(inject('servers'), 'MongoDB', { docker: dockerMissing, local: localMongoMissing });
const missing = [kafka, mongo].flatMap((one) => (typeof one === 'object' ? [one.skipped] : []));

describeWith(missing.length > 0 ? { skipped: missing.join('; ') } : {}, `crash points of a cluster, seed ${inject('seed')}`, () => {
  let directory: string, cluster: Cluster, client: HubClient;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lienthong-points-'));
    cluster = await startCluster({ directory, brokers: 1, instances: 1, pages: false });
    client = clusterClient(Object.fromEntries(cluster.addresses));
    await quiet(client);
  }, startMs);
  afterAll(async () => {
    client?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }, startMs);

  /** Starts one service armed; what is asked of the hub goes on asking after the service has died. */
  async function dieAt(service: string, point: string, begin: () => void): Promise<void> {
    const child = cluster.children.get(`${service}-1`)!;
    await child.stop();
    await child.start({ LIENTHONG_CRASH_AT: point }).catch(() => {});
    begin();
    for (const until = Date.now() + maxReachMs; child.running; await pause(20)) {
      if (Date.now() < until) continue;
      // Else it would die under the next point.
      await child.stop();
      await child.start();
      throw new Error(`${point} was not reached in ${maxReachMs} ms`);
    }
  }

  /** As if its store had been put back behind what it has told. */
  async function putBehind(service: string): Promise<void> {
    await cluster.children.get(`${service}-1`)!.stop();
    const marks = new MarkFile(join(directory, 'keys', service, 'marks', `${service}.1`)), before = marks.get(service)!;
    marks.raise(new Map([[service, { ...before, commit: before.commit + farAhead }]]));
    marks.close();
  }

  async function walk(point: CrashPointName, { service, from, by }: ClusterReach, hub: HubClient): Promise<readonly Errand[]> {
    const begun: Promise<Errand>[] = [];
    const begin = (): void => {
      const going = by === 'shop' ? shopErrand(hub) : birthErrand(hub, cluster.addresses.get('intake')!);
      going.catch(() => {});
      begun.push(going);
    };
    if (from === 'behind') await putBehind(service);
    // Of a batch that only one folder is in, a repeat that writes that folder first would leave nothing to fence off. This is the dossier's own; whoever repeats takes a code before.
    if (from === 'flying') await dieAt(service, 'mongo-laid-beside', begin);
    await dieAt(service, point, from === 'flying' ? () => {} : begin);
    await cluster.children.get(`${service}-1`)!.start();
    return Promise.all(begun);
  }

  test.each(drawn())('%s', { timeout: pointMs }, async (point) => {
    const calls: RecordedCall[] = [], hub = recordingCalls(client, calls);
    const errands = await walk(point, clusterReach[point]!, hub);
    await quiet(client);
    for (const { method, answer, repeat } of calls.slice()) expect([method, await repeat()]).toEqual([method, answer]);
    for (const { code } of errands) await equalCopies(client, code);
    process.stdout.write(`${point}: ${calls.length} commands answered and found again\n`);
  });
});
