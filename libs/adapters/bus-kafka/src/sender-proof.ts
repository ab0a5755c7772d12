/**
 * Who tells an update. Entries prove themselves, whoever brings them; what a sender says of itself – what it holds, how far its store has come – counts only under its own
 * signature, for a topic may be written by more than those who should.
 */
import type { IHeaders } from 'kafkajs';
import type { FolderUpdate, ServiceName } from '@lienthong/kernel';
import type { Keys, World } from '@lienthong/kernel/ports/world';
import { headerText } from './header-text.ts';

export type Signatures = Pick<World, 'hash' | 'sign' | 'verify'> & Pick<Keys, 'knows'>;

/** `<id of the key>.<signature, base64>` over the destination and the value. */
export const proofHeader = 'sender_proof';

const utf8 = new TextEncoder();

export function proofOf({ hash, sign }: Signatures, destination: ServiceName, { sender }: FolderUpdate, value: Uint8Array): string {
  const { keyId, signature } = sign(sender, hash(said(destination, value)));
  return `${keyId}.${Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('base64')}`;
}

/** The update as far as it is proved; null: somebody else wrote it in the sender's name. A sender whose certificate has not come yet may have signed it. */
export function provedPart({ hash, verify, knows }: Signatures, destination: ServiceName, update: FolderUpdate, value: Uint8Array, headers: IHeaders | undefined): FolderUpdate | null {
  const proof = headerText(headers, proofHeader);
  if (proof === undefined || !knows(update.sender)) return entriesAlone(update);
  const dot = proof.indexOf('.');
  return verify(update.sender, hash(said(destination, value)), { keyId: proof.slice(0, dot), signature: Buffer.from(proof.slice(dot + 1), 'base64') }) ? update : null;
}

/** It acknowledges nothing and tells no mark. */
function entriesAlone({ folder, sender, entries, wantsReply, more }: FolderUpdate): FolderUpdate {
  return { folder, sender, heads: {}, entries, wantsReply, mark: 0, partial: true, ...(more === undefined ? {} : { more }) };
}

/** Nothing else that is signed begins like this; a record cannot be moved to another's topic. */
function said(destination: ServiceName, value: Uint8Array): Uint8Array {
  return Buffer.concat([utf8.encode(`update|${destination}|`), value]);
}
