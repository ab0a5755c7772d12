/** Notices a second submission of the same applicant for the same thing. A warning, never a refusal. */
import type { Host } from '@lienthong/dossier-service';
import type { IndexFields } from '@lienthong/kernel';
import type { Dossier } from '@lienthong/law';

export type Duplicates = { keyOf(text: string): string; openTwin(key: string): Promise<string> };

/** Characters of a key; enough to tell apart, too few to be a second name of a person. */
const keyCharacters = 24;

/** `pepper`: a secret of this service, without which a key tells nothing. */
export function duplicates(host: Host, pepper: string): Duplicates {
  const utf8 = new TextEncoder();
  return {
    keyOf: (text) => host.world.hash(utf8.encode(`${pepper}|${text}`)).slice(0, keyCharacters),
    async openTwin(key) {
      const [found] = await host.participant.find('duplicate', key, 1);
      return found === undefined ? '' : await host.participant.view(found, (view) => view.state.dossier.root?.body.code) ?? '';
    },
  };
}

/** Open dossiers are found by their key. */
export function duplicateIndex(dossier: Dossier): IndexFields {
  const root = dossier.root;
  return root?.body.duplicateKey === undefined || root.closed !== null ? {} : { duplicate: [root.body.duplicateKey] };
}
