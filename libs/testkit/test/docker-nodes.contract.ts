/** What a Docker daemon is asked for, where one answers: no image can be had everywhere, so that nothing runs here. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { kafkaImage } from '../src/servers/kafka-version.ts';
import type { KafkaServers } from '../src/servers/start-kafka.ts';
import { notingDaemon } from './noting-daemon.ts';
import type { NotingDaemon } from './noting-daemon.ts';

let daemon: NotingDaemon, servers: KafkaServers;
const bodies = (what: string): readonly Record<string, unknown>[] => daemon.asked.filter((one) => one.what === what).map(({ body }) => body);
/** The library may look around with a container of its own. */
const kafkas = (): readonly Record<string, unknown>[] => bodies('POST /containers/create').filter(({ Image: image }) => image === kafkaImage);
const whats = (): readonly string[] => daemon.asked.map(({ what }) => what);

beforeAll(async () => {
  daemon = await notingDaemon('Kafka Server started');
  vi.stubEnv('DOCKER_HOST', daemon.host);
  vi.stubEnv('TESTCONTAINERS_RYUK_DISABLED', 'true');
  const { startDockerKafka } = await import('../src/servers/docker-kafka.ts');
  servers = await startDockerKafka(3);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await daemon.stop();
});

test('three nodes of Apache\'s image, each at one port of this machine alone, on a network where they find each other by name', () => {
  const created = kafkas() as readonly { readonly Env: readonly string[]; readonly HostConfig: { readonly PortBindings: object } }[];
  expect(created).toHaveLength(3);
  const ports = servers.bootstrap.map((address) => address.split(':')[1]!);
  expect(created.map(({ HostConfig }) => HostConfig.PortBindings)).toEqual(ports.map((port) => ({ [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: port }] })));
  expect(created.map(({ Env }) => Env.find((one) => one.startsWith('KAFKA_ADVERTISED_LISTENERS=')))).toEqual(ports.map((port, at) => `KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://127.0.0.1:${port},BETWEEN://kafka-${at + 1}:9094`));
  expect(JSON.stringify(daemon.asked.filter(({ what, body }) => /networks.*connect|containers\/create/.test(what) && JSON.stringify(body).includes('Aliases')))).toMatch(/kafka-1.*kafka-2.*kafka-3/);
});

test.each([
  ['kill', ['kill']], ['start', ['start', 'logs']], ['pause', ['pause']], ['resume', ['unpause']],
] as const)('%s', async (deed, wanted) => {
  const before = whats().length;
  await servers[deed](2);
  expect(whats().slice(before).map((what) => what.split('/').at(-1))).toEqual(wanted);
});

test('nothing is left', async () => {
  await servers.stop();
  expect(whats().filter((what) => what.startsWith('DELETE /containers/'))).toHaveLength(bodies('POST /containers/create').length);
  expect(whats().at(-1)).toMatch(/^DELETE \/networks\//);
});
