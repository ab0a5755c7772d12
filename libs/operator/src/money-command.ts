/** Money that is for no charge, as the treasury must look at it. */
import { parseArgs } from 'node:util';
import type { payments } from '@lienthong/contract';
import { print } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';
import { moneyAside } from './money-aside.ts';
import { treasuryOffice } from './treasury-office.ts';

export const moneyCommand: Command = {
  name: 'money', usage: `[--office TREASURY] [--rehearsal] [--json] ${targetUsage}`,
  purpose: { vi: 'Liệt kê mọi khoản tiền đang chờ xử lý, mỗi dòng một khoản; còn khoản nào thì kết thúc với mã 1.', en: 'Lists all money that is set aside, a line each; ends with 1 while there is any.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { office: { type: 'string' }, rehearsal: { type: 'boolean' }, json: { type: 'boolean' }, ...targetOptions } });
    const hub = hubOf(values), line = values.json === true ? (one: payments.MoneyAside) => JSON.stringify(jsonOf(one)) : textOf;
    let rows = 0;
    try {
      for await (const one of moneyAside(hub, { office: values.office ?? await treasuryOffice(hub), rehearsal: values.rehearsal ?? false })) { print(line(one)); rows += 1; }
    } finally {
      hub.close();
    }
    if (rows === 0 && values.json !== true) print('không có khoản nào đang chờ / no money is set aside');
    return rows === 0 ? 0 : 1;
  },
};

function jsonOf({ money, transaction, reference, code, amount, said, saidCurrency, reason, sinceTime, date, description }: payments.MoneyAside): unknown {
  return { money, transaction, reference, code, amount, said, said_currency: saidCurrency, reason, since: sinceTime?.toISOString() ?? null, date, description };
}

const dong = new Intl.NumberFormat('vi-VN');

function textOf({ money, transaction, code, amount, said, saidCurrency, reason, date, description }: payments.MoneyAside): string {
  return [date, reason.padEnd(18), amount > 0 ? `${dong.format(amount)} đồng` : `${said} ${saidCurrency}`, code, `${money}/${transaction}`, description].filter((part) => part !== '').join('  ');
}
