/** What one service tells another about one folder, as values; `update-codec` gives it bytes. */
import type { AuthorId, FolderId, Heads, Proof } from '@lienthong/folder';
import type { Commit } from '../ports/folder-store.ts';

/** An entry as it travels: its bytes and why to believe them. Every `Entry` is one. */
export type SealedEntry = { readonly bytes: Uint8Array; readonly proof: Proof | null };

export type FolderUpdate = {
  readonly folder: FolderId;
  /** The incarnation that sends; `heads` acknowledge only for it. */
  readonly sender: AuthorId;
  /** What the sender durably holds: the acknowledgement, unless it is `partial`. */
  readonly heads: Heads;
  /** What the sender believes the receiver lacks, each author's in order. Ends on entries with a proof. */
  readonly entries: readonly SealedEntry[];
  /** True: an answer with the receiver's heads and what the sender lacks is wanted. */
  readonly wantsReply: boolean;
  /** Highest durable commit of the sender's store; 0 when not told. Whoever hears it remembers it. */
  readonly mark: Commit;
  /** The sender holds entries beyond these that one message cannot carry: they are to be pulled. Absent: everything is here. */
  readonly more?: true;
  /** The sender has not got all that it keeps for the receiver beside these entries: `heads` say what it holds, and acknowledge nothing. Absent: they acknowledge. */
  readonly partial?: true;
};
