/** Records written by hand into the topics of a running cluster: repeated, out of order, forged, in another's name, equivocating. What is open still ends, and all copies are equal. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { business, operator } from '@lienthong/contract';
import type { Entry } from '@lienthong/folder';
import { clusterClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import type { FolderUpdate, SealedEntry } from '@lienthong/kernel';
import { openKeys, sha256 } from '@lienthong/keys';
import type { DirectoryKeys } from '@lienthong/keys';
import { clusterMissing } from '@lienthong/operator';
import { startCluster } from '@lienthong/operator/cluster/cluster';
import type { Cluster } from '@lienthong/operator/cluster/cluster';
import { clusterServices } from '@lienthong/operator/cluster/cluster-layout';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { finishBirth, submitBirth } from './birth.ts';
import type { Submitted } from './birth.ts';
import { quiet } from './crash-walk.ts';
import { equalCopies } from './equal-copies.ts';
import { birthErrand, shopErrand } from './errands.ts';
import type { Errand } from './errands.ts';
import { ForeignClient, lastOf, seenOf, written } from './foreign-records.ts';
import type { SeenFolder } from './foreign-records.ts';
import { seededRandom } from './seeded-random.ts';

const startMs = 600_000, testMs = 600_000;
/** Longest time until a service has heard of what stands under its name: others look for what is not acknowledged about once in a minute. Between two looks. In milliseconds. */
const maxSuccessionMs = 300_000, lookEveryMs = 500;
const registrar = 'business-20410-202507', area = '20410@2025-07-01', pageSize = 50;
/** Who takes part in a birth: the counter's service, the one of the office, the one that looks on. */
const counterService = 'intake', officeService = 'general-agency', onlooker = 'oversight';

const missing = clusterMissing(inject('servers'));

