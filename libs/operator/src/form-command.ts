/** A form of a dossier, or a page of a tracking book, as a file. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { intake, operator } from '@lienthong/contract';
import { decodeEntry, decodeSealed } from '@lienthong/kernel';
import type { HubClient } from '@lienthong/journeys';
import { print, UsageError, wordsOf } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage, wholeWithinMs } from './hub-target.ts';

const options = {
  form: { type: 'string' }, out: { type: 'string' }, language: { type: 'string', default: 'vi' }, secret: { type: 'string', default: '' }, office: { type: 'string', default: '' }, json: { type: 'boolean', default: false },
  signed: { type: 'boolean', default: false }, book: { type: 'string' }, page: { type: 'string', default: '1' }, rehearsals: { type: 'boolean', default: false }, ...targetOptions,
} as const;

export const formCommand: Command = {
  name: 'form', usage: `CODE --form 01..07|receipt|supplement|… --out F [--language vi|en] [--secret S | --office O] [--signed] [--json] ${targetUsage} | TC-NUMBER-YEAR-COUNTER --out F [--signed] | --book YEAR --office O [--page N] [--rehearsals] --out F`,
  purpose: { vi: 'Biểu mẫu một cửa của hồ sơ (PDF), phiếu từ chối tiếp nhận theo số (TC-…), hoặc một trang sổ theo dõi của một cơ quan và năm.', en: 'A form of a dossier as PDF, the form of a refusal to receive by its number (TC-…), or a page of the tracking book of an office and year.' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const { out, language } = values, [code] = wordsOf(positionals, 1);
    if (out === undefined || (language !== 'vi' && language !== 'en')) throw new UsageError('--out F [--language vi|en]');
    const hub = hubOf(values);
    try {
      const pieces = values.book === undefined ? await formPieces(hub, code, values) : bookPieces(hub, values.book, values);
      const { bytes, info, book } = await gathered(pieces);
      await writeFile(out, bytes);
      if (values.json) print(JSON.stringify({ out, bytes: bytes.length, ...intake.FormInfo.toJSON(info) as object, ...(book === undefined ? {} : { book: intake.BookInfo.toJSON(book) }) }));
      else print(`${out}: ${info.title?.vi ?? ''} – ${info.number}, ${info.act}, ${bytes.length} byte, sha256 ${info.digest}`);
      return 0;
    } finally {
      hub.close();
    }
  },
};

type Values = { readonly form?: string | undefined; readonly signed: boolean; readonly secret: string; readonly office: string; readonly language: string; readonly page: string; readonly rehearsals: boolean };
type Piece = { readonly chunk: Uint8Array; readonly info?: intake.FormInfo | undefined; readonly book?: intake.BookInfo | undefined };

/** Of what a counter did not receive, rehearsed or real; it names the counter. */
const refusalNumber = /^(?:DT-)?TC-\d+-\d{4}-(.+)$/;

/** Asks with the secret, else as the counter that received the dossier. */
async function formPieces(hub: HubClient, code: string | undefined, { form, secret, office, language, signed }: Values): Promise<AsyncIterable<Piece>> {
  const refusing = refusalNumber.exec(code ?? '')?.[1];
  if (code !== undefined && refusing !== undefined) return hub.intake.getRefusalForm({ refusal: code, office: '', language, signed }, { office: office !== '' ? office : refusing, deadlineMs: wholeWithinMs });
  if (code === undefined || form === undefined) throw new UsageError('CODE --form 01..07');
  const caller = secret !== '' ? {} : { office: office !== '' ? office : await counterOf(hub, code) };
  return hub.intake.getForm({ code, secret, form, language, signed }, { ...caller, deadlineMs: wholeWithinMs });
}

function bookPieces(hub: HubClient, year: string, { office, language, page, rehearsals }: Values): AsyncIterable<Piece> {
  if (office === '' || !/^\d{1,6}$/.test(page)) throw new UsageError('--book YEAR --office O [--page N]');
  return hub.intake.getTrackingBook({ office, year, page: Number(page), rehearsals, language }, { office, deadlineMs: wholeWithinMs });
}

async function gathered(pieces: AsyncIterable<Piece>): Promise<{ readonly bytes: Buffer; readonly info: intake.FormInfo; readonly book: intake.BookInfo | undefined }> {
  const chunks: Uint8Array[] = [];
  let info = intake.FormInfo.create(), book: intake.BookInfo | undefined;
  for await (const piece of pieces) {
    chunks.push(piece.chunk);
    info = piece.info ?? info;
    book = piece.book ?? book;
  }
  return { bytes: Buffer.concat(chunks), info, book };
}

/** As its first entry says. */
async function counterOf(hub: HubClient, code: string): Promise<string> {
  for await (const { entries } of hub.operator.getFolder(operator.GetFolderRequest.fromPartial({ service: 'intake', code }), { deadlineMs: wholeWithinMs })) {
    for (const sealed of entries.map(decodeSealed)) {
      const { kind, body } = decodeEntry(sealed.bytes, createHash('sha256').update(sealed.bytes).digest('hex'), sealed.proof);
      if (kind === 'dossier-received') return (body as { readonly counter: string }).counter;
    }
  }
  throw new UsageError(`${code}: không có mục tiếp nhận / nothing was received`);
}
