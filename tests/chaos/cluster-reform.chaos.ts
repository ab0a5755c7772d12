/** A reform on the production shape: each holder re-homes its own items, one of them dies while it does, new dossiers arrive meanwhile, and every dossier ends at an office of after. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { agency, operator } from '@lienthong/contract';
import { clusterClient, uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { localDate } from '@lienthong/law';
import { clusterMissing } from '@lienthong/operator';
import { gatherEvidence } from '@lienthong/operator/chaos/check/gather-evidence';
import { entryOf, showStore } from '@lienthong/operator/chaos/check/shown-store';
import type { ShownStore } from '@lienthong/operator/chaos/check/shown-store';
import { Journal } from '@lienthong/operator/chaos/journal';
import { startCluster } from '@lienthong/operator/cluster/cluster';
import type { Cluster } from '@lienthong/operator/cluster/cluster';
import { clusterServices } from '@lienthong/operator/cluster/cluster-layout';
import { writeState } from '@lienthong/operator/cluster/cluster-state';
import { environmentForChildren } from '@lienthong/runtime';
import { findFaults } from '@lienthong/testkit/simulator';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { quiet } from './crash-walk.ts';
import { payFee } from './errands.ts';
import { handIn, oldProvince, splitCommune } from './old-province.ts';
import type { HandedIn, Matter, OldProvince } from './old-province.ts';
import { runLienthong } from './run-lienthong.ts';
import type { Ended } from './run-lienthong.ts';
import { seededRandom } from './seeded-random.ts';
import { watchedCalls } from './watched-calls.ts';

/** Open dossiers when the reform comes; every fourth is of a household business, whose office served many communes. */
const dossiers = 16 * inject('size');
/** People at work side by side. */
const hands = 4;
const startMs = 600_000, testMs = 1_200_000, deadlineMs = 120_000, maxReachMs = 120_000, lookEveryMs = 50;

/** Who dies, at its how-manieth look at a folder, before or after it wrote what it owes. */
const random = seededRandom(inject('seed')), pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
const victim = pick(['intake', 'general-agency', 'business-registration']), point = `${pick(['woken-unwritten', 'woken-written'])}:${pick([1, 2, 3])}`;

const missing = clusterMissing(inject('servers'));

