/** A secret of one service, made once and kept in its store beside the entries: keyed look-up values mean nothing without it. */
import { errorOfRefusal } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import type { Refusal } from '@lienthong/law';
import type { Host } from './host.ts';
import { commitTo, valueOf } from './particulars.ts';

export const pepperBytes = 32;

/** The pepper of the host's service; the first call of a store makes it. */
export async function servicePepper(host: Host): Promise<string> {
  const utf8 = new TextEncoder();
  const folder = host.world.hash(utf8.encode(`pepper|${host.service}`));
  const request = { id: 'pepper', digest: folder };
  const made = commitTo('pepper', Array.from(host.world.randomBytes(pepperBytes), (byte) => byte.toString(16).padStart(2, '0')).join(''), host.world);
  const handled = await host.participant.handle(folder, {
    request,
    decide: (view) => (view.state.record !== null ? { drafts: [] } : { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: 'pepper', facts: made.commitment, keys: {} } }], asides: [made.aside] }),
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  const facts = await host.participant.view(folder, (view) => view.state.record!.facts);
  const [aside] = await host.participant.asides(folder, [asideName(facts!.commitment)]);
  return valueOf<string>(aside!.bytes!);
}
