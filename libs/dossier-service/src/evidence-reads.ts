/** Reads of one register for one dossier, from the logs that stand beside its records. */
import { asideName } from '@lienthong/law';
import type { FolderId } from '@lienthong/law';
import { maxReadPages } from './evidence-log.ts';
import { assertWhole } from './host.ts';
import type { Host, ReadShown } from './host.ts';
import { keptParts, valueOf } from './particulars.ts';
import { readForField } from './rules.ts';

/** Reads in one answer. */
export const maxReadsShown = 1_000;

/** Oldest first, at most `maxReadsShown`. */
export async function readsForDossier(host: Host, folder: FolderId, code: string): Promise<readonly ReadShown[]> {
  assertWhole(host);
  const pages = new Set<FolderId>();
  for (const value of [folder, code]) if (value !== '') for (const page of await host.participant.find(readForField, value, maxReadPages)) pages.add(page);
  const shown: ReadShown[] = [];
  for (const page of pages) shown.push(...await readsOfPage(host, page, folder, code));
  return shown.sort((a, b) => a.at - b.at).slice(0, maxReadsShown);
}

async function readsOfPage(host: Host, page: FolderId, folder: FolderId, code: string): Promise<ReadShown[]> {
  const reads = await host.participant.view(page, ({ state: { record } }) => record?.reads.filter(({ body }) => (folder !== '' && body.for === folder) || (code !== '' && body.code === code)) ?? []) ?? [];
  const whys = await keptParts(host, page, reads.map(({ body: { why } }) => ({ part: why.part, name: asideName(why.commitment) })));
  return reads.map(({ at, body }) => {
    const bytes = whys.get(asideName(body.why.commitment));
    const why = bytes === undefined ? { purpose: '', ground: '' } : valueOf<{ purpose: string; ground: string }>(bytes);
    return { at, service: host.service, fact: body.fact, office: body.by.office, from: body.service, ...why };
  });
}
