/** The intake receipt as a document: for the counter that received, and for whoever holds its secret. */
import { intake } from '@lienthong/contract';
import { folderOf } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { mayLook } from './access.ts';
import type { GuessLimit } from './access.ts';
import { wholeDossier } from './reading.ts';

/** What is printed on form 01. */
export type ReceiptContent = { readonly receipt: intake.IntakeReceipt; readonly applicant: intake.GetDossierResponse['applicant']; readonly contact: intake.GetDossierResponse['contact']; readonly language: 'vi' | 'en' };
/** Makes the PDF; the same content gives the same bytes. */
export type ReceiptPdf = (content: ReceiptContent) => Promise<Uint8Array>;

/** Bytes in one message of the stream. */
export const chunkBytes = 256 * 1024;

export async function* getReceipt(host: Host, limit: GuessLimit, pdf: ReceiptPdf, request: intake.GetReceiptRequest, call: Call): AsyncIterable<intake.GetReceiptResponse> {
  if (call.caller.office === '') await checkSecret(host, limit, request, call);
  const dossier = await wholeDossier(host, request.code);
  const bytes = await pdf({ receipt: dossier.receipt!, applicant: dossier.applicant, contact: dossier.contact, language: request.language === 'en' ? 'en' : 'vi' });
  for (let at = 0; at < bytes.length; at += chunkBytes) yield { chunk: Buffer.from(bytes.subarray(at, at + chunkBytes)) };
}

async function checkSecret(host: Host, limit: GuessLimit, request: intake.GetReceiptRequest, call: Call): Promise<void> {
  const keys = [`code:${request.code}`, `peer:${call.caller.peer}`];
  limit.check(keys);
  const folder = await folderOf(host, request.code).catch(() => undefined);
  const root = folder === undefined ? undefined : await host.participant.view(folder, (view) => view.state.dossier.root);
  if (folder !== undefined && root != null && await mayLook(host, folder, root, { secret: request.secret })) return;
  limit.wrong(keys);
  throw new HubError('TRACK_REFUSED', { code: request.code }, { field: 'secret' });
}
