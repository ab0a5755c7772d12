/** A value that may be used once in the whole service, e.g. a bank's reference: whoever writes its record first has it. */
import { HubError } from '@lienthong/kernel';
import type { FolderId } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import type { RegisterRecord } from './record.ts';
import { ownRequest } from './register-records.ts';

const utf8 = new TextEncoder();

/** The owner of `value` in `register`: `owner`, or who was first. Durable when it answers; the same owner may ask again. The value itself is kept as its hash only. */
export function claimOnce(host: Host, register: string, value: string, owner: string): Promise<string> {
  return claimUntilOver(host, { register, value, owner, attempt: '' }, async () => false);
}

/** Who has it, if anybody does. */
export function ownerOnce(host: Host, register: string, value: string): Promise<string | undefined> {
  return ownerOf(host, folderOf(host, register, value));
}

const folderOf = ({ world }: Host, register: string, value: string): FolderId => world.hash(utf8.encode(`once|${register}|${value}`));

async function ownerOf(host: Host, folder: FolderId): Promise<string | undefined> {
  return (await holdingOf(host, folder))?.owner;
}

// ---------------------------------------------------------------- values that may pass on

/** Who has a value. `attempt`: what he began to use it with last; '' where that is not kept. */
type Holding = { readonly owner: string; readonly attempt: string };

/** Looks at one value, while others claim it, too. */
const maxLooks = 20;

/**
 * As `claimOnce`, of a value that only its use takes for ever: it passes on where `isOver` finds that its owner has not used it and never will with what he has begun. An attempt
 * is written before it may use the value, and the value passes on only if none was since `isOver` looked; so an attempt that is durable before it claims is never overlooked.
 * An attempt's name is used once.
 */
export async function claimUntilOver(host: Host, { register, value, owner, attempt }: Holding & { readonly register: string; readonly value: string }, isOver: (owner: string) => Promise<boolean>): Promise<string> {
  const folder = folderOf(host, register, value), own: Holding = { owner, attempt };
  for (let look = 1; look <= maxLooks; look++) {
    const held = await holdingOf(host, folder);
    if (held !== undefined && isSame(held, own)) return owner;
    if (held !== undefined && held.owner !== owner && !(await isOver(held.owner))) return held.owner;
    await hold(host, folder, { register, before: held, own });
  }
  throw new HubError('CONFLICT_PERSISTS', { folder, attempts: String(maxLooks) });
}

const isSame = (one: Holding, other: Holding): boolean => one.owner === other.owner && one.attempt === other.attempt;

async function holdingOf(host: Host, folder: FolderId): Promise<Holding | undefined> {
  assertWhole(host);
  return host.participant.view(folder, (view) => holdingIn(view.state.record));
}

function holdingIn(record: RegisterRecord | null): Holding | undefined {
  const owner = record?.keys['owner']?.[0];
  return owner === undefined ? undefined : { owner, attempt: record?.keys['attempt']?.[0] ?? '' };
}

/** Written only where it is still as it was seen. */
async function hold(host: Host, folder: FolderId, { register, before, own }: { readonly register: string; readonly before: Holding | undefined; readonly own: Holding }): Promise<void> {
  const keys = { owner: [own.owner], ...(own.attempt === '' ? {} : { attempt: [own.attempt] }) };
  host.world.crashPoint?.('claim-unkept');
  await host.participant.handle(folder, {
    request: ownRequest(host),
    decide: ({ state: { record }, author }) => {
      const now = holdingIn(record);
      if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: `once:${register}`, facts: { part: '', commitment: '' }, keys } }] };
      return now === undefined || before === undefined || !isSame(now, before) ? { drafts: [] } : { drafts: [{ item: record.item, kind: 'record-told', body: { events: [own], keys } }] };
    },
    reply: () => null,
  });
  host.world.crashPoint?.('claim-kept');
}
