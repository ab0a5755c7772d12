/** Whose place each service takes, for whom it waits, and the operator's word that somebody need not be waited for. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { operator } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { print, UsageError, wordsOf } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';

export const successionCommand: Command = {
  name: 'succession', usage: `show | force --service NAME --without NAME[,NAME] [--reason TEXT] [--request-id ID] [--json] ${targetUsage}`,
  purpose: { vi: 'Dịch vụ bị mất kho: đang thay ai, chờ ai từ bao giờ; cho đi tiếp khi một bên không trở lại.', en: 'After a lost store: who takes whose place, and waits for whom since when; going on without somebody who does not return.' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { service: { type: 'string' }, without: { type: 'string' }, reason: { type: 'string', default: '' }, 'request-id': { type: 'string' }, json: { type: 'boolean' }, ...targetOptions } });
    const [verb] = wordsOf(positionals, 1), hub = hubOf(values);
    try {
      switch (verb) {
        case 'show': return await show(hub, values.json === true);
        case 'force': return await force(hub, orderOf(values), values.json === true);
        default: throw new UsageError('show | force');
      }
    } finally {
      hub.close();
    }
  },
};

type Values = { readonly service?: string | undefined; readonly without?: string | undefined; readonly reason: string; readonly 'request-id'?: string | undefined };

function orderOf({ service, without, reason, ...values }: Values): operator.ForceSuccessionRequest {
  const names = (without ?? '').split(',').filter((name) => name !== '');
  if (service === undefined || names.length === 0) throw new UsageError('--service NAME --without NAME[,NAME]');
  return operator.ForceSuccessionRequest.fromPartial({ requestId: values['request-id'] ?? randomUUID(), service, without: names, reason });
}

const orderView = ({ author, without, returned, reason, time }: operator.Force): object => ({ author, without, returned, reason, at: time?.toISOString() ?? null });

type Standing = { readonly service: string; readonly author: string; readonly predecessors: readonly string[]; readonly waits_for: readonly string[]; readonly since: string | null; readonly goes_on_without: readonly string[]; readonly forces: readonly object[]; readonly voided: readonly string[]; readonly rebuilding: boolean; readonly at_risk: object | null };

function standingOf({ service, author, waitsFor, succession, atRisk }: operator.ServiceStatus): Standing {
  return {
    service, author, predecessors: succession?.predecessors ?? [], waits_for: waitsFor, since: waitsFor.length === 0 ? null : succession?.beginTime?.toISOString() ?? null,
    goes_on_without: succession?.goesOnWithout ?? [], forces: (succession?.forces ?? []).map(orderView), voided: succession?.voided ?? [], rebuilding: succession?.rebuilding ?? false,
    at_risk: atRisk === undefined ? null : { from_commit: Number(atRisk.fromCommit), to_commit: Number(atRisk.toCommit), folders: atRisk.folders },
  };
}

async function show(hub: HubClient, json: boolean): Promise<number> {
  const { services } = await hub.operator.getStatus({});
  const found = services.map(standingOf);
  print(json ? JSON.stringify({ services: found }) : found.flatMap(linesOf).join('\n'));
  return found.every(({ waits_for, rebuilding }) => waits_for.length === 0 && !rebuilding) ? 0 : 1;
}

function linesOf({ service, author, predecessors, waits_for, since, goes_on_without, voided, rebuilding, at_risk }: Standing): readonly string[] {
  const told: string[] = [];
  if (waits_for.length > 0) told.push(`  chờ / waits for ${waits_for.join(', ')} từ / since ${since ?? '?'}`);
  if (goes_on_without.length > 0) told.push(`  đi tiếp không chờ / goes on without ${goes_on_without.join(', ')}`);
  if (rebuilding) told.push('  sổ bộ đang được dựng lại / its registers are being rebuilt');
  if (at_risk !== null) told.push(`  có thể mất / at risk ${JSON.stringify(at_risk)}`);
  return [`${service.padEnd(24)} ${author}${predecessors.length === 0 ? '' : ` thay / succeeds ${predecessors.join(', ')}`}`, ...told, ...voided.map((folder) => `  không còn hiệu lực / voided ${folder}`)];
}

async function force(hub: HubClient, order: operator.ForceSuccessionRequest, json: boolean): Promise<number> {
  const answer = await hub.operator.forceSuccession(order);
  const forced = answer.force!, waits = answer.waitsFor;
  const note = waits.length === 0 ? 'không còn chờ ai / waits for nobody' : `còn chờ / still waits for ${waits.join(', ')}`;
  print(json ? JSON.stringify({ service: order.service, request_id: order.requestId, force: orderView(forced), waits_for: waits }) : `${order.service}: đi tiếp không chờ / goes on without ${forced.without.join(', ')}; ${note}`);
  return 0;
}
