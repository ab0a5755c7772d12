/** Updates to messages of the contract and back, for adapters that carry bytes. */
import { folder as contract } from '@lienthong/contract';
import { HubError } from '../errors.ts';
import { decodeHeads, encodeHeads, isAuthorId, isFolderId } from './entry-codec.ts';
import type { FolderUpdate } from './folder-update.ts';
import { decodeSealed, encodeSealed } from './segment.ts';

export function updateToMessage(update: FolderUpdate): contract.FolderUpdate {
  return { folder: update.folder, fromAuthor: update.sender, heads: encodeHeads(update.heads), entries: update.entries.map(encodeSealed), wantsReply: update.wantsReply, mark: update.mark === 0 ? undefined : update.mark, more: update.more, partial: update.partial };
}

/** Throws MALFORMED_MESSAGE, which names the field at fault. */
export function updateFromMessage(message: contract.FolderUpdate): FolderUpdate {
  if (!isFolderId(message.folder)) throw notAnUpdate('folder');
  if (!isAuthorId(message.fromAuthor)) throw notAnUpdate('from_author');
  if (!message.heads.every((head) => isAuthorId(head.author) && head.seq >= 1 && head.hash.byteLength === 32)) throw notAnUpdate('heads');
  return { folder: message.folder, sender: message.fromAuthor, heads: decodeHeads(message.heads), entries: message.entries.map(decodeSealed), wantsReply: message.wantsReply, mark: message.mark ?? 0, ...(message.more ? { more: true } : {}), ...(message.partial ? { partial: true } : {}) };
}

export function encodeUpdate(update: FolderUpdate): Uint8Array {
  return contract.FolderUpdate.encode(updateToMessage(update)).finish();
}

export function decodeUpdate(bytes: Uint8Array): FolderUpdate {
  return updateFromMessage(contract.FolderUpdate.decode(bytes));
}

function notAnUpdate(field: string): HubError {
  return new HubError('MALFORMED_MESSAGE', { problem: `not an update: ${field}` }, { field });
}
