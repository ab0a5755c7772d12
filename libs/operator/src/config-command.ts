import { parseArgs } from 'node:util';
import { printConfig } from '@lienthong/runtime';
import { print } from './command.ts';
import type { Command } from './command.ts';

export const configCommand: Command = {
  name: 'config', usage: '', purpose: { vi: 'Các biến cấu hình: mặc định, đơn vị, mục đích.', en: 'The settings: default, unit, purpose.' },
  async run(args) {
    parseArgs({ args: [...args], options: {} });
    print(printConfig());
    return 0;
  },
};
