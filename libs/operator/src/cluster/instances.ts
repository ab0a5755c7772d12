/** How every instance of a cluster stands: one of several may be in trouble while the others answer. */
import { operator } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { isInOrder, rowOf } from '../service-rows.ts';
import { wholeJson } from '../whole-json.ts';
import type { ClusterState } from './cluster-state.ts';

/** `status` null: it did not answer, for `problem`. */
export type Asked = { readonly service: string; readonly address: string; readonly status: operator.GetStatusResponse | null; readonly problem: string };

/** Longest that an instance takes to answer. */
const statusMs = 5_000;

/** Asks all at once; the pages have nothing to tell. Never rejects. */
export function askInstances({ addresses }: Pick<ClusterState, 'addresses'>): Promise<readonly Asked[]> {
  return Promise.all(Object.entries(addresses).filter(([service]) => service !== 'portal').flatMap(([service, instances]) => instances.split(',').map((address) => ask(service, address))));
}

async function ask(service: string, address: string): Promise<Asked> {
  const client = grpcClient(operator.OperatorService, address);
  try {
    return { service, address, status: await client.getStatus({}, { deadlineMs: statusMs }), problem: '' };
  } catch (error) {
    return { service, address, status: null, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    client.close();
  }
}

/** Each answered, takes commands, and nothing hinders it. */
export function areInOrder(asked: readonly Asked[]): boolean {
  return asked.every(({ status }) => status?.services.every(isInOrder) === true);
}

/** A line on each, with the address at which it answers, and its release. */
export function linesOf({ service, address, status, problem }: Asked): string {
  const at = `${address.padEnd(22)} `;
  return status === null ? `${service.padEnd(24)} ${at}${problem}` : status.services.map((one) => rowOf(one, `${at}${status.version.padEnd(8)} `)).join('\n');
}

/** As JSON shows it. */
export const shown = ({ service, address, status, problem }: Asked): unknown => ({ service, address, problem, ...(status === null ? {} : wholeJson(status, operator.GetStatusResponse.toJSON(status)) as object) });
