/** The signed file of a form: made once for what the form says, kept by its digest, and handed out ever after. */
import { claimOnce, ownerOnce } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Form } from '@lienthong/law';

/** Signs a PDF; each time gives other bytes. `at`: claimed time of signing, milliseconds. */
export type SignForm = (pdf: Uint8Array, signing: { readonly reason: string; readonly location: string; readonly at: number }) => Promise<Uint8Array>;
type Signing = { readonly host: Host; readonly sign: SignForm | undefined };

/** Register of what is signed: the digest of the form alone owns that of the signed file. */
const register = 'signed-form';

/** Throws FORM_NOT_SIGNED, UNKNOWN_DOCUMENT when the file is gone from the store. */
export async function signedForm({ host, sign: signer }: Signing, form: Form, plain: Uint8Array): Promise<Uint8Array> {
  const not = (problem: string): never => { throw errorOfRefusal(refuse('FORM_NOT_SIGNED', { form: form.edition.number, code: form.code, problem }, 'signed')); };
  if (form.rehearsal) not('diễn tập / a rehearsal');
  if (signer === undefined) return not('chưa có khóa ký / no key');
  const key = host.world.hash(plain);
  const digest = await ownerOnce(host, register, key) ?? await claimOnce(host, register, key, await sign(host, signer, form, plain));
  const content = await host.documents.get(digest);
  if (content === undefined) throw new HubError('UNKNOWN_DOCUMENT', { digest }, { field: 'signed' });
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Of two that sign at the same time, one file is kept and the other never named. */
async function sign(host: Host, signer: SignForm, form: Form, plain: Uint8Array): Promise<string> {
  const signed = await signer(plain, { reason: `Mẫu số ${form.edition.number}, ${form.edition.source.act}`, location: form.office.vi, at: host.world.now() });
  const put = await host.documents.put((async function* () { yield signed; })(), { mediaType: 'application/pdf' });
  if (!put.ok) throw new TypeError(`a signed form is no document: ${put.refusal}`);
  return put.document.digest;
}
