/** At every moment each open item has one holder: told from the effective entries alone, without the folder's own bookkeeping. */
import { itemId } from '@lienthong/folder';
import type { AuthorId, Entry } from '@lienthong/folder';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

type Held = { holder: AuthorId; term: number; ended: boolean };

export const checkItems = (judged: JudgedFolder): readonly string[] => walked(judged).found;

/** Whoever holds something lives. */
export function checkHolders(evidence: Evidence, judged: JudgedFolder): readonly string[] {
  const found: string[] = [];
  for (const [key, { holder, ended }] of walked(judged).items) {
    const present = evidence.presentOf(holder.slice(0, holder.lastIndexOf('~')));
    if (!ended && holder !== present && judged.folder.logs.has(present)) found.push(`${judged.id.slice(0, 8)}: ${key} is held by ${holder}, which is no more`);
  }
  return found;
}

function walked({ id, effective }: JudgedFolder): { readonly items: ReadonlyMap<string, Held>; readonly found: readonly string[] } {
  const found: string[] = [];
  const name = id.slice(0, 8), items = new Map<string, Held>(), heirs = new Map<AuthorId, AuthorId>();
  const pass = (item: Held): void => {
    for (let heir = heirs.get(item.holder); heir !== undefined; heir = heirs.get(item.holder)) { item.holder = heir; item.term++; }
  };
  const create = (entry: Entry): void => entry.creates.forEach((holder, n) => { const item = { holder, term: 1, ended: false }; pass(item); items.set(itemId(entry.author, entry.seq, n), item); });
  for (const entry of effective) {
    if (entry.succeeds !== null) {
      heirs.set(entry.succeeds.predecessor, entry.author);
      for (const item of items.values()) if (!item.ended) pass(item);
      continue;
    }
    const item = items.get(entry.item);
    if (entry.item !== '' && (item === undefined || item.ended || item.holder !== entry.author || item.term !== entry.term)) {
      found.push(`${name}: ${entry.author}/${entry.seq} ${entry.kind} has effect on ${entry.item} under term ${entry.term}, which ${item?.holder ?? 'nobody'} holds under ${item?.term ?? 0}${item?.ended === true ? ', ended' : ''}`);
    }
    create(entry);
    if (item === undefined) continue;
    if (entry.handsTo !== '') { item.holder = entry.handsTo; item.term++; pass(item); }
    if (entry.ends) item.ended = true;
  }
  return { items, found };
}
