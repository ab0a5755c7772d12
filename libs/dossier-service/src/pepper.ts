/** A secret of one service, made once and kept in its store beside the entries: keyed look-up values mean nothing without it. */
import { errorOfRefusal } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import type { FolderId, Refusal } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import { commitTo, valueOf } from './particulars.ts';

export const pepperBytes = 32;

/** The pepper of the host's service; the first call of a store makes it. Reading it needs no right to write, so a service that waits for a succession has it. */
export async function servicePepper(host: Host): Promise<string> {
  const folder = host.world.hash(new TextEncoder().encode(`pepper|${host.service}`));
  const kept = await keptPepper(host, folder);
  if (kept !== undefined) return kept;
  assertWhole(host);
  const made = commitTo('pepper', Array.from(host.world.randomBytes(pepperBytes), (byte) => byte.toString(16).padStart(2, '0')).join(''), host.world);
  host.world.crashPoint?.('pepper-unkept');
  const handled = await host.participant.handle(folder, {
    request: { id: 'pepper', digest: folder },
    decide: (view) => (view.state.record !== null ? { drafts: [] } : { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: 'pepper', facts: made.commitment, keys: {} } }], asides: [made.aside] }),
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  host.world.crashPoint?.('pepper-kept');
  const pepper = await keptPepper(host, folder);
  if (pepper === undefined) throw new RangeError(`no pepper of ${host.service}`);
  return pepper;
}

async function keptPepper(host: Host, folder: FolderId): Promise<string | undefined> {
  const facts = await host.participant.view(folder, (view) => view.state.record?.facts);
  if (facts === undefined) return undefined;
  const [aside] = await host.participant.asides(folder, [asideName(facts.commitment)]);
  return aside?.bytes == null ? undefined : valueOf<string>(aside.bytes);
}
