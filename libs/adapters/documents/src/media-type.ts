/** What bytes are, judged by themselves: a declared media type is only a claim. */
import type { MediaType } from '@lienthong/kernel/ports/documents';

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' satisfies MediaType;

/** So many first bytes are judged. A Word file names its parts in the first entries of its archive. */
export const judgedBytes = 4096;

const signatures: readonly [MediaType, readonly number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],                          // %PDF-
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],                                // PK, first entry
  ['application/zip', [0x50, 0x4b, 0x05, 0x06]],                                // PK, empty archive
];

/** What may stand under which declaration: a Word file is an archive, XML is text. */
const alsoAccepted: Readonly<Partial<Record<MediaType, readonly MediaType[]>>> = {
  'application/zip': [word],
  'text/plain': ['application/xml'],
};

export function fits(declared: MediaType, found: MediaType): boolean {
  return declared === found || (alsoAccepted[declared]?.includes(found) ?? false);
}

/** The type by the first bytes. Undefined: not text and nothing known. Whether the rest of a text is text, `TextCheck` tells. */
export function sniff(head: Uint8Array): MediaType | undefined {
  for (const [type, signature] of signatures) {
    if (signature.every((byte, at) => head[at] === byte)) return type === 'application/zip' && namesWordParts(head) ? word : type;
  }
  const check = new TextCheck();
  if (!check.more(head)) return undefined;
  const text = new TextDecoder().decode(head).trimStart();
  return xmlStart.test(text) && !htmlStart.test(text) ? 'application/xml' : 'text/plain';
}

const xmlStart = /^<(\?xml\s|!--|!DOCTYPE\s|[A-Za-z_][\w.:-]*[\s/>])/;
/** An HTML page is taken as text at most: shown as what it claims to be, it could run. */
const htmlStart = /^<(!doctype\s+html|html[\s>])/i;

function namesWordParts(head: Uint8Array): boolean {
  const names = new TextDecoder('latin1').decode(head);
  return names.includes('[Content_Types].xml') || names.includes('word/');
}

/** Checks in pieces that bytes are text: UTF-8 without the control characters that no text has. */
export class TextCheck {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });

  /** False: this is no text. A character may be cut by the end of the piece. */
  more(piece: Uint8Array): boolean {
    try {
      return !controls.test(this.#decoder.decode(piece, { stream: true }));
    } catch {
      return false;
    }
  }

  /** False: the last character is cut. */
  end(): boolean {
    try {
      this.#decoder.decode();
      return true;
    } catch {
      return false;
    }
  }
}

const controls = /[\u0000-\u0008\u000e-\u001f]/;