describeWith(missing === undefined ? {} : { skipped: missing }, `records written by hand, seed ${inject('seed')}`, () => {
  let directory: string, cluster: Cluster, hub: HubClient, other: ForeignClient;
  const done: Errand[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lienthong-foreign-'));
    cluster = await startCluster({ directory, brokers: 1, instances: 1, pages: false, servers: inject('servers') });
    hub = clusterClient(Object.fromEntries(cluster.addresses));
    other = await ForeignClient.connect(cluster.servers.kafka);
    await quiet(hub);
    done.push(await shopErrand(hub), await birthErrand(hub, cluster.addresses.get('intake')!));
    await quiet(hub);
  }, startMs);
  afterAll(async () => {
    hub?.close();
    await other?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }, startMs);

  const keysOf = (service: string): DirectoryKeys => openKeys(join(directory, 'keys', service));
  const authorOf = (service: string): string => keysOf(service).incarnationOf(service);
  const logOf = (service: string): string => readFileSync(join(directory, 'logs', `${service}-1.log`), 'utf8');
  const openBirth = async (): Promise<Submitted> => {
    const birth = await submitBirth(hub, uniqueData());
    await birth.walk.working('registration');
    await quiet(hub);
    return birth;
  };
  const seen = async (folder: string): Promise<SeenFolder> => seenOf(await other.read(clusterServices), folder);

  async function digests(code: string): Promise<readonly object[]> {
    const { copies } = await hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code }));
    return copies.map(({ service, digest, problem }) => ({ service, digest, problem }));
  }

  async function shops(): Promise<readonly object[]> {
    const { businesses } = await hub.business.listBusinesses(business.ListBusinessesRequest.fromPartial({ area, pageSize }), { office: registrar });
    return businesses.map((one) => business.Business.toJSON(one) as object);
  }

  async function becomesAnother(service: string, than: string): Promise<void> {
    const predecessors = async (): Promise<readonly string[]> => (await hub.operator.getStatus({})).services.find((one) => one.service === service)?.succession?.predecessors ?? [];
    await expect.poll(predecessors, { timeout: maxSuccessionMs, interval: lookEveryMs }).toContain(than);
  }

  /** It goes to its end, and everybody holds the same of it. */
  async function ends({ walk }: Submitted): Promise<void> {
    await finishBirth(walk);
    await quiet(hub);
    await equalCopies(hub, walk.code);
    done.push({ code: walk.code, folder: walk.folder });
  }

  /** As `sender` would tell it of a folder. */
  const update = (folder: string, sender: string, heads: FolderUpdate['heads'], entries: readonly SealedEntry[]): FolderUpdate => ({ folder, sender, heads, entries, wantsReply: false, mark: 0 });

  /** An entry that goes on where the author stands, and has seen all that the records show. */
  function next(from: SeenFolder, author: string, act: Pick<Entry, 'item' | 'term' | 'kind' | 'body'>): Parameters<typeof written>[0] {
    const { folder, recordedAt } = from.entries.reduce((last, entry) => (entry.recordedAt > last.recordedAt ? entry : last)), { [author]: own, ...others } = from.heads;
    return { folder, author, seq: (own?.seq ?? 0) + 1, prev: own?.hash ?? '', seen: others, recordedAt: recordedAt + 1, ...act };
  }

  /** What an office writes when its leg is done, as it stands in a dossier that is closed, for the leg of an open one. */
  async function completionFor(open: SeenFolder): Promise<Pick<Entry, 'item' | 'term' | 'kind' | 'body'>> {
    const closed = await seen(done[1]!.folder), { kind, body } = closed.entries.find((entry) => entry.kind === 'leg-completed')!;
    const { item, term } = open.entries.find((entry) => entry.kind === 'leg-taken-over')!;
    return { item, term, kind, body };
  }

  test('all records of all topics again, twice and in any order, change no byte', { timeout: testMs }, async () => {
    const random = seededRandom(inject('seed')), records = await other.read(clusterServices), before = { copies: await Promise.all(done.map(({ code }) => digests(code))), shops: await shops() };
    const shuffled = [...records, ...records].map((record) => ({ record, at: random() })).sort((a, b) => a.at - b.at).map(({ record }) => record);
    expect(shuffled.length).toBeGreaterThan(20);
    await other.write(shuffled);
    await quiet(hub);
    expect({ copies: await Promise.all(done.map(({ code }) => digests(code))), shops: await shops() }).toEqual(before);
    process.stdout.write(`${shuffled.length} records written again\n`);
  });

  test('what is said in the name of a service that has not signed it acknowledges nothing, tells no mark, and leaves nothing open', { timeout: testMs }, async () => {
    const birth = await openBirth(), { folder, code } = birth.walk, before = await digests(code), far = 1_000_000;
    const beyond = { [authorOf(counterService)]: { seq: 250, hash: 'c'.repeat(64) }, [authorOf(onlooker)]: { seq: 9, hash: 'd'.repeat(64) } };
    for (const service of clusterServices) await other.tell(clusterServices.filter((one) => one !== service), { ...update(folder, authorOf(service), beyond, []), mark: far, wantsReply: true });
    await quiet(hub);
    expect(await digests(code)).toEqual(before);
    await ends(birth);
    const { services } = await hub.operator.getStatus({});
    for (const { succession } of services) expect(succession?.predecessors ?? []).toEqual([]);
  });

  test('entries under no valid signature are kept by nobody, and told', { timeout: testMs }, async () => {
    const birth = await openBirth(), { folder, code } = birth.walk, open = await seen(folder), before = await digests(code);
    const office = authorOf(officeService), entry = next(open, office, await completionFor(open));
    const strangers = openKeys(join(directory, 'another-province')), stranger = strangers.incarnationOf(officeService);
    const genuine = written(entry, keysOf(officeService), office), changed = Uint8Array.from(genuine.bytes, (byte, at) => (at === genuine.bytes.length - 1 ? byte ^ 1 : byte));
    const forged: readonly SealedEntry[] = [
      { bytes: changed, proof: genuine.proof }, written(entry, keysOf(onlooker), authorOf(onlooker)), written(entry, strangers, stranger), { bytes: genuine.bytes, proof: { ...genuine.proof!, signature: new Uint8Array(64) } },
      written({ ...entry, author: stranger, seq: 1, prev: '', seen: open.heads }, strangers, stranger),
    ];
    for (const one of forged) for (const sender of [office, stranger]) await other.tell([counterService, onlooker], update(folder, sender, {}, [one]));
    await quiet(hub);
    expect(await digests(code)).toEqual(before);
    for (const service of [counterService, onlooker]) expect(logOf(service)).toMatch(new RegExp(`(?=.*${folder}).*entries not taken`));
    await ends(birth);
  });

  test('bytes that are no entry, and entries of another folder, are told and hold nothing up', { timeout: testMs }, async () => {
    const birth = await openBirth(), { folder, code } = birth.walk, before = await digests(code), office = authorOf(officeService), elsewhere = await seen(done[1]!.folder);
    const garbage: SealedEntry = { bytes: Buffer.from('no entry'), proof: keysOf(officeService).sign(office, sha256(Buffer.from('no entry'))) };
    await other.tell([counterService, onlooker], update(folder, office, {}, [garbage, lastOf(elsewhere, office)]));
    await quiet(hub);
    expect(await digests(code)).toEqual(before);
    for (const service of [counterService, onlooker]) expect(logOf(service)).toMatch(new RegExp(`(?=.*${folder}).*bytes that are no entry`));
    await ends(birth);
  });

  test('what another service signs about a leg that is not its own is kept without effect', { timeout: testMs }, async () => {
    const birth = await openBirth(), { walk } = birth, open = await seen(walk.folder), author = authorOf(onlooker);
    const forged = written(next(open, author, await completionFor(open)), keysOf(onlooker), author);
    await other.tell([counterService, officeService], update(walk.folder, author, {}, [forged]));
    await quiet(hub);
    await walk.working('registration');
    // It never wrote that: somebody has its key, or it has forgotten. Either way it writes on as another, once those who hold the entry have missed it there.
    await becomesAnother(onlooker, author);
    await ends(birth);
  });

  test('two entries under one number of one author: both are kept, their author takes another name, and its leg ends once', { timeout: testMs }, async () => {
    const birth = await openBirth(), { walk } = birth, open = await seen(walk.folder), author = authorOf(officeService), last = lastOf(open, author);
    const twin = written({ ...last, recordedAt: last.recordedAt + 1 }, keysOf(officeService), author);
    await other.tell([counterService, onlooker], update(walk.folder, author, {}, [twin]));
    await ends(birth);
    await becomesAnother(officeService, author);
    expect(logOf(counterService)).toMatch(new RegExp(`(?=.*${walk.folder}).*two entries with one number`));
    expect((await walk.look()).legs.filter(({ name }) => name === 'registration')).toHaveLength(1);
  });

  test('after all of it the hub works as before', { timeout: testMs }, async () => {
    const before = await shops();
    done.push(await shopErrand(hub), await birthErrand(hub, cluster.addresses.get('intake')!));
    await quiet(hub);
    expect(await shops()).toHaveLength(before.length + 1);
    for (const { code } of done) await equalCopies(hub, code);
    expect((await hub.operator.getStatus({})).services.flatMap(({ setAside }) => setAside)).toEqual([]);
  });
});
