/** Makes the topics and databases that the services need, and tells where what is there differs from what is wanted. */
import { parseArgs } from 'node:util';
import { readClusterConfig } from '@lienthong/runtime';
import { kafkaTopics, mongoDatabases } from './cluster/provision.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';

export const provisionCommand: Command = {
  name: 'provision', usage: '[--brokers 1|3] [--json]',
  purpose: { vi: 'Tạo chủ đề Kafka và chỉ mục MongoDB còn thiếu (LIENTHONG_KAFKA, LIENTHONG_MONGO); nêu chỗ khác với yêu cầu.', en: 'Makes the Kafka topics and MongoDB indexes that are missing (LIENTHONG_KAFKA, LIENTHONG_MONGO); names what differs from what is wanted.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { brokers: { type: 'string', default: '3' }, json: { type: 'boolean' } } });
    if (!['1', '3'].includes(values.brokers)) throw new UsageError('--brokers: 1 | 3');
    const { kafka, kafkaTls, mongo, namespace } = readClusterConfig();
    const topics = await kafkaTopics(kafka, values.brokers === '3' ? 3 : 1, namespace, kafkaTls), databases = await mongoDatabases(mongo, namespace);
    print(values.json === true ? JSON.stringify({ ...topics, databases: Object.fromEntries(databases) }) : [
      ...topics.created.map((topic) => `+ ${topic}`), ...topics.differences.map((one) => `! ${one.topic} ${one.setting}: ${one.found}, cần / wanted ${one.wanted}`),
      ...[...databases].map(([service, version]) => `${namespace}-${service}: schema ${version}`),
    ].join('\n'));
    return topics.differences.length === 0 ? 0 : 1;
  },
};
