/** Cuts what arrives in parts of any size into pieces of one size. */
export type Piece = { readonly n: number; readonly bytes: Uint8Array };

export class PieceCutter {
  readonly #size: number;
  #buffer: Uint8Array;
  #filled = 0;
  #n = 0;

  /** `size`: bytes of each piece but the last. */
  constructor(size: number) {
    this.#size = size;
    this.#buffer = new Uint8Array(size);
  }

  /** The pieces that `part` completes. Nobody else holds their bytes. */
  *more(part: Uint8Array): Iterable<Piece> {
    for (let at = 0; at < part.byteLength;) {
      const taken = part.subarray(at, at + this.#size - this.#filled);
      this.#buffer.set(taken, this.#filled);
      this.#filled += taken.byteLength;
      at += taken.byteLength;
      if (this.#filled === this.#size) yield this.#next(new Uint8Array(this.#size));
    }
  }

  /** The last piece; empty when all came out even. */
  end(): Piece { return this.#next(new Uint8Array(0)); }

  #next(fresh: Uint8Array): Piece {
    const bytes = this.#buffer.subarray(0, this.#filled);
    this.#buffer = fresh;
    this.#filled = 0;
    return { n: this.#n++, bytes };
  }
}
