/** Databases of services on real Kafka and MongoDB are dropped: registers come back from whoever keeps their records, and a service goes on without one that is gone when an operator says so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { business, operator } from '@lienthong/contract';
import { clusterClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { clusterMissing } from '@lienthong/operator';
import { startCluster } from '@lienthong/operator/cluster/cluster';
import type { Cluster } from '@lienthong/operator/cluster/cluster';
import { loseDatabase } from '@lienthong/operator/cluster/lose-database';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { quiet } from './crash-walk.ts';
import { equalCopies } from './equal-copies.ts';
import { birthErrand, shopErrand } from './errands.ts';

const startMs = 600_000, testMs = 900_000, maxWaitMs = 300_000, lookEveryMs = 500;
const registrar = 'business-20410-202507', area = '20410@2025-07-01', pageSize = 50;

const missing = clusterMissing(inject('servers'));

describeWith(missing === undefined ? {} : { skipped: missing }, 'registers of a cluster', () => {
  let directory: string, cluster: Cluster, hub: HubClient;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lienthong-registers-'));
    cluster = await startCluster({ directory, brokers: 1, instances: 1, pages: false, servers: inject('servers') });
    hub = clusterClient(Object.fromEntries(cluster.addresses));
    await quiet(hub);
  }, startMs);
  afterAll(async () => {
    hub?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }, startMs);

  const child = (service: string) => cluster.children.get(`${service}-1`)!;

  async function statusOf(service: string): Promise<operator.ServiceStatus> {
    return (await hub.operator.getStatus({})).services.find((one) => one.service === service)!;
  }

  /** Until the service says so of itself. */
  async function until(service: string, what: string, holds: (status: operator.ServiceStatus) => boolean): Promise<operator.ServiceStatus> {
    for (const end = Date.now() + maxWaitMs; ; await pause(lookEveryMs)) {
      const status = await statusOf(service);
      if (holds(status)) return status;
      if (Date.now() > end) throw new Error(`${service} is never ${what}: ${JSON.stringify(operator.ServiceStatus.toJSON(status))}`);
    }
  }

  async function businesses(): Promise<readonly object[]> {
    const { businesses: found } = await hub.business.listBusinesses(business.ListBusinessesRequest.fromPartial({ area, pageSize }), { office: registrar });
    return found.map((one) => business.Business.toJSON(one) as object);
  }

  /** What the register says as soon as it says anything: never less than all. */
  async function firstAnswer(): Promise<readonly object[]> {
    for (const end = Date.now() + maxWaitMs; ; await pause(lookEveryMs)) {
      const answer = await businesses().catch((error: unknown) => { if (Date.now() > end) throw error; return undefined; });
      if (answer !== undefined) return answer;
    }
  }

  test('come back when their databases were dropped, and give no number twice', { timeout: testMs }, async () => {
    const errands = [await shopErrand(hub), await shopErrand(hub)];
    await quiet(hub);
    const before = await businesses();
    expect(before).toHaveLength(errands.length);
    for (const service of ['business-registration', 'payments'] as const) await loseDatabase(cluster, service);
    for (const service of ['business-registration', 'payments']) await child(service).start();
    expect(await firstAnswer()).toEqual(before);
    await until('payments', 'whole', ({ state, succession }) => state === operator.ServiceState.READY && succession?.rebuilding === false);
    const status = await until('business-registration', 'whole', ({ state, succession }) => state === operator.ServiceState.READY && succession?.rebuilding === false);
    expect(status.succession!.predecessors).toHaveLength(1);
    // Names, fees and receipts go on where they were.
    errands.push(await shopErrand(hub));
    await quiet(hub);
    expect(await businesses()).toHaveLength(errands.length);
    for (const { code } of errands) await equalCopies(hub, code);
  });

  test('a service that waits for one that is gone goes on when it is told to', { timeout: testMs }, async () => {
    await child('postal').stop();
    await loseDatabase(cluster, 'general-agency');
    // It says that it is ready when it answers peers, not when it may write.
    await child('general-agency').start();
    await until('general-agency', 'waiting', ({ waitsFor }) => waitsFor.length === 1 && waitsFor[0] === 'postal');
    const order = operator.ForceSuccessionRequest.fromPartial({ requestId: 'force-1', service: 'general-agency', without: ['postal'], reason: 'máy hỏng' });
    await expect(hub.operator.forceSuccession({ ...order, requestId: 'force-2', without: ['land'] })).rejects.toMatchObject({ reason: 'FORCE_NOT_WAITED' });
    expect((await hub.operator.forceSuccession(order)).force).toMatchObject({ without: ['postal'], reason: 'máy hỏng' });
    await until('general-agency', 'ready', ({ state, succession }) => state === operator.ServiceState.READY && succession?.goesOnWithout[0] === 'postal');
    const { code } = await birthErrand(hub, cluster.addresses.get('intake')!);
    await child('postal').start();
    const back = await until('general-agency', 'on good terms with all', ({ succession }) => succession?.goesOnWithout.length === 0);
    expect(back.succession!.voided).toEqual([]);
    await quiet(hub);
    await equalCopies(hub, code);
  });
});
