/** From a call to a command and back: who acts, which request, what the answer is. */
import { dossier as pb } from '@lienthong/contract';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call, Aside, World } from '@lienthong/kernel';
import { isOfficerCode, isRefused, maxOfficerCharacters, refuse, stamped } from '@lienthong/law';
import type { By, Dossier, FolderId, LawContext, Outcome, Refusal } from '@lienthong/law';
import { itemId } from '@lienthong/folder';
import type { Entry } from '@lienthong/folder';
import { contextOf } from './host.ts';
import type { Host } from './host.ts';
import { besideEntries } from './words-beside.ts';

/** Characters of a request's digest that are kept beside its id. */
const digestCharacters = 16;

/** `id` of the client, and what names id and content in the entries. */
export type RequestMark = { readonly id: string; readonly digest: string; readonly mark: string };

const requestId = /^[A-Za-z0-9._:-]{1,64}$/;

/** Throws REQUEST_ID_MISSING or REQUEST_ID_INVALID. */
export function checkRequestId(id: string): void {
  if (id === '') throw new HubError('REQUEST_ID_MISSING', {}, { field: 'request_id' });
  if (!requestId.test(id)) throw new HubError('REQUEST_ID_INVALID', { problem: 'A–Z a–z 0–9 . _ : -, 1–64' }, { field: 'request_id' });
}

/** Checks a request id and marks it with the digest of the request's content. */
export function markRequest(id: string, content: Uint8Array, world: Pick<World, 'hash'>): RequestMark {
  checkRequestId(id);
  const digest = world.hash(content);
  return { id, digest, mark: `${id}#${digest.slice(0, digestCharacters)}` };
}

/** The office on whose behalf a call is made. Throws CALLER_UNKNOWN, or ACTS_FOR_ANOTHER_OFFICE where the request names another one than the caller is. */
export function actingFor(call: Call, office: string): By {
  const acting = office === '' ? call.caller.office : office;
  if (acting === '') throw new HubError('CALLER_UNKNOWN', { field: 'lienthong-office' });
  if (call.caller.office !== '' && acting !== call.caller.office) throw new HubError('ACTS_FOR_ANOTHER_OFFICE', { caller: call.caller.office, office: acting }, { field: 'office' });
  const { officer } = call.caller;
  if (officer !== '' && !isOfficerCode(officer)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'lienthong-officer', problem: `mã cán bộ: A–Z a–z 0–9 . _ @ + -, ≤ ${maxOfficerCharacters}` }, 'lienthong-officer'));
  return { office: acting, officer };
}

/**
 * Facts for a decision. What could not be had is thrown where the decision uses them, and no sooner: a repeat decides nothing, and is answered as before whatever has become of the facts.
 */
export function gatheredFirst<T>(facts: Promise<T>): Promise<() => T> {
  return facts.then((value) => () => value, (error: unknown) => () => { throw error; });
}

/** What a command decides with, after its facts were gathered. */
export type Decide = (dossier: Dossier, context: LawContext) => { readonly outcome: Outcome; readonly asides?: readonly Aside[] };

/** Runs a command on a dossier: decided, durable, answered; a repeat gets the same answer. */
export async function commandDossier(host: Host, folder: FolderId, code: string, request: RequestMark, decide: Decide): Promise<pb.CommandReceipt> {
  const handled = await host.participant.handle(folder, {
    request: { id: request.id, digest: request.digest },
    decide: (view) => {
      const { outcome, asides } = decide(view.state.dossier, contextOf(host));
      if (isRefused(outcome)) return outcome;
      return besideEntries(host.world, stamped(view.state.dossier, outcome.drafts), asides);
    },
    reply: (entries) => receiptOf(code, folder, entries),
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  return handled.reply;
}

export function receiptOf(code: string, folder: FolderId, entries: readonly Entry[]): pb.CommandReceipt {
  const last = entries.at(-1);
  return {
    code, folder,
    entries: entries.map((entry) => ({
      ref: { author: entry.author, seq: entry.seq }, kind: entry.kind, item: entry.item, created: entry.creates.map((_holder, n) => itemId(entry.author, entry.seq, n)),
    })),
    recordedTime: last === undefined ? undefined : new Date(last.recordedAt), effectiveTime: last === undefined ? undefined : new Date(last.effectiveAt),
  };
}

/** A refusal of the law where a call stops before deciding. */
export function refused(refusal: Refusal): HubError {
  return errorOfRefusal(refusal);
}

