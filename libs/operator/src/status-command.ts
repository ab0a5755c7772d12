import { parseArgs } from 'node:util';
import { operator } from '@lienthong/contract';
import { areInOrder, askInstances, linesOf, shown } from './cluster/instances.ts';
import { print } from './command.ts';
import type { Command } from './command.ts';
import { clusterRunning, hubOf, targetOptions, targetUsage } from './hub-target.ts';
import { isInOrder, releaseOf, rowOf } from './service-rows.ts';
import { wholeJson } from './whole-json.ts';

export const statusCommand: Command = {
  name: 'status', usage: `[--json] ${targetUsage}`, purpose: { vi: 'Từng dịch vụ, của cụm thì từng tiến trình: trạng thái, việc chờ gửi.', en: 'Each service, of a cluster each instance: its state and what waits to be sent.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, ...targetOptions } });
    return values.target === undefined ? ofHub(values.address, values.json === true) : ofCluster(values.target, values.json === true);
  },
};

async function ofHub(address: string | undefined, json: boolean): Promise<number> {
  const hub = hubOf({ address });
  try {
    const answer = await hub.operator.getStatus({});
    print(json ? JSON.stringify(wholeJson(answer, operator.GetStatusResponse.toJSON(answer))) : [releaseOf(answer), ...answer.services.map((one) => rowOf(one))].join('\n'));
    return answer.services.every(isInOrder) ? 0 : 1;
  } finally {
    hub.close();
  }
}

async function ofCluster(target: string, json: boolean): Promise<number> {
  const asked = await askInstances(clusterRunning(target));
  print(json ? JSON.stringify({ services: asked.flatMap(({ status }) => status?.services.map((one) => wholeJson(one, operator.ServiceStatus.toJSON(one))) ?? []), instances: asked.map(shown) }) : asked.map(linesOf).join('\n'));
  return areInOrder(asked) ? 0 : 1;
}
