/** Words on a desk: what was said to a leg, and why its register refused. */
import { agency } from '@lienthong/contract';
import { saidByRegister } from '@lienthong/law';
import type { Dossier, FolderId, Leg } from '@lienthong/law';
import type { Host } from '../host.ts';
import { wordsOf } from '../words-beside.ts';
import type { SaidInWords } from '../words-beside.ts';

/** A line of the desk, and what must still be looked up for it; null for almost all. */
export type DeskLine = { readonly line: agency.DeskLeg; readonly refusedWith: { readonly folder: FolderId; readonly said: NonNullable<ReturnType<typeof saidByRegister>> } | null };

export function deskLine(line: agency.DeskLeg, dossier: Dossier, leg: Leg): DeskLine {
  const said = saidByRegister(dossier, leg);
  return { line, refusedWith: said === undefined ? null : { folder: dossier.id, said } };
}

export async function withRefusal(host: Host, { line, refusedWith }: DeskLine): Promise<agency.DeskLeg> {
  if (refusedWith === null) return line;
  const [words] = await wordsOf(host, refusedWith.folder, refusedWith.said.item, [refusedWith.said]);
  return words === undefined ? line : { ...line, registerRefusal: words.texts['reason'] ?? '' };
}

export function wordsMessage({ ref, kind, by, at, texts }: SaidInWords): agency.Words {
  return { entry: { ...ref }, kind, office: by?.office ?? '', officer: by?.officer ?? '', time: new Date(at), texts: { ...texts } };
}
