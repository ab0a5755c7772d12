/** A value that may be used once in the whole service, e.g. a bank's reference: whoever writes its record first has it. */
import type { FolderId } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';

const utf8 = new TextEncoder();

/** The owner of `value` in `register`: `owner`, or who was first. Durable when it answers; the same owner may ask again. The value itself is kept as its hash only. */
export async function claimOnce(host: Host, register: string, value: string, owner: string): Promise<string> {
  const folder: FolderId = host.world.hash(utf8.encode(`once|${register}|${value}`));
  const held = await ownerOf(host, folder);
  if (held !== undefined) return held;
  const id = host.world.hash(utf8.encode(`${register}|${value}|${owner}`));
  host.world.crashPoint?.('claim-unkept');
  await host.participant.handle(folder, {
    request: { id, digest: id },
    decide: (view) => (view.state.record !== null ? { drafts: [] } : { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: `once:${register}`, facts: { part: '', commitment: '' }, keys: { owner: [owner] } } }] }),
    reply: () => null,
  });
  host.world.crashPoint?.('claim-kept');
  return (await ownerOf(host, folder))!;
}

/** Who has it, if anybody does. */
export function ownerOnce(host: Host, register: string, value: string): Promise<string | undefined> {
  return ownerOf(host, host.world.hash(utf8.encode(`once|${register}|${value}`)));
}

async function ownerOf(host: Host, folder: FolderId): Promise<string | undefined> {
  assertWhole(host);
  return host.participant.view(folder, (view) => view.state.record?.keys['owner']?.[0]);
}
