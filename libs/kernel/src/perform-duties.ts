/** Duties that state alone decides are performed in the write that made them due, until none is left. */
import { HubError } from './errors.ts';
import { dutyContext, serviceNamed } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { copiesOwed, guarded } from './open-folder.ts';
import { isAhead } from './watch-time.ts';
import type { Aside } from './ports/folder-store.ts';
import type { Duty, Needs, ServiceName } from './rules.ts';
import { needsSuccession } from './succeed-in-folder.ts';
import { writeDrafts } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

/**
 * Performs pure duties one by one, each decided on the state that the one before left. `write.owed` keeps what remains: effects, and duties whose parts could not
 * be had. Awaits only when a duty needs parts from elsewhere.
 */
export async function performPureDuties<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<void> {
  const done = new Set<string>();
  let missing = false;
  for (let round = 0; round < kernel.limits.maxDutyRounds; round++) {
    write.owed = dutiesOf(kernel, write);
    const next: Duty | undefined = write.owed.find((duty) => duty.drafts !== undefined && !done.has(duty.key));
    if (next === undefined) break;
    if (needsSuccession(kernel, write.open)) {
      await kernel.succession.prepare(write);
      continue;
    }
    done.add(next.key);
    if (next.needs !== undefined && (await seekParts(kernel, write, next.needs)) !== 'all') missing = true;
    else writeDrafts(kernel, write, next.drafts!, null);
  }
  if (!(await haveCopies(kernel, write))) missing = true;
  notePulls(kernel, write, missing);
  reportUnending(kernel, write, done, missing);
}

export function dutiesOf<S>(kernel: Kernel<S>, { open }: FolderWrite<S>): readonly Duty[] {
  if (open.trouble !== null) return [];
  return guarded(kernel, open, [], () => kernel.rules.duties(open.state, dutyContext(kernel)));
}

/** What is kept for another service comes with the entries that commit to it, or is asked for again later. In a folder that this release cannot read whole nobody knows what to ask for. */
async function haveCopies<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<boolean> {
  const { open } = write;
  if (open.trouble !== null) return true;
  const needs = copiesOwed(kernel, open), found = needs === null ? 'all' : await seekParts(kernel, write, needs);
  // What whoever it is kept for has lost itself is nothing to wait for: it is listed there as lost, and no acknowledgement brings it back.
  if (found !== 'unheard') acknowledgeWhole(kernel, write, needs);
  return found === 'all';
}

/** Now the entries count as kept, and whoever they are kept for hears of it. */
function acknowledgeWhole<S>({ directory }: Kernel<S>, write: FolderWrite<S>, needs: Needs | null): void {
  if (!write.partial) return;
  write.partial = false;
  write.auxChanged = true;
  const owner = needs === null ? undefined : directory.authorOf(serviceNamed(needs.from));
  if (owner !== undefined) write.answers.add(owner);
}

/** `some`: whoever was asked has not got the rest. `unheard`: nobody answered, or was asked yet. */
type Sought = 'all' | 'some' | 'unheard';

/** Parts that are not here are pulled before the write and stored by it. */
async function seekParts<S>(kernel: Kernel<S>, write: FolderWrite<S>, needs: Needs): Promise<Sought> {
  const lacking = await lackingParts(kernel, write, needs.names);
  if (lacking.length === 0) return 'all';
  const from = serviceNamed(needs.from);
  if (from === kernel.service || waitsToPull(kernel, write)) return 'unheard';
  try {
    const good = await pullParts(kernel, write, from, { as: needs.as, names: lacking });
    write.asides.push(...good);
    return good.length === lacking.length ? 'all' : 'some';
  } catch {
    return 'unheard';
  }
}

/** Those of the parts that a service gives and that are what the entries committed to, few at a time. Rejects as the call does. */
export async function pullParts<S>(kernel: Kernel<S>, write: FolderWrite<S>, from: ServiceName, { as, names }: Pick<Needs, 'as' | 'names'>): Promise<readonly Aside[]> {
  const { peers, author, limits } = kernel, found: Aside[] = [];
  for (let at = 0; at < names.length; at += limits.maxPartsPerPull) {
    const asked = names.slice(at, at + limits.maxPartsPerPull);
    const pulled = await peers.to(from).pullAsides(author, write.open.id, as, asked, limits.pullDeadlineMs);
    found.push(...pulled.filter((one) => asked.includes(one.name) && isCommitted(kernel, write, one)));
  }
  return found;
}

/** Names of those that neither the store holds nor this write brings. */
export async function lackingParts<S>(kernel: Kernel<S>, { open, asides }: FolderWrite<S>, names: readonly string[]): Promise<readonly string[]> {
  const missing = names.filter((name) => !asides.some((one) => one.name === name));
  if (missing.length === 0 || open.version === 0) return missing;
  const stored = await kernel.store.asides(open.id, missing);
  return missing.filter((name) => !stored.some((one) => one.name === name));
}

export function isCommitted<S>(kernel: Kernel<S>, { open }: FolderWrite<S>, aside: Aside): boolean {
  return kernel.rules.isCommitted === undefined || guarded(kernel, open, false, () => kernel.rules.isCommitted!(open.state, aside));
}

/** A moment further off than any wait was set before the clock was put back. */
function waitsToPull<S>({ world, limits }: Kernel<S>, { open: { aux: { pull } } }: FolderWrite<S>): boolean {
  return pull !== null && isAhead(pull.at, world.now(), limits.maxPullBackoffMs);
}

function notePulls<S>(kernel: Kernel<S>, write: FolderWrite<S>, missing: boolean): void {
  const { aux } = write.open;
  if (!missing) { aux.pull = null; return; }
  if (waitsToPull(kernel, write)) return;
  const failures = (aux.pull?.failures ?? 0) + 1;
  const { pullBackoffMs, maxPullBackoffMs } = kernel.limits;
  aux.pull = { failures, at: kernel.world.now() + Math.min(pullBackoffMs * 2 ** Math.min(failures - 1, 20), maxPullBackoffMs) };
  write.auxChanged = true;
}

/** A pure duty that is owed again after it was done would go on for ever: the folder is set aside until the law is mended. */
function reportUnending<S>(kernel: Kernel<S>, { open, owed }: FolderWrite<S>, done: ReadonlySet<string>, missing: boolean): void {
  const again = missing ? undefined : owed?.find((duty) => duty.drafts !== undefined && done.has(duty.key));
  if (again === undefined) return;
  open.trouble = new HubError('DUTIES_UNENDING', { folder: open.id, duty: again.key });
  kernel.cache.setAside(open.id, open.trouble);
  kernel.reports.alarm(open.trouble, open.id);
}

