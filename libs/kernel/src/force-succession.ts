/** An operator lets a new incarnation go on without services that are away: the one place where one participant would else wait for another for ever. */
import { HubError } from './errors.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { Force } from './kernel-record.ts';
import type { ServiceName } from './rules.ts';

/** `reason`: of the operator, kept; at most `maxForceReasonCharacters`. */
export type ForceOrder = { readonly request: string; readonly without: readonly ServiceName[]; readonly reason: string };

export const maxForceReasonCharacters = 500;

/**
 * Durable when it answers; a repeat of a request answers as the first did. What the absent services alone hold of the predecessors may lose its effect by it: it is listed
 * when they come back. Throws FORCE_NOTHING, FORCE_NOT_WAITED, FORCE_ANSWERS, REQUEST_ID_REUSED and what the store throws.
 */
export async function forceSuccession<S>(kernel: Kernel<S>, order: ForceOrder): Promise<Force> {
  const before = kernel.record.forces.find(({ request }) => request === order.request);
  if (before !== undefined) {
    if (sameNames(before.without, order.without)) return before;
    throw new HubError('REQUEST_ID_REUSED', { request: order.request }, { field: 'request_id' });
  }
  const { author } = kernel;
  assertWaitedFor(kernel, order.without);
  await assertAway(kernel, order.without);
  if (author !== kernel.author) throw new HubError('SUCCESSION_PENDING', { service: kernel.service, waitsFor: kernel.succession.awaited });
  // It may have gone on while they were asked.
  assertWaitedFor(kernel, order.without);
  const force: Force = { author, without: [...new Set(order.without)], returned: [], request: order.request, reason: order.reason, at: kernel.world.now() };
  kernel.record.noteForce(force);
  await saveRecord(kernel);
  kernel.reports.succession({ service: kernel.service, step: 'forced', author, predecessors: kernel.predecessors, waitsFor: force.without });
  return force;
}

function assertWaitedFor<S>({ succession, service }: Kernel<S>, without: readonly ServiceName[]): void {
  const { waitsFor } = succession;
  if (waitsFor.length === 0) throw new HubError('FORCE_NOTHING', { service });
  const other = without.find((one) => !waitsFor.includes(one));
  if (other !== undefined) throw new HubError('FORCE_NOT_WAITED', { service, other, waitsFor: waitsFor.join(', ') }, { field: 'without' });
}

/** What answers can seal, and be waited for: nothing of it needs to be voided. */
async function assertAway<S>({ peers, author, succession, limits, service }: Kernel<S>, without: readonly ServiceName[]): Promise<void> {
  const answers = await Promise.all(without.map((one) => peers.to(one).hello({ author, mark: succession.toldMarkTo(one) }, limits.peerDeadlineMs).then(() => true, () => false)));
  const other = without.find((_one, n) => answers[n]);
  if (other !== undefined) throw new HubError('FORCE_ANSWERS', { service, other }, { field: 'without' });
}

function sameNames(some: readonly ServiceName[], others: readonly ServiceName[]): boolean {
  return [...new Set(some)].sort().join() === [...new Set(others)].sort().join();
}
