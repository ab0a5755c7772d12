/** Who may look at a dossier without an office: whoever knows the receipt's secret or the last digits of the applicant's number. */
import { dossier as pb } from '@lienthong/contract';
import { folderOf, mayCall, particularsNamed } from '@lienthong/dossier-service';
import type { GuessLimit, Host } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { namedParts } from '@lienthong/law';
import type { Dossier, FolderId, Root } from '@lienthong/law';
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
async function mayLook(host: Host, folder: FolderId, root: Pick<Root, 'particulars'>, proof: AccessProof): Promise<boolean> {
  if ('secret' in proof) {
    const [access] = namedParts(root, [accessPart]);
    return access !== undefined && proof.secret !== '' && same(await accessSecret(host, folder, access.name), proof.secret);
  }
  if (!/^\d{4}$/.test(proof.last4)) return false;
  const found = await particularsNamed(host, folder, namedParts(root, ['applicant']));
  const numbers = found['applicant'] === undefined ? [] : identityNumbers(pb.Party.fromJSON(found['applicant']));
  return numbers.some((number) => same(number.replace(/\D/g, '').slice(-4), proof.last4));
}

/**
 * An office that may call a method of intake, or whoever shows the secret of the receipt: then the dossier's root, else null. A wrong secret and an unknown code look the same
 * and cost the same. Throws what `mayCall` answers, TOO_MANY_TRIES and TRACK_REFUSED.
 */
export async function callerOrSecret(host: Host, limit: GuessLimit, method: 'GetDossier' | 'SendResult', { code, secret }: { readonly code: string; readonly secret: string }, { caller }: Call): Promise<Root | null> {
  if (caller.office !== '') {
    const refused = mayCall(`/lienthong.intake.v1.Intake/${method}`, caller, host.environment.reference);
    if (refused !== undefined) throw refused;
    return null;
  }
  const proved = await whereProved(host, limit, { code, proof: { secret } }, caller.peer, ({ root }) => root!);
  if (proved === undefined) throw new HubError('TRACK_REFUSED', { code }, { field: 'secret' });
  return proved.shown;
}

/** `shown`: what was read of the dossier. */
type Proved<T> = { readonly folder: FolderId; readonly root: Root; readonly shown: T };

/**
 * What `read` gives of a dossier where the proof fits; undefined where it does not, or there is none. The secret of a receipt cannot be guessed, so whoever shows it is let in however often
 * others have guessed at the dossier; a wrong one counts against its address alone. Throws TOO_MANY_TRIES.
 */
export async function whereProved<T>(host: Host, limit: GuessLimit, { code, proof }: { readonly code: string; readonly proof: AccessProof }, peer: string, read: (dossier: Dossier) => T): Promise<Proved<T> | undefined> {
  const find = (): Promise<Proved<T> | undefined> => provedWith(host, code, proof, read);
  if (!('secret' in proof)) return limit.attempt({ thing: `code:${code}`, peer }, find);
  return await find() ?? limit.attempt<Proved<T>>({ peer }, async () => undefined);
}

async function provedWith<T>(host: Host, code: string, proof: AccessProof, read: (dossier: Dossier) => T): Promise<Proved<T> | undefined> {
  const folder = await folderOf(host, code).catch(() => undefined);
  const found = folder === undefined ? undefined : await host.participant.view(folder, ({ state: { dossier } }) => (dossier.root === null ? undefined : { folder, root: dossier.root, shown: read(dossier) }));
  return found !== undefined && await mayLook(host, found.folder, found.root, proof) ? found : undefined;
}
