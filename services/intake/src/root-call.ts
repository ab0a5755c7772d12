/** One call on a dossier as a whole: who acts, what stands beside the entries, what the law answers. */
import type { dossier as pb } from '@lienthong/contract';
import { commandDossier, folderOf, gatheredFirst, markRequest } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import type { Aside } from '@lienthong/kernel';
import { decideRootCommand } from '@lienthong/law';
import type { By, Dossier, RootCommand } from '@lienthong/law';

/** What every request on a dossier carries. */
export type RootRequest = { readonly requestId: string; readonly office: string; readonly code: string };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A command without what the call itself says. */
export type RootAction = DistributiveOmit<RootCommand, 'by' | 'request'>;
/** `action`: itself, or what it is for the dossier as it stands. `asides`: parts to keep beside the entries. */
export type Gathered = { readonly action: RootAction | ((dossier: Dossier) => RootAction); readonly asides?: readonly Aside[] };

/** `by` is asked once the request has a mark; `gather` runs before the law decides, and may fail where there is nothing to decide any more. */
export async function commandRoot(host: Host, request: RootRequest, content: Uint8Array, by: () => By, gather: () => Promise<Gathered>): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world), acting = by();
  const folder = await folderOf(host, request.code);
  const gathered = await gatheredFirst(gather());
  return commandDossier(host, folder, request.code, mark, (dossier, context) => {
    const { action, asides } = gathered();
    const outcome = decideRootCommand({ ...(typeof action === 'function' ? action(dossier) : action), by: acting, request: mark.mark } as RootCommand, dossier, context);
    return asides === undefined ? { outcome } : { outcome, asides };
  });
}
