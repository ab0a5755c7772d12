/** Records that nobody could read: what they are, and sending them again once somebody can. */
import { parseArgs } from 'node:util';
import { listDead, redriveDead, silentLog, sslOf, Topics } from '@lienthong/bus-kafka';
import type { DeadRecord, KafkaConnection } from '@lienthong/bus-kafka';
import { readClusterConfig } from '@lienthong/runtime';
import { readState } from './cluster/cluster-state.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';

const maxListed = 1_000;

export const deadCommand: Command = {
  name: 'dead', usage: 'list|redrive [ID …] [--target cluster] [--json]',
  purpose: { vi: 'Bản ghi Kafka không ai đọc được: liệt kê, hoặc gửi lại (LIENTHONG_KAFKA).', en: 'Kafka records that nobody could read: lists them, or sends them again (LIENTHONG_KAFKA).' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { target: { type: 'string' }, json: { type: 'boolean' } } });
    const [verb, ...ids] = positionals;
    const { connection, topics } = kafkaOf(values.target);
    if (verb === 'list') return list(await listDead(connection, topics, maxListed), values.json === true);
    if (verb !== 'redrive' || ids.length === 0) throw new UsageError('list | redrive ID …');
    const outcomes = await redriveDead(connection, topics, ids);
    print(values.json === true ? JSON.stringify(outcomes) : outcomes.map(({ id, outcome }) => `${id} ${outcome}`).join('\n'));
    return outcomes.every(({ outcome }) => outcome === 'sent') ? 0 : 1;
  },
};

function kafkaOf(target: string | undefined): { readonly connection: KafkaConnection; readonly topics: Topics } {
  const { kafka, kafkaTls, namespace } = readClusterConfig();
  const state = target === 'cluster' ? readState() : undefined;
  if (target !== undefined && state === undefined) throw new UsageError('--target: cluster, after `cluster up`');
  return { connection: { brokers: state?.kafka ?? kafka, clientId: `${namespace}-operator`, log: silentLog, ...sslOf(state === undefined ? kafkaTls : '') }, topics: new Topics(namespace) };
}

function list(letters: readonly DeadRecord[], json: boolean): number {
  const shown = letters.map(({ id, topic, partition, offset, cause, foundAt, bytes, value }) => ({ id, topic, partition, offset, cause, foundAt, bytes, beginning: value?.subarray(0, 32).toString('hex') ?? '' }));
  print(json ? JSON.stringify(shown) : shown.map(({ id, foundAt, bytes, cause }) => `${foundAt} ${id} ${bytes} B ${cause}`).join('\n') || 'không có / none');
  return 0;
}
