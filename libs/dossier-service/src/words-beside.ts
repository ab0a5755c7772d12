/** What people say in their own words goes beside the entry when it is written, and is read from there by those whom it is for. */
import type { Aside } from '@lienthong/kernel';
import { asideName, withoutWords, wordsPart, wordsRefusal } from '@lienthong/law';
import type { Draft, FolderId, ItemId, Refusal, Said, Words } from '@lienthong/law';
import type { Host } from './host.ts';
import { commitmentOf, commitTo, keptParts, valueOf } from './particulars.ts';

type Beside = { readonly drafts: readonly Draft[]; readonly asides?: readonly Aside[] };

/** The entries without words, and the words to be kept beside them. Entries without words cost nothing more. */
export function besideEntries(chance: Parameters<typeof commitTo>[2], drafts: readonly Draft[], asides?: readonly Aside[]): Beside | { readonly refusal: Refusal } {
  const kept: Aside[] = [];
  const written: Draft[] = [];
  for (const one of drafts) {
    const { draft, words } = withoutWords(one);
    if (words === null) { written.push(draft); continue; }
    const refusal = wordsRefusal(words);
    if (refusal !== null) return { refusal };
    const { commitment, aside } = commitTo(wordsPart, words, chance);
    written.push({ ...draft, body: { ...draft.body, words: commitment } } as Draft);
    kept.push(aside);
  }
  if (kept.length === 0) return asides === undefined ? { drafts: written } : { drafts: written, asides };
  return { drafts: written, asides: [...asides ?? [], ...kept] };
}

export type SaidInWords = Said & { readonly texts: Words };

/** The words that can be had now, in the order given: from this store, else from the service that wrote them; what does not fit its commitment is left out. `as`: the item that gives the right to them. */
export async function wordsOf(host: Host, folder: FolderId, as: ItemId, said: readonly Said[]): Promise<readonly SaidInWords[]> {
  if (said.length === 0) return [];
  const nameOf = ({ words }: Said): string => asideName(words.commitment);
  const found = await keptParts(host, folder, said.map((one) => ({ part: one.words.part, name: nameOf(one) })));
  const elsewhere = said.filter((one) => !found.has(nameOf(one)) && one.beside !== host.service);
  await Promise.all([...new Set(elsewhere.map((one) => one.beside))].map(async (from) => {
    const names = elsewhere.filter((one) => one.beside === from).map(nameOf);
    for (const one of await host.pull?.(from, folder, as, names).catch(() => []) ?? []) if (one.bytes !== null) found.set(one.name, one.bytes);
  }));
  return said.flatMap((one) => {
    const bytes = found.get(nameOf(one));
    return bytes === undefined || commitmentOf(one.words.part, bytes, host.world) !== one.words.commitment ? [] : [{ ...one, texts: valueOf<Words>(bytes) }];
  });
}
