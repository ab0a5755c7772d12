/** Who may look at a dossier without an office: whoever knows the receipt's secret or the last digits of the applicant's number. */
import { dossier as pb } from '@lienthong/contract';
import { particularsNamed } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { asideName } from '@lienthong/law';
import type { FolderId, Root } from '@lienthong/law';
import { identityNumbers } from './parties.ts';
import { accessPart } from './submission.ts';

export async function accessSecret(host: Host, folder: FolderId, name: string): Promise<string> {
  const found = await particularsNamed(host, folder, [{ part: accessPart, name }]);
  return (found[accessPart] as { secret: string } | undefined)?.secret ?? '';
}

/** Compares without telling by its duration how much was right. */
function same(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let n = 0; n < Math.max(a.length, b.length); n++) difference |= (a.charCodeAt(n) || 0) ^ (b.charCodeAt(n) || 0);
  return difference === 0;
}

export type AccessProof = { readonly secret: string } | { readonly last4: string };

/** Whether the proof fits the dossier. */
export async function mayLook(host: Host, folder: FolderId, root: Pick<Root, 'particulars'>, proof: AccessProof): Promise<boolean> {
  const named = (part: string): { part: string; name: string }[] => { const one = root.particulars.get(part); return one === undefined ? [] : [{ part, name: asideName(one.commitment) }]; };
  if ('secret' in proof) {
    const [access] = named(accessPart);
    return access !== undefined && proof.secret !== '' && same(await accessSecret(host, folder, access.name), proof.secret);
  }
  if (!/^\d{4}$/.test(proof.last4)) return false;
  const found = await particularsNamed(host, folder, named('applicant'));
  const numbers = found['applicant'] === undefined ? [] : identityNumbers(pb.Party.fromJSON(found['applicant']));
  return numbers.some((number) => same(number.replace(/\D/g, '').slice(-4), proof.last4));
}
