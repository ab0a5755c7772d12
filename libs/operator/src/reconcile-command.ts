/** The books of a day against the platform's file and the tills. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { payments } from '@lienthong/contract';
import { parseDay } from '@lienthong/law';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';
import { treasuryOffice } from './treasury-office.ts';

export const reconcileCommand: Command = {
  name: 'reconcile', usage: `--date YYYY-MM-DD [--resolve DIFFERENCE … --way WAY --ground GROUND] [--office TREASURY] [--rehearsal] [--json] ${targetUsage}`,
  purpose: { vi: 'Đối soát một ngày với tệp của nền tảng thanh toán và các ca thu; --resolve (có thể lặp lại) ghi chênh lệch đã kết thúc thế nào, theo căn cứ nào; còn chênh lệch thì kết thúc với mã 1.', en: 'Reconciles a day with the file of the payment platform and the tills; --resolve, once or more, says first how differences ended and on what ground; ends with 1 while anything is open.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { date: { type: 'string' }, resolve: { type: 'string', multiple: true }, way: { type: 'string' }, ground: { type: 'string' }, office: { type: 'string' }, rehearsal: { type: 'boolean' }, json: { type: 'boolean' }, ...targetOptions } });
    if (values.date === undefined || parseDay(values.date) === null) throw new UsageError('--date YYYY-MM-DD');
    const resolving = resolvingIn(values);
    const hub = hubOf(values);
    try {
      const office = values.office ?? await treasuryOffice(hub);
      const which = { date: values.date, rehearsal: values.rehearsal ?? false };
      for (const one of resolving) await hub.payments.resolveDifference(payments.ResolveDifferenceRequest.fromPartial({ requestId: randomUUID(), ...which, ...one }), { office });
      const day = await hub.payments.reconcile(payments.ReconcileRequest.fromPartial({ requestId: randomUUID(), ...which }), { office });
      print(values.json === true ? JSON.stringify(jsonOf(day)) : textOf(day));
      return day.open === 0 && day.imbalance === 0 ? 0 : 1;
    } finally {
      hub.close();
    }
  },
};

type Resolving = { readonly difference: string; readonly way: string; readonly ground: string };

/** None: the day is only compared. */
function resolvingIn({ resolve: differences = [], way, ground }: { readonly resolve?: readonly string[] | undefined; readonly way?: string | undefined; readonly ground?: string | undefined }): readonly Resolving[] {
  if (differences.length === 0 && way === undefined && ground === undefined) return [];
  if (differences.length === 0 || way === undefined || ground === undefined) throw new UsageError('--resolve, --way, --ground: cả ba / all three');
  return differences.map((difference) => ({ difference, way, ground }));
}

function jsonOf({ date, differences, open, openAmount, recorded, pending, imbalance, fileRead, fileRows }: payments.ReconcileResponse): unknown {
  return {
    date, zero: open === 0 && imbalance === 0, open, open_amount: openAmount, imbalance, recorded, pending, file: { read: fileRead, rows: fileRows },
    differences: differences.map(({ difference, cause, reference, ours, theirs, resolved, resolution }) => ({ difference, cause, reference, ours, theirs, resolved, ...(resolution === '' ? {} : { resolution }) })),
  };
}

const dong = new Intl.NumberFormat('vi-VN');

function textOf({ date, differences, open, openAmount, recorded, pending, imbalance, fileRead, fileRows }: payments.ReconcileResponse): string {
  const head = `${date}: ${open === 0 && imbalance === 0 ? 'khớp / zero' : `${open} chênh lệch, ${dong.format(openAmount)} đồng / ${open} differences open`}`;
  const file = fileRead ? `  tệp đối soát: ${fileRows} dòng, ghi bổ sung ${recorded} / file: ${fileRows} rows, ${recorded} recorded` : '  không có nền tảng thanh toán / no payment platform';
  const rows = differences.map((one) => `  ${one.resolved ? '✔' : '✘'} ${one.cause.padEnd(18)} ${one.reference} ${dong.format(one.ours)} ↔ ${dong.format(one.theirs)}${one.resolution === '' ? '' : ` (${one.resolution})`}`);
  return [head, file, ...(pending === 0 ? [] : [`  ${pending} lệnh chưa có kết quả / orders pending`]), ...rows].join('\n');
}
