/** Looks at a document while it streams by: size, digest, type. Says as early as it can that it will not be taken. */
import { createHash } from 'node:crypto';
import { maxDocumentBytes, mediaTypes } from '@lienthong/kernel/ports/documents';
import type { Declared, DocumentInfo, DocumentRefusal, MediaType } from '@lienthong/kernel/ports/documents';
import { fits, judgedBytes, sniff, TextCheck } from './media-type.ts';

type Verdict = { readonly ok: true; readonly document: DocumentInfo } | { readonly ok: false; readonly refusal: DocumentRefusal };

export class Examination {
  readonly #declared: Declared;
  readonly #limit: number;
  readonly #hash = createHash('sha256');
  readonly #text = new TextCheck();
  #head = new Uint8Array(0);
  #found: MediaType | undefined;
  #size = 0;

  /** `limit`: bytes, at most `maxDocumentBytes`. */
  constructor(declared: Declared, limit: number = maxDocumentBytes) {
    this.#declared = declared;
    this.#limit = limit;
  }

  /** Before the first byte. */
  begin(): DocumentRefusal | undefined {
    return (mediaTypes as readonly string[]).includes(this.#declared.mediaType) ? undefined : 'type-not-accepted';
  }

  more(piece: Uint8Array): DocumentRefusal | undefined {
    this.#size += piece.byteLength;
    if (this.#size > this.#limit) return 'too-large';
    this.#hash.update(piece);
    if (this.#head.length < judgedBytes) {
      this.#head = Buffer.concat([this.#head, piece.subarray(0, judgedBytes - this.#head.length)]);
      if (this.#head.length === judgedBytes && !this.#judge()) return 'type-mismatch';
    }
    return this.#isText() && !this.#text.more(piece) ? 'type-mismatch' : undefined;
  }

  end(): Verdict {
    const refusal = this.#lastRefusal();
    if (refusal) return { ok: false, refusal };
    const digest = this.#hash.digest('hex');
    if (this.#declared.digest !== undefined && this.#declared.digest !== digest) return { ok: false, refusal: 'digest-mismatch' };
    return { ok: true, document: { digest, size: this.#size, mediaType: this.#found! } };
  }

  #lastRefusal(): DocumentRefusal | undefined {
    if (this.#size === 0) return 'empty';
    if (this.#found === undefined && !this.#judge()) return 'type-mismatch';
    return this.#isText() && !this.#text.end() ? 'type-mismatch' : undefined;
  }

  #judge(): boolean {
    this.#found = sniff(this.#head);
    return this.#found !== undefined && fits(this.#declared.mediaType as MediaType, this.#found);
  }

  /** By declaration: what is declared as text must be text to its end. */
  #isText(): boolean {
    return this.#declared.mediaType === 'text/plain' || this.#declared.mediaType === 'application/xml';
  }
}
