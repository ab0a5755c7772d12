import { parseArgs } from 'node:util';
import { operator } from '@lienthong/contract';
import { print } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';

const stateNames = new Map<number, string>(Object.entries(operator.ServiceState).map(([name, value]) => [value, name.toLowerCase()]));

export const statusCommand: Command = {
  name: 'status', usage: `[--json] ${targetUsage}`, purpose: { vi: 'Từng dịch vụ: trạng thái, việc chờ gửi.', en: 'Each service: its state and what waits to be sent.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, ...targetOptions } });
    const hub = hubOf(values);
    try {
      const answer = await hub.operator.getStatus({});
      print(values.json === true ? JSON.stringify(operator.GetStatusResponse.toJSON(answer)) : answer.services.map(rowOf).join('\n'));
      return answer.services.every((one) => one.state === operator.ServiceState.READY) ? 0 : 1;
    } finally {
      hub.close();
    }
  },
};

function rowOf(one: operator.ServiceStatus): string {
  const waits = one.waitingUpdates + one.outstandingUpdates;
  const problems = [...one.setAside.map((other) => `${other.folder.slice(0, 12)}: ${other.problem}`), ...one.waitsFor.map((service) => `chờ / waits for ${service}`), ...(one.atRisk === undefined ? [] : [`có thể mất / at risk: commit ${one.atRisk.fromCommit} → ${one.atRisk.toCommit || '?'}, ${one.atRisk.folders.length} hồ sơ / dossiers`])];
  return `${one.service.padEnd(24)} ${(stateNames.get(one.state) ?? '').padEnd(12)} commit ${String(one.commit).padStart(8)}  ${waits === 0 ? '' : `chờ gửi / pending: ${waits}`}${one.comparisons === 0 ? '' : ` đối chiếu bản sao / comparing copies: ${one.comparisons}`} ${problems.join('; ')}`.trimEnd();
}
