/**
 * Dossier codes: consecutive per agency and day, with a series of its own for rehearsals. Numbers are taken from the store in blocks, so that a submission
 * costs no extra write; a restart skips the rest of its block (a gap, never a repeat).
 */
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Refusal } from '@lienthong/law';
import { isCodeRefusal, printCode } from '@lienthong/law';
import type { FolderId, LocalDate } from '@lienthong/law';
import type { Host, RecordBodies } from '@lienthong/dossier-service';

/** Numbers taken at once; 9,999 a day fit into the entries of one author. */
export const codesPerBlock = 50;

type Block = { next: number; readonly end: number };
type Series = { readonly agency: string; readonly date: LocalDate; readonly rehearsal: boolean };

export type CodeSeries = { next(series: Series): Promise<string> };

export function codeSeries(host: Host): CodeSeries {
  const blocks = new Map<string, Block>();
  const taking = new Map<string, Promise<void>>();
  return {
    async next(series) {
      const key = `${series.agency}|${series.date}|${series.rehearsal ? 'R' : ''}`;
      for (;;) {
        const block = blocks.get(key);
        if (block !== undefined && block.next < block.end) return print(series, block.next++);
        let under = taking.get(key);
        if (under === undefined) {
          under = takeBlock(host, key).then((taken) => { blocks.set(key, taken); }).finally(() => taking.delete(key));
          taking.set(key, under);
        }
        await under;
      }
    },
  };
}

function print(series: Series, sequence: number): string {
  const code = printCode({ agency: series.agency, date: series.date, sequence, rehearsal: series.rehearsal });
  if (isCodeRefusal(code)) throw new HubError('CODES_EXHAUSTED', { agency: series.agency, date: series.date });
  return code;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Raises the number of the series by one block; durable before a number of it is used. */
async function takeBlock(host: Host, key: string): Promise<Block> {
  const folder: FolderId = host.world.hash(bytesOf(`code-series|${key}`));
  const id = Array.from(host.world.randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const handled = await host.participant.handle(folder, {
    request: { id, digest: host.world.hash(bytesOf(id)) },
    decide: (view) => {
      const { record } = view.state;
      const keys = { next: [String(Number(record?.keys['next']?.[0] ?? 1) + codesPerBlock)] };
      const facts = { part: '', commitment: '' };
      const request = `${id}#${host.world.hash(bytesOf(id)).slice(0, 16)}`;
      if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: 'code-series', facts, keys, request } }] };
      return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts, keys, reason: 'block', request } }] };
    },
    reply: (entries) => Number((entries[0]!.body as RecordBodies['record-changed']).keys['next']![0]),
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  return { next: handled.reply - codesPerBlock, end: handled.reply };
}
