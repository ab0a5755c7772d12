/** One command on one folder: the law decides on what is there, what it decides is made durable, and only then is it answered. */
import type { FolderId } from '@lienthong/folder';
import { asHubError, HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { isCurrent, likelyFolder } from './open-folder.ts';
import { performPureDuties } from './perform-duties.ts';
import type { Command, Handled } from './rules.ts';
import { wouldOnlyVoid } from './succeed-in-folder.ts';
import { viewOf } from './view.ts';
import { beginWrite, commitWrite, writeDrafts } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

const digestCharacters = 16;
const requestIds = /^[^\s#\p{C}]{1,64}$/u;

/**
 * Answers a repeat of a request identically, from the entries that carry its id. Throws HubErrors: REQUEST_ID_…, FOLDER_…, CONFLICT_PERSISTS, SUCCESSION_PENDING,
 * ENTRY_TOO_LARGE, LOG_FULL and those of the store. After an error that is no refusal the command may have taken effect: a repeat finds out.
 */
export async function handleCommand<S, R>(kernel: Kernel<S>, id: FolderId, command: Command<S, R>): Promise<Handled<R>> {
  checkRequestId(command.request.id);
  return kernel.locks.run(id, async () => {
    for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
      kernel.succession.assertReady();
      const open = await likelyFolder(kernel, id), { version } = open, write = beginWrite(kernel, open);
      try {
        const handled = await decide(kernel, write, command);
        if (handled !== 'conflict' && (open.version > version || await isCurrent(kernel, open))) return handled;
        if (handled !== 'conflict') kernel.cache.drop(id);
      } catch (cause) {
        const error = asHubError(cause), old = !error.retryable && open.version === version && !(await isCurrent(kernel, open).catch(() => true));
        // What memory holds may be more than what is durable.
        kernel.cache.drop(id);
        if (!old) throw error;
      }
    }
    throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: String(kernel.limits.maxConflictRetries + 1) });
  });
}

async function decide<S, R>(kernel: Kernel<S>, write: FolderWrite<S>, command: Command<S, R>): Promise<Handled<R> | 'conflict'> {
  const { open } = write;
  if (open.trouble !== null) throw open.trouble;
  await kernel.succession.prepare(write);
  const digest = command.request.digest.slice(0, digestCharacters);
  const seen = kernel.faults.has('decide-repeats-anew') ? undefined : open.requests.get(command.request.id);
  if (seen !== undefined) {
    if (seen.digest !== digest) throw new HubError('REQUEST_ID_REUSED', { request: command.request.id }, { field: 'request_id' });
    return kept(kernel, write, { ok: true, reply: command.reply(seen.entries), repeated: true });
  }
  const decision = command.decide(viewOf(kernel, open));
  if ('refusal' in decision) return kept(kernel, write, { ok: false, refusal: decision.refusal });
  write.asides.push(...decision.asides ?? []);
  writeDrafts(kernel, write, decision.drafts, `${command.request.id}#${digest}`);
  const entries = [...open.requests.get(command.request.id)?.entries ?? []];
  await performPureDuties(kernel, write);
  kernel.world.crashPoint?.('command-decided');
  if (kernel.faults.has('answer-before-write')) {
    void commitWrite(kernel, write).catch(() => {});
    return { ok: true, reply: command.reply(entries), repeated: false };
  }
  if ((await commitWrite(kernel, write)) === 'conflict') return 'conflict';
  kernel.world.crashPoint?.('command-stored');
  return { ok: true, reply: command.reply(entries), repeated: false };
}

/** A succession that came first is written even when the command itself writes nothing, with the duties that come with what was taken over. */
async function kept<S, R>(kernel: Kernel<S>, write: FolderWrite<S>, handled: Handled<R>): Promise<Handled<R> | 'conflict'> {
  if (write.own.length + write.received.length === 0) return handled;
  if (wouldOnlyVoid(write)) {
    kernel.cache.drop(write.open.id);
    return handled;
  }
  await performPureDuties(kernel, write);
  return (await commitWrite(kernel, write)) === 'conflict' ? 'conflict' : handled;
}

function checkRequestId(id: string): void {
  if (id === '') throw new HubError('REQUEST_ID_MISSING', {}, { field: 'request_id' });
  if (!requestIds.test(id)) throw new HubError('REQUEST_ID_INVALID', { problem: id.length > 64 ? `${id.length} characters` : 'characters' }, { field: 'request_id' });
}
