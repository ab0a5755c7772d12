import { parseArgs } from 'node:util';
import type { LegTemplate, Procedure } from '@lienthong/law';
import { catalogueFlagTexts } from '@lienthong/reference-data';
import { print, UsageError, wordsOf } from '../command.ts';
import { catalogueOfHub, dayOf, referenceOf } from './catalogue-of-hub.ts';

/** One procedure as in force on a day, with every flag and decision. Exit code 1 when there is none. */
export async function showProcedure(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' }, on: { type: 'string' } } });
  const [code] = wordsOf(positionals, 1);
  if (code === undefined) throw new UsageError('thiếu mã thủ tục / the code is missing');
  const reference = referenceOf(catalogueOfHub());
  const on = dayOf(values.on);
  const found = reference.procedure(code, on);
  if (found === undefined) {
    print(values.json === true ? JSON.stringify({ code, on, procedure: null }) : `Không có thủ tục ${code} có hiệu lực ngày ${on} / no procedure ${code} in force on ${on}`);
    return 1;
  }
  print(values.json === true ? JSON.stringify({ code, on, rules: reference.digest, procedure: found }) : textOf(found));
  return 0;
}

function textOf(one: Procedure): string {
  const { facts } = one;
  return [
    `${one.code} ${one.name.vi}`, `  ${one.name.en}`, `  ${one.validFrom} → ${one.validTo ?? '…'}; nguồn / source: ${one.source.act} (${one.source.status})`, ...(one.source.note === undefined ? [] : [`  ${one.source.note}`]),
    `Thời hạn / limit: ${one.channels.map((channel) => `${channel} ${one.limit[channel]}`).join(', ')}${Object.entries(one.caseLimits ?? {}).map(([name, limit]) => `; ${name} ${limit}`).join('')}`,
    'Thành phần hồ sơ / documents:', ...one.documents.map((paper) => `  ${paper.code}: ${paper.name.vi}${paper.optional === true ? ' (nếu có / optional)' : ''}${paper.cases === undefined ? '' : ` [${paper.cases.join(', ')}]`}`),
    'Quy trình / route:', ...one.legs.map(legText),
    ...one.fees.map((fee) => `Phí / fee: ${fee.name.vi} ${one.channels.map((channel) => `${channel} ${fee.amount[channel]}`).join(', ')} (${fee.source.act}, ${fee.source.status})`),
    `Căn cứ / basis: ${one.legalBasis.join('; ')}`, ...(facts === undefined ? [] : factLines(facts)),
  ].join('\n');
}

function legText(leg: LegTemplate): string {
  const besides = [leg.posting === undefined ? '' : `niêm yết / posting ${leg.posting}`, ...(leg.consults ?? []).map((one) => `hỏi / asks ${one.role} ${one.limit}${one.silence === 'consent' ? ' (im lặng là đồng ý / silence is consent)' : ''}${one.binding === true ? ' (không đồng ý thì không giải quyết / binding)' : ''}`), leg.charge === undefined ? '' : `thu / charge ${leg.charge.code}`];
  return `  ${leg.name}: ${leg.title.vi} – ${leg.role}, ${leg.limit}${leg.after.length === 0 ? '' : `, sau / after ${leg.after.join(', ')}`}${besides.filter((one) => one !== '').map((one) => `; ${one}`).join('')}`;
}

function factLines({ accountable, flags, decisions, waits, codes, announcedBy, notIssued = [] }: NonNullable<Procedure['facts']>): string[] {
  const meanings = catalogueFlagTexts as Readonly<Record<string, { vi: string; en: string }>>;
  return [
    `Chịu trách nhiệm / accountable: ${accountable.role} (${accountable.locality})${announcedBy === '' ? '' : `; công bố / announced by ${announcedBy}`}`,
    ...(codes.earlier.length + codes.later.length === 0 ? [] : [`Mã cũ, mã mới / earlier, later codes: ${codes.earlier.join(', ') || '–'} / ${codes.later.join(', ') || '–'}`]),
    ...waits.map((one) => `Không tính / not counted: ${one.text.vi}${one.span === undefined ? '' : ` (${one.span})`}`),
    ...notIssued.map((one) => `Không cấp riêng / listed, not issued: ${one.name.vi} (${one.code})`),
    ...flags.map((flag) => `! ${flag}: ${meanings[flag]?.vi ?? ''} / ${meanings[flag]?.en ?? ''}`),
    ...decisions.map((one) => `Quyết định / decision ${one.on} ${one.field}: "${one.published}" → ${one.decided}. ${one.reason}`),
  ];
}
