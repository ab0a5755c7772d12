/** Parts that stand beside entries written elsewhere: asked for when somebody looks. */
import type { Host } from './host.ts';
import type { ServicePorts } from './service-module.ts';

/** Deadline of a pull while somebody waits, in milliseconds. */
export const lookPullDeadlineMs = 2_000;

/** `author`: the incarnation that asks. */
export function pulling(ports: Pick<ServicePorts, 'peers'>, author: () => string): NonNullable<Host['pull']> {
  return (from, folder, item, names) => ports.peers.to(from).pullAsides(author(), folder, item, names, lookPullDeadlineMs);
}
