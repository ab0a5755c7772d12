/** Where a dossier is, and whether every copy of it is the same. */
import { parseArgs } from 'node:util';
import { operator } from '@lienthong/contract';
import { toHex } from '@lienthong/kernel';
import { print, UsageError, wordsOf } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';

export const trackCommand: Command = {
  name: 'track', usage: `CODE [--copies] [--json] ${targetUsage}`,
  purpose: { vi: 'Bản sao của một hồ sơ tại từng dịch vụ, và chúng có giống nhau không.', en: 'The copies of a dossier at each service, and whether they are equal.' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { copies: { type: 'boolean' }, json: { type: 'boolean' }, ...targetOptions } });
    const [code] = wordsOf(positionals, 1);
    if (code === undefined) throw new UsageError('thiếu mã hồ sơ / the code is missing');
    const hub = hubOf(values);
    try {
      const answer = await hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code }));
      print(values.json === true ? JSON.stringify(jsonOf(code, answer)) : textOf(code, answer));
      return answer.equal ? 0 : 1;
    } finally {
      hub.close();
    }
  },
};

function jsonOf(code: string, answer: operator.GetCopiesResponse): unknown {
  return {
    code, folder: answer.folder, equal: answer.equal,
    copies: answer.copies.map((copy) => ({
      service: copy.service, author: copy.author, entries: copy.entries, digest: copy.digest, pending: copy.pending.map((one) => ({ destination: one.destination, entries: one.entries })), ...(copy.problem === '' ? {} : { problem: copy.problem }),
      heads: Object.fromEntries(copy.heads.map((head) => [head.author, { seq: head.seq, hash: toHex(head.hash) }])),
    })),
  };
}

function textOf(code: string, answer: operator.GetCopiesResponse): string {
  const rows = answer.copies.map((copy) => `  ${copy.service.padEnd(24)} ${String(copy.entries).padStart(4)} ${copy.digest.slice(0, 16)} ${copy.pending.length === 0 ? '' : `chờ gửi / pending: ${copy.pending.map((one) => `${one.destination} ${one.entries}`).join(', ')}`}`);
  return [`${code} ${answer.equal ? 'các bản sao giống nhau / copies are equal' : 'CÁC BẢN SAO KHÁC NHAU / COPIES DIFFER'}`, ...rows].join('\n');
}
