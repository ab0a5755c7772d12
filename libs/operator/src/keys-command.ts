/** Keys of a hub whose services run apart: the root, and each service's first incarnation. */
import { parseArgs } from 'node:util';
import { provisionKeys } from './cluster/cluster-keys.ts';
import { clusterServices } from './cluster/cluster-layout.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';

export const keysCommand: Command = {
  name: 'keys', usage: '--directory DIR',
  purpose: { vi: 'Tạo khóa gốc và khóa của từng dịch vụ trong một thư mục, nếu chưa có.', en: 'Makes the root key and the keys of each service in a directory, where they are missing.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { directory: { type: 'string' } } });
    if (values.directory === undefined) throw new UsageError('--directory');
    provisionKeys(values.directory, clusterServices);
    print(clusterServices.map((service) => `${values.directory}/${service}`).join('\n'));
    return 0;
  },
};
