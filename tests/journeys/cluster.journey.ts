/** The production shape: real Kafka, a real server for MongoDB's driver, each service in its own process. Everything is killed at once in the middle, and nothing is lost. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterClient, journeyNames, runJourneys } from '@lienthong/journeys';
import type { HubClient, JourneyReport } from '@lienthong/journeys';
import { clusterMissing, startCluster } from '@lienthong/operator';
import type { Cluster } from '@lienthong/operator';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { chooseKafka } from '@lienthong/testkit/servers/start-kafka';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { equalCopies } from '../chaos/equal-copies.ts';

const startMs = 300_000, journeyMs = 600_000;
/** Journeys of one run: the first, which passes through most services, and some drawn by the seed. */
const drawn = 3;
/** The load is killed so long after it began, in milliseconds: at a moment drawn by the seed, well before it could end. */
const killAfterMs = 500 + inject('seed') % 2_000;

const missing = clusterMissing(inject('servers'));

describeWith(missing === undefined ? {} : { skipped: missing }, 'a cluster', () => {
  let directory: string, cluster: Cluster, hub: HubClient;
  const begin = async (): Promise<void> => {
    cluster = await startCluster({ directory, brokers: 1, instances: 1, servers: inject('servers'), keepsData: true });
    hub = clusterClient(Object.fromEntries(cluster.addresses));
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lienthong-cluster-'));
    await begin();
  }, startMs);
  afterAll(async () => {
    hub?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }, startMs);

  const names = journeyNames.filter((_, at) => at === 0 || (at + inject('seed')) % Math.floor(journeyNames.length / drawn) === 0);
  const walked = async (wanted: readonly string[]): Promise<readonly JourneyReport[]> => {
    const reports = await runJourneys(hub, wanted, () => {});
    expect(reports.map(({ name, problem }) => [name, problem])).toEqual(wanted.map((name) => [name, undefined]));
    return reports;
  };

  test(`journeys run through it: ${names.join(', ')}`, async () => {
    for (const { dossier } of await walked(names)) await equalCopies(hub, dossier);
  }, journeyMs);

  test('every process is killed at once, brokers and database too, and started again: what was begun ends, and all copies are equal', async () => {
    const running = walked(['land-transfer', 'birth-chain']);
    running.catch(() => {});
    await new Promise((resolve) => { setTimeout(resolve, killAfterMs); });
    await Promise.all([...cluster.children.values()].map((child) => child.kill()).concat(cluster.kafka.kill(1), cluster.mongo.kill()));
    await Promise.all([cluster.kafka.start(1), cluster.mongo.start()]);
    await Promise.all([...cluster.children.values()].map((child) => child.start()));
    for (const { dossier } of await running) await equalCopies(hub, dossier);
  }, journeyMs);

  // Containers end with their data.
  if (chooseKafka(inject('servers')) === 'local') test('what was stopped goes on with its data when it is started in the same place', async () => {
    const [before] = await walked(['land-transfer']);
    hub.close();
    await cluster.stop();
    await begin();
    await equalCopies(hub, before!.dossier);
    const { services } = await hub.operator.getStatus({});
    expect(services.map(({ service, atRisk }) => [service, atRisk])).toEqual(services.map(({ service }) => [service, undefined]));
    await walked(['land-transfer']);
  }, journeyMs);
});
