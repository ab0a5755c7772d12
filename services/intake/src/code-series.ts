/**
 * Dossier codes: consecutive per agency and day, with a series of its own for rehearsals. Numbers are taken from the store in blocks, so that a submission
 * costs no extra write; a restart skips the rest of its block (a gap, never a repeat). A restored store does not know which numbers the lost one gave out
 * after the backup: its new incarnation skips more than an agency gives out in a day, in the series of the days that may be concerned.
 */
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Refusal } from '@lienthong/law';
import { isCodeRefusal, localDate, printCode } from '@lienthong/law';
import type { FolderId, LocalDate } from '@lienthong/law';
import { assertWhole, onSide, ownRequest } from '@lienthong/dossier-service';
import type { Host, RecordBodies, Side } from '@lienthong/dossier-service';

/** Numbers taken at once; 9,999 a day fit into the entries of one author. */
export const codesPerBlock = 50;
/** Numbers that a lost store may have given out in one series after its last backup. Those of a rehearsal are on nobody's receipt. */
export const codesPerLoss = 2_000;
export const rehearsalCodesPerLoss = codesPerBlock;

type Block = { next: number; readonly end: number };
type Series = { readonly agency: string; readonly date: LocalDate; readonly side: Side };

export type CodeSeries = { next(series: Series): Promise<string> };

/** `generation`: how many incarnations this service had before the present one. */
export function codeSeries(host: Host, generation: () => number): CodeSeries {
  const blocks = new Map<string, Block>();
  const taking = new Map<string, Promise<void>>();
  return {
    async next(series) {
      const key = `${series.agency}|${series.date}|${series.side === 'rehearsal' ? 'R' : ''}`;
      for (;;) {
        const block = blocks.get(key);
        if (block !== undefined && block.next < block.end) return print(series, block.next++);
        let under = taking.get(key);
        if (under === undefined) {
          under = takeBlock(host, key, series, generation()).then((taken) => { blocks.set(key, taken); }).finally(() => taking.delete(key));
          taking.set(key, under);
        }
        await under;
      }
    },
  };
}

function print(series: Series, sequence: number): string {
  const code = printCode({ agency: series.agency, date: series.date, sequence, rehearsal: series.side === 'rehearsal' });
  if (isCodeRefusal(code)) throw new HubError('CODES_EXHAUSTED', { agency: series.agency, date: series.date });
  return code;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Raises the number of the series by one block; durable before a number of it is used. */
async function takeBlock(host: Host, key: string, series: Series, generation: number): Promise<Block> {
  const before = generation === 0 ? 0 : await generationBefore(host, series.date, generation);
  const kept = await change(host, `code-series|${key}`, onSide(series.side, 'code-series'), (keys) => {
    const lost = generation - Number(keys['.generation']?.[0] ?? (keys['next'] === undefined ? before : 0));
    const skipped = lost * (series.side === 'rehearsal' ? rehearsalCodesPerLoss : codesPerLoss);
    return { next: [String(Number(keys['next']?.[0] ?? 1) + skipped + codesPerBlock)], ...(generation === 0 ? {} : { '.generation': [String(generation)] }) };
  });
  const end = Number(kept['next']![0]);
  return { next: end - codesPerBlock, end };
}

/** The incarnation that was at work when `date` began, as far as this store knows: a series of that day of which nothing is held here may have been used by all that came since. */
async function generationBefore(host: Host, date: LocalDate, generation: number): Promise<number> {
  const today = localDate(host.world.now());
  const kept = await change(host, 'code-series-generations', 'code-generations', (keys) => {
    const days = keys['.days'] ?? [];
    return days.some((one) => one.startsWith(`${generation} `)) ? null : { '.days': [...days, `${generation} ${today}`] };
  });
  const began = kept['.days']!.map((one) => one.split(' ')).filter(([, day]) => day! < date).map(([number]) => Number(number));
  return Math.min(generation, Math.max(0, ...began));
}

type Keys = RecordBodies['record-changed']['keys'];

/** Changes the record of that name, or opens it, and answers its keys. Null: they stay as they are. */
async function change(host: Host, name: string, type: string, changed: (keys: Keys) => Keys | null): Promise<Keys> {
  const folder: FolderId = host.world.hash(bytesOf(name));
  const { id, digest } = ownRequest(host), request = `${id}#${digest.slice(0, 16)}`;
  let after: Keys = {};
  assertWhole(host);
  host.world.crashPoint?.('codes-unkept');
  const handled = await host.participant.handle(folder, {
    request: { id, digest },
    decide: ({ author, state: { record } }) => {
      const keys = changed(record?.keys ?? {}), facts = { part: '', commitment: '' };
      after = keys ?? record!.keys;
      if (keys === null) return { drafts: [] };
      if (record === null) return { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type, facts, keys, request } }] };
      return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts, keys, reason: 'codes', request } }] };
    },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  host.world.crashPoint?.('codes-kept');
  return after;
}
