/** Forms of a dossier as documents: for the counter, and for whoever holds the secret of the receipt. What they say is the law's, how they are drawn the adapter's. */
import { intake } from '@lienthong/contract';
import { particularsNamed, readDossier, wordsOf } from '@lienthong/dossier-service';
import type { GuessLimit, Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { formNamed, formOf, localDate, namedParts, refuse, saidToCitizen, wordsKey } from '@lienthong/law';
import type { Dossier, FolderId, Form, FormEdition, FormFacts, FormKind, NamedPart, Said } from '@lienthong/law';
import { callerOrSecret } from './access.ts';
import { signedForm } from './signed-form.ts';
import type { SignForm } from './signed-form.ts';
import { accessPart } from './submission.ts';

export type Language = 'vi' | 'en';
/** Draws a form; the same form gives the same bytes. `signal`: aborted when nobody waits for it any more. */
export type FormPdf = (form: Form, language: Language, signal: AbortSignal) => Promise<Uint8Array>;
export type Forms = { readonly host: Host; readonly limit: GuessLimit; readonly editions: readonly FormEdition[]; readonly pdf: FormPdf; readonly sign: SignForm | undefined };

/** Bytes in one message of the stream. */
export const chunkBytes = 64 * 1024;

export const languageOf = (tag: string): Language => (tag === 'en' ? 'en' : 'vi');

/** The same paper as form 01 of GetForm. */
export async function* getReceipt(forms: Forms, request: intake.GetReceiptRequest, call: Call): AsyncIterable<intake.GetReceiptResponse> {
  const { bytes } = await printed(forms, { ...request, form: 'receipt', signed: false }, call);
  for (const chunk of chunksOf(bytes)) yield { chunk };
}

export async function* getForm(forms: Forms, request: intake.GetFormRequest, call: Call): AsyncIterable<intake.GetFormResponse> {
  yield* streamed(await printed(forms, request, call));
}

export type Drawn = { readonly bytes: Uint8Array; readonly info: intake.FormInfo };

/** What it is goes with the first piece. */
export function* streamed({ bytes, info }: Drawn): Iterable<{ readonly chunk: Buffer; readonly info: intake.FormInfo | undefined }> {
  let first: intake.FormInfo | undefined = info;
  for (const chunk of chunksOf(bytes)) { yield { chunk, info: first }; first = undefined; }
}

export function* chunksOf(bytes: Uint8Array): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield Buffer.from(bytes.subarray(at, at + chunkBytes));
}

async function printed(forms: Forms, request: intake.GetFormRequest, call: Call): Promise<Drawn> {
  // Whoever may see a dossier may have its forms.
  await callerOrSecret(forms.host, forms.limit, 'GetDossier', request, call);
  return drawn(forms, await filledForm(forms, request.code, request.form), request, call);
}

export async function drawn(forms: Forms, form: Form, { language, signed }: Pick<intake.GetFormRequest, 'language' | 'signed'>, { signal }: Pick<Call, 'signal'>): Promise<Drawn> {
  const plain = await forms.pdf(form, languageOf(language), signal), bytes = signed ? await signedForm(forms, form, plain) : plain;
  return { bytes, info: { ...infoOf(forms.host, form, bytes), signed } };
}

export function infoOf(host: Host, { edition, issuedAt }: Form, bytes: Uint8Array): intake.FormInfo {
  return { signed: false, form: edition.form, number: edition.number, title: edition.title, act: edition.source.act, paper: edition.paper, issuedTime: new Date(issuedAt), digest: host.world.hash(bytes) };
}

/** Throws FIELD_INVALID for what names no form, FORM_NOT_IN_EDITION, FORM_NOT_ISSUED. */
async function filledForm({ host, editions }: Forms, code: string, named: string): Promise<Form> {
  const gathered = await readDossier(host, code, (dossier, folder) => ({ folder, kind: kindOf(dossier, editions, named), names: namesOf(dossier), root: dossier.root!.id, said: saidToCitizen(dossier) }));
  const facts = await factsOf(host, gathered);
  const form = await readDossier(host, code, (dossier) => formOf(gathered.kind, dossier, editions, facts, host.environment));
  if ('refusal' in form) throw errorOfRefusal(form.refusal);
  return form;
}

function kindOf(dossier: Dossier, editions: readonly FormEdition[], named: string): FormKind {
  const on = localDate(dossier.root!.receivedAt), kind = formNamed(editions, named, on);
  if (kind !== undefined) return kind;
  throw errorOfRefusal(/^0\d$/.test(named) ? refuse('FORM_NOT_IN_EDITION', { form: named, date: on }, 'form') : refuse('FIELD_INVALID', { field: 'form', problem: '01–07' }, 'form'));
}

const shownParts = ['applicant', 'submitter', 'contact', accessPart] as const;

export function namesOf(dossier: Dossier): NamedPart[] {
  return namedParts(dossier.root!, shownParts);
}

type Gathered = { readonly folder: FolderId; readonly names: readonly NamedPart[]; readonly root: string; readonly said: readonly Said[] };

/** Particulars and words, as far as they are still there. */
export async function factsOf(host: Host, { folder, names, root, said }: Gathered): Promise<FormFacts> {
  const values = await particularsNamed(host, folder, names), spoken = await wordsOf(host, folder, root, said);
  const part = <K extends keyof FormFacts>(name: K & string): Pick<FormFacts, K> | object => (values[name] === undefined ? {} : { [name]: values[name] });
  return {
    ...part('applicant'), ...part('submitter'), ...part('contact'), secret: (values[accessPart] as { secret: string } | undefined)?.secret ?? '',
    words: new Map(spoken.map((one) => [wordsKey(one.ref), one.texts['reason'] ?? one.texts['explanation'] ?? ''])),
  };
}