describeWith(missing === undefined ? {} : { skipped: missing }, 'a reform on a cluster', () => {
  let root: string, directory: string, province: OldProvince, cluster: Cluster, hub: HubClient;
  const today = localDate(Date.now());
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lienthong-reform-'));
    directory = join(root, 'cluster');
    province = await oldProvince(directory, today);
    await writeFile(join(root, 'reform.json'), JSON.stringify(province.reform));
    cluster = await startCluster({ directory, brokers: 1, instances: 1, pages: false, servers: inject('servers') });
    writeState({ keeper: process.pid, directory, ...cluster.servers, addresses: Object.fromEntries(cluster.addresses), processes: [] });
    hub = watchedCalls(clusterClient(Object.fromEntries(cluster.addresses)), deadlineMs, () => {});
    await quiet(hub);
  }, startMs);
  afterAll(async () => {
    hub?.close();
    await cluster?.stop();
    await rm(root, { recursive: true, force: true });
  }, startMs);

  const apply = (...more: readonly string[]): Promise<Ended> => runLienthong({ ...environmentForChildren(), LIENTHONG_DATA_DIR: root }, ['reform', 'apply', '--file', join(root, 'reform.json'), '--json', '--target', 'cluster', ...more]);

  async function sideBySide<A, T>(all: readonly A[], one: (of: A) => Promise<T>): Promise<T[]> {
    const left = [...all.entries()], done: T[] = [];
    await Promise.all(Array.from({ length: hands }, async () => { for (let next = left.shift(); next !== undefined; next = left.shift()) done[next[0]] = await one(next[1]); }));
    return done;
  }

  const matterOf = (n: number): Matter => (n % 4 === 3 ? 'business' : 'birth');
  /** The split commune comes up again and again, with an address that tells the part, and without. */
  const handInOne = (n: number): Promise<HandedIn> => handIn(hub, province, n % 8 === 0 ? splitCommune : province.communes[(n * 7) % province.communes.length]!, n % 16 === 0, matterOf(n));

  async function armed(): Promise<void> {
    const child = cluster.children.get(`${victim}-1`)!;
    await child.stop();
    await child.start({ LIENTHONG_CRASH_AT: point });
    await quiet(hub);
  }

  async function died(): Promise<void> {
    for (const end = Date.now() + maxReachMs; cluster.children.get(`${victim}-1`)!.running; await pause(lookEveryMs)) if (Date.now() > end) throw new Error(`${victim} did not come to ${point}`);
  }

  async function openNow(): Promise<ReadonlyMap<string, operator.OpenDossier>> {
    const { dossiers: found } = await hub.operator.listOpenDossiers(operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageSize: 1_000 }));
    return new Map(found.map((one) => [one.code, one]));
  }

  /** From where the reform has put it to its end. Answers when it is due, as it was told before. */
  async function finish(one: HandedIn, { counter, legs }: operator.OpenDossier): Promise<void> {
    const walk = Object.assign(new Walk('after', hub, uniqueData(), () => {}), { code: one.code, folder: one.folder, counter });
    if (one.matter === 'birth') expect((await walk.look()).status!.dueTime!.getTime()).toBe(one.due);
    else await payFee(walk);
    for (const leg of legs) await walk.complete(leg.name);
    await walk.returnResult(counter);
    await walk.closed();
  }

  test(`${victim} dies at ${point} of it: every item is with its successor once, nobody is asked again, and every dossier ends`, { timeout: testMs }, async () => {
    const before = await sideBySide(Array.from({ length: dossiers }, (_, n) => n), handInOne);
    await quiet(hub);
    await armed();
    const arrivals: HandedIn[] = [];
    let over = false;
    const arriving = (async () => { for (let n = 1; !over; n++) arrivals.push(await handInOne(n)); })();
    arriving.catch(() => {});
    expect(await apply('--no-wait')).toMatchObject({ code: 0, stderr: '' });
    await died();
    const early = arrivals.length;
    await cluster.children.get(`${victim}-1`)!.start();
    const applied = await apply();
    over = true;
    await arriving;
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(applied.stdout)).toMatchObject({ published: 'before', taken: true, remaining: 0 });
    await quiet(hub);

    const all = [...before, ...arrivals], now = await openNow();
    expect([...now.keys()].sort()).toEqual(all.map((one) => one.code).sort());
    // Who came when the counter of before had ended handed in at its successor, where nothing is split.
    const asked = all.filter((one) => one.commune === splitCommune && !one.told && one.counter.endsWith('-202501'));
    // One whose part was found, and whose holder is about to move it, may still be named among them.
    const named = (JSON.parse(applied.stdout) as { asked: string[] }).asked, told = all.filter((one) => one.commune === splitCommune && one.told);
    expect(named.filter((code) => !told.some((one) => one.code === code)).sort()).toEqual(asked.map((one) => one.code).sort());
    for (const one of all.filter((each) => !asked.includes(each))) expect([one.code, now.get(one.code)?.legs.filter((leg) => province.after.office(leg.office)?.validTo !== null)]).toEqual([one.code, []]);
    for (const one of all.filter((each) => each.commune !== splitCommune)) expect([one.code, now.get(one.code)!.legs[0]!.office]).toEqual([one.code, province.after.competentOffice(one.matter === 'birth' ? 'civil-status' : 'business-registration', one.commune, today)!.id]);
    for (const { code } of asked) for (const { leg, office } of now.get(code)!.legs.filter((each) => province.after.office(each.office)!.validTo !== null).slice(0, 1)) {
      await hub.desk.tellPart(agency.TellPartRequest.fromPartial({ requestId: `part-${code}`, code, leg, part: `${province.toldPart}@${today}` }), { office, officer: 'cb-ho-tich' });
    }
    await quiet(hub);
    await sideBySide(all, (one) => finish(one, now.get(one.code)!));
    await quiet(hub);

    await Promise.all([...cluster.children.values()].map((child) => child.stop()));
    const stores = await Promise.all(clusterServices.map((service) => showStore(cluster.mongo.uri, service))), journal = new Journal();
    for (const { request, folder, code } of all) journal.received(request, folder, code);
    expect(findFaults(gatherEvidence({ directory, stores, lostStores: [], journal, atRisk: [], reference: province.after }))).toEqual([]);
    for (const { folder, commune } of all) expectMovedOnce(stores, folder, commune === splitCommune);
    process.stdout.write(`${dossiers} dossiers re-homed and ended, ${arrivals.length} arrived meanwhile (${early} before ${victim} was started again), ${asked.length} asked of the officers of the split commune\n`);
  });
});

/** No item was taken over or moved twice, and nobody was asked for anything. */
function expectMovedOnce(stores: readonly ShownStore[], folder: string, split: boolean): void {
  const entries = stores.find(({ service }) => service === 'intake')!.folders.get(folder)!.entries.map(entryOf), of = (kind: string): string[] => entries.filter((one) => one.kind === kind).map(({ item }) => item);
  for (const kind of ['leg-taken-over', 'rehomed']) expect([kind, new Set(of(kind)).size]).toEqual([kind, of(kind).length]);
  expect(entries.filter(({ kind }) => kind === 'supplement-requested' || (kind === 'part-sought' && !split))).toEqual([]);
}
