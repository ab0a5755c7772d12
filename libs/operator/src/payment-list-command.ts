/** What a commune pays in a month, as the table that the post or a bank is given. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { social as pb } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';
import { paymentTable } from './payment-table.ts';
import { wholeJson } from './whole-json.ts';

/** The most that a page has. */
const linesPerPage = 500;
const channels: Readonly<Record<string, pb.PaymentChannel>> = { '': pb.PaymentChannel.UNSPECIFIED, post: pb.PaymentChannel.POST, bank: pb.PaymentChannel.BANK };

export const paymentListCommand: Command = {
  name: 'payment-list', usage: `--area A --month YYYY-MM --office O [--channel post|bank] [--bank B] [--rehearsal] --out F.csv | --json ${targetUsage}`,
  purpose: { vi: 'Danh sách chi trả trợ giúp xã hội của một xã trong tháng, ra tệp CSV để giao bưu điện hoặc ngân hàng.', en: 'The list of support that a commune pays in a month, as CSV for the post or a bank.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { area: { type: 'string' }, month: { type: 'string' }, office: { type: 'string' }, channel: { type: 'string', default: '' }, bank: { type: 'string', default: '' }, rehearsal: { type: 'boolean', default: false }, out: { type: 'string' }, json: { type: 'boolean', default: false }, ...targetOptions } });
    const { area, month, office, bank, rehearsal, out } = values, channel = channels[values.channel];
    if (area === undefined || month === undefined || office === undefined) throw new UsageError('--area A --month YYYY-MM --office O');
    if (channel === undefined) throw new UsageError('--channel post|bank');
    if (out === undefined && !values.json) throw new UsageError('--out F.csv | --json');
    const hub = hubOf(values);
    try {
      const { lines, total } = await wholeList(hub, pb.ListPaymentsRequest.fromPartial({ office, area, month, channel, bank, rehearsal, pageSize: linesPerPage }));
      if (out !== undefined) await writeFile(out, paymentTable(lines));
      if (values.json) print(JSON.stringify({ lines: lines.map((line) => wholeJson(line, pb.PaymentLine.toJSON(line))), total_amount: total }));
      else print(`${out}: ${lines.length} dòng / lines, ${new Intl.NumberFormat('vi-VN').format(total)} đồng`);
      return 0;
    } finally {
      hub.close();
    }
  },
};

type PaymentList = { readonly lines: readonly pb.PaymentLine[]; readonly total: number };

/** Throws an Error where the list has changed between its pages: nobody is handed half of one and half of another. */
async function wholeList({ social }: HubClient, request: pb.ListPaymentsRequest): Promise<PaymentList> {
  const lines: pb.PaymentLine[] = [], totals = new Set<number>();
  for (let pageToken = ''; ;) {
    const page = await social.listPayments({ ...request, pageToken }, { office: request.office });
    lines.push(...page.payments);
    totals.add(page.totalAmount);
    if (page.nextPageToken === '') break;
    pageToken = page.nextPageToken;
  }
  const [total = 0] = totals, sum = lines.reduce((all, { amount, arrears }) => all + amount + arrears, 0);
  if (totals.size !== 1 || sum !== total) throw new Error('danh sách vừa thay đổi trong khi đọc, hãy làm lại / the list changed while it was read: do it again');
  return { lines, total };
}
