/** How the nodes of a test cluster are set up, as processes and in containers. */
import { describe, expect, test } from 'vitest';
import { kafkaVariables } from '../src/servers/docker-kafka.ts';
import { asVariables, kafkaProperties, newClusterId } from '../src/servers/kafka-properties.ts';

const layout = (nodes: number) => ({
  advertised: Array.from({ length: nodes }, (_, at) => `127.0.0.1:${19_001 + at}`), controllers: Array.from({ length: nodes }, (_, at) => `127.0.0.1:${19_101 + at}`),
  listeners: Array.from({ length: nodes }, (_, at) => `PLAINTEXT://127.0.0.1:${19_001 + at},CONTROLLER://127.0.0.1:${19_101 + at}`),
});

describe('a node', () => {
  // nodes, copies of what is kept, copies that a write waits for
  test.each([[1, '1', '1'], [3, '3', '2']])('of %d keeps %s copies and waits for %s', (nodes, copies, inSync) => {
    const properties = kafkaProperties(layout(nodes), nodes, 'data');
    expect(properties).toMatchObject({ 'node.id': String(nodes), 'default.replication.factor': copies, 'min.insync.replicas': inSync, 'offsets.topic.replication.factor': copies, 'auto.create.topics.enable': 'false' });
    expect(properties['controller.quorum.voters']!.split(',')).toHaveLength(nodes);
  });

  test('is told by variables in a container', () => {
    expect(asVariables({ 'process.roles': 'broker', 'a_b.c': '1' })).toEqual({ KAFKA_PROCESS_ROLES: 'broker', KAFKA_A__B_C: '1' });
  });

  test('in a container is reached on the loopback by clients and by name by the others', () => {
    expect(kafkaVariables([9_201, 9_202, 9_203], 2, 'cluster')).toMatchObject({
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://127.0.0.1:9202,BETWEEN://kafka-2:9094', KAFKA_CONTROLLER_QUORUM_VOTERS: '1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'BETWEEN', CLUSTER_ID: 'cluster',
    });
  });
});

test('the id of a cluster is no option, whatever chance gives', () => {
  for (let first = 0; first < 256; first++) expect(newClusterId((count) => Buffer.alloc(count, first))).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
});
