/** One service's copy of one dossier: what stands in it, how far everybody is, and trying again what was set aside. */
import { createHash, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { operator } from '@lienthong/contract';
import { decodeEntry, decodeSealed } from '@lienthong/kernel';
import type { HubClient } from '@lienthong/journeys';
import { print, UsageError, wordsOf } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage, wholeWithinMs } from './hub-target.ts';
import { trackCommand } from './track-command.ts';

const folderId = /^[0-9a-f]{64}$/;
const named = (name: string): { readonly code: string; readonly folder: string } => (folderId.test(name) ? { code: '', folder: name } : { code: name, folder: '' });

export const folderCommand: Command = {
  name: 'folder', usage: `show|heads|release|pull CODE|ID [--service NAME] [--json] ${targetUsage}`,
  purpose: { vi: 'Bản sao của một hồ sơ tại một dịch vụ: từng mục; mức của mọi bản; thử lại khi đã hết lỗi; lấy phần còn thiếu.', en: 'A service\'s copy of one dossier: its entries; how far all copies are; trying again once the cause is gone; fetching what it lacks.' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { service: { type: 'string', default: 'intake' }, json: { type: 'boolean' }, ...targetOptions } });
    const [verb, name] = wordsOf(positionals, 2);
    if (name === undefined) throw new UsageError('thiếu mã hồ sơ / the code is missing');
    if (verb === 'heads') return trackCommand.run([name, '--copies', ...values.json === true ? ['--json'] : [], ...(['address', 'target'] as const).flatMap((one) => (values[one] === undefined ? [] : [`--${one}`, values[one]]))]);
    const hub = hubOf(values);
    try {
      switch (verb) {
        case 'show': return await show(hub, values.service, name, values.json === true);
        // Releasing compares the copy with everybody's, which is how it gets what it lacks.
        case 'release': case 'pull': return await release(hub, values.service, name, values.json === true);
        default: throw new UsageError('show | heads | release | pull');
      }
    } finally {
      hub.close();
    }
  },
};

async function show(hub: HubClient, service: string, name: string, json: boolean): Promise<number> {
  const lines: object[] = [];
  for await (const { entries } of hub.operator.getFolder(operator.GetFolderRequest.fromPartial({ service, ...named(name) }), { deadlineMs: wholeWithinMs })) {
    for (const sealed of entries.map(decodeSealed)) {
      const { author, seq, kind, item, term, recordedAt, effectiveAt, hash, proof, body } = decodeEntry(sealed.bytes, createHash('sha256').update(sealed.bytes).digest('hex'), sealed.proof);
      const line = { author, seq, kind, item, term, recordedAt: new Date(recordedAt).toISOString(), effectiveAt: new Date(effectiveAt).toISOString(), hash, signed: proof !== null, body };
      lines.push(line);
      if (!json) print(`${line.recordedAt} ${`${author}/${seq}`.padEnd(44)} ${kind.padEnd(24)} ${item === '' ? '' : `${item}@${term}`}`.trimEnd());
    }
  }
  if (json) print(JSON.stringify({ service, entries: lines }));
  return 0;
}

async function release(hub: HubClient, service: string, name: string, json: boolean): Promise<number> {
  const { folder, problem } = await hub.operator.releaseFolder(operator.ReleaseFolderRequest.fromPartial({ requestId: randomUUID(), service, ...named(name) }));
  print(json ? JSON.stringify({ service, folder, problem }) : problem === '' ? `${folder}: đã thử lại / tried again` : `${folder}: ${problem}`);
  return problem === '' ? 0 : 1;
}
