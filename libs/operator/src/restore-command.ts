/** Puts a backup back. The services notice at their next start that their store is older than what they have answered, and take new incarnations by themselves. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { folderDamaged, textOf as textOfError } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import { readHubConfig } from '@lienthong/runtime';
import { stampOf } from './backup-command.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import type { ServiceAtRisk } from './restore/at-risk.ts';
import { restoreBackup } from './restore/restore-backup.ts';
import type { Restored } from './restore/restore-backup.ts';

export const restoreCommand: Command = {
  name: 'restore', usage: '--from FILE [--json]',
  purpose: {
    vi: 'Khôi phục từ một bản sao lưu, khi hub đã dừng. Kho dữ liệu đang có được giữ lại bên cạnh; những gì chỉ có ở đó được liệt kê.',
    en: 'Puts a backup back while the hub is stopped. The store that is there is kept aside; what only it held is listed.',
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, json: { type: 'boolean' } } });
    if (values.from === undefined) throw new UsageError('thiếu tệp sao lưu / the backup is missing');
    const from = resolve(values.from), now = Date.now();
    const restored = await restoreBackup(from, readHubConfig().dataDir, `${stampOf(now)}-${String(now % 1_000).padStart(3, '0')}`);
    print(values.json === true ? JSON.stringify(jsonOf(from, restored)) : textOf(restored));
    return 0;
  },
};

/** Codes of all dossiers that were written after the backup, at whatever service. */
function codesOf(atRisk: readonly ServiceAtRisk[]): readonly string[] {
  return [...new Set(atRisk.flatMap(({ folders }) => folders.map(({ code }) => code)))].filter((code) => code !== '').sort();
}

const wordsInBoth = (error: HubError): string => `  ${textOfError(error, 'vi')} / ${textOfError(error, 'en')}`;

function jsonOf(from: string, { manifest, store, replaced, replacedReadable, documentsAdded, keys, atRisk, damaged }: Restored): unknown {
  return {
    from, taken_at: manifest.takenAt, version: manifest.version, store, replaced, replaced_readable: replacedReadable, documents: { in_backup: manifest.documents.count, added: documentsAdded }, keys,
    at_risk: atRisk, dossiers_at_risk: codesOf(atRisk), damaged,
  };
}

function textOf({ manifest, store, replaced, replacedReadable, documentsAdded, keys, atRisk, damaged }: Restored): string {
  const lines = [
    `Đã khôi phục / restored ${store}`, `  sao lưu lúc / taken at ${manifest.takenAt}; ${documentsAdded} tài liệu được thêm / documents added`,
    ...(keys === 'restored' ? ['  Khóa ký lấy từ bản sao lưu / the signing keys are those of the backup'] : []),
    ...damaged.map((one) => wordsInBoth(folderDamaged(one, 0))),
    ...(replaced === null ? [] : [`  Kho dữ liệu trước đó / the store before: ${replaced}`]),
  ];
  if (atRisk.length === 0) return [...lines, '  Không mất gì so với lúc dừng / nothing is missing'].join('\n');
  const codes = codesOf(atRisk);
  return [
    ...lines, 'Có thể mất / at risk:',
    ...atRisk.map((one) => `  ${one.service.padEnd(24)} commit ${one.from_commit} → ${one.to_commit ?? '?'}, ${one.folders.length}${one.more ? '+' : ''} hồ sơ và bản ghi / folders`),
    ...(codes.length > 0 ? [`  Hồ sơ / dossiers: ${codes.join(', ')}`] : []),
    ...(replacedReadable ? [] : ['  Không đọc được kho dữ liệu trước đó nên không rõ là hồ sơ nào / the store before cannot be read, so it is not known which they are']),
    'Khởi động lại hub: các dịch vụ tự nhận danh tính mới. / Start the hub: its services take new incarnations by themselves. Then: lienthong status',
  ].join('\n');
}
