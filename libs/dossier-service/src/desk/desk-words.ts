/** Words on a desk: what was said to a leg, and why its register refused. */
import { agency } from '@lienthong/contract';
import { saidByRegister, saidOfReversal } from '@lienthong/law';
import type { Dossier, FolderId, Leg, Said } from '@lienthong/law';
import type { Host } from '../host.ts';
import { wordsOf } from '../words-beside.ts';
import type { SaidInWords } from '../words-beside.ts';

/** A line of the desk, and what must still be looked up for it; null for almost all. */
export type DeskLine = { readonly line: agency.DeskLeg; readonly register: { readonly folder: FolderId; readonly refusal: Said | undefined; readonly reversal: Said | undefined } | null };

export function deskLine(line: agency.DeskLeg, dossier: Dossier, leg: Leg): DeskLine {
  const refusal = saidByRegister(dossier, leg), reversal = saidOfReversal(dossier, leg);
  return { line, register: refusal === undefined && reversal === undefined ? null : { folder: dossier.id, refusal, reversal } };
}

export async function withRefusal(host: Host, { line, register }: DeskLine): Promise<agency.DeskLeg> {
  if (register === null) return line;
  const said = [register.refusal, register.reversal].filter((one) => one !== undefined);
  const words = new Map((await wordsOf(host, register.folder, said[0]!.item, said)).map((one) => [one.kind, one.texts['reason']]));
  return { ...line, registerRefusal: words.get('amendment-refused') ?? words.get('register-refused') ?? line.registerRefusal, standingChange: words.get('reversal-refused') ?? line.standingChange };
}

export function wordsMessage({ ref, kind, by, at, texts }: SaidInWords): agency.Words {
  return { entry: { ...ref }, kind, office: by?.office ?? '', officer: by?.officer ?? '', time: new Date(at), texts: { ...texts } };
}
