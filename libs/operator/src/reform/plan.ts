import { business, land, social } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import type { AreaId, Reference } from '@lienthong/law';
import { planReform } from '@lienthong/reference-data';
import type { ReferenceData, ReformPlan, RegisterRows } from '@lienthong/reference-data';
import { catalogueWith, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';
import { hubOf } from '../hub-target.ts';
import { openItems } from './open-items.ts';
import { reformOfFile } from './reform-of-file.ts';
import { asker, clashesAhead, clashLines } from './clashes-ahead.ts';
import type { ClashesAhead } from './clashes-ahead.ts';
import type { ReformAsked } from './reform-of-file.ts';

const rowsPerPage = 200;

/** Everything that the reform would touch, of the running hub. Nothing is changed. Exit code 1 when something would have no successor. */
export async function planReformFile(asked: ReformAsked): Promise<number> {
  const found = reformOfFile(asked);
  if (found === null) return 1;
  const { reform, catalogue } = found;
  if (found.after === null) { print(asked.json ? JSON.stringify({ reform: reform.reform, published: true }) : `${reform.reform}: đã công bố / published already`); return 0; }
  const before = referenceOf(catalogue), after = referenceOf(catalogueWith(found.after, catalogue.office)), hub = hubOf(asked);
  try {
    const changed = changedCommunes(catalogue.base, after);
    const [items, rows] = [await Array.fromAsync(openItems(hub)), await registerRows(hub, changed, before, reform.from)];
    const plan = planReform({ before, after, from: reform.from, items, rows }), clashes = await clashesAhead(hub, plan, before, reform.from);
    const fees = catalogue.office.rules.filter((one) => one.fees !== undefined).map((one) => one.procedure);
    print(asked.json ? JSON.stringify({ reform: reform.reform, from: reform.from, published: false, ...plan, ...clashes, fees }) : textOf(plan, clashes, fees));
    return plan.noSuccessor.length === 0 ? 0 : 1;
  } finally {
    hub.close();
  }
}

const changedCommunes = (base: ReferenceData, after: Reference): AreaId[] => base.areas.filter((one) => one.validTo === null && one.level === 'commune' && after.area(one.id)?.validTo !== null).map((one) => one.id);

async function registerRows(hub: HubClient, areas: readonly AreaId[], before: Reference, on: string): Promise<RegisterRows[]> {
  const rows: RegisterRows[] = [];
  for (const area of areas) {
    const by = asker(before, area, on), page = { area, pageSize: rowsPerPage };
    const counted = await Promise.all([
      counting('land', async (pageToken) => { const found = await hub.land.listParcels(land.ListParcelsRequest.fromPartial({ ...page, pageToken }), by); return [found.parcels.length, found.nextPageToken]; }),
      counting('business', async (pageToken) => { const found = await hub.business.listBusinesses(business.ListBusinessesRequest.fromPartial({ ...page, pageToken }), by); return [found.businesses.length, found.nextPageToken]; }),
      counting('beneficiary', async (pageToken) => { const found = await hub.social.listBeneficiaries(social.ListBeneficiariesRequest.fromPartial({ ...page, pageToken }), by); return [found.beneficiaries.length, found.nextPageToken]; }),
    ]);
    rows.push(...counted.map((one) => ({ ...one, area })).filter((one) => one.rows > 0));
  }
  return rows;
}

async function counting(register: string, read: (pageToken: string) => Promise<[number, string]>): Promise<{ readonly register: string; readonly rows: number }> {
  let rows = 0;
  for (let token = ''; ;) {
    const [found, next] = await read(token);
    rows += found;
    if (next === '') return { register, rows };
    token = next;
  }
}

/** Lines of each kind printed in full; `--json` has all. */
const linesShown = 30;

function textOf(plan: ReformPlan, clashes: ClashesAhead, fees: readonly string[]): string {
  const some = (lines: readonly string[]): string[] => [...lines.slice(0, linesShown), ...(lines.length > linesShown ? [`  … ${lines.length - linesShown} nữa / more (--json)`] : [])];
  const offices = plan.offices.filter((one) => one.becomes !== 'begins'), count = (becomes: string): number => plan.offices.filter((one) => one.becomes === becomes).length;
  return [
    `Đơn vị hành chính / areas: ${plan.areas.length}`, ...some(plan.areas.map((one) => `  ${one.area} ${one.name.vi} → ${one.to.join(', ') || 'KHÔNG CÓ NƠI KẾ THỪA / NO SUCCESSOR'}`)),
    `Cơ quan / offices: ${count('ends')} kết thúc / end, ${count('begins')} mới / begin, ${count('serves-more')} phục vụ thêm / serve more`, ...some(offices.map((one) => `  ${one.office} → ${one.successor || one.office}${one.desk === 0 ? '' : ` (bàn việc / desk: ${one.desk})`}`)),
    `Lịch / calendars: ${plan.calendars.map((one) => `${one.sessions} ${one.offices}`).join(', ') || '–'}; sự cố đã báo / outages: ${plan.outages.join(', ') || '–'}; phí của tỉnh / fees of the province: ${fees.join(', ') || '–'}`,
    `Hồ sơ / dossiers: ${plan.dossiers.length}`, ...some(plan.dossiers.map((one) => `  ${one.code} ${one.moves.map((move) => `${move.item}: ${move.from} → ${move.to || (move.ask.length > 0 ? `${move.seek ? 'theo thửa đất, địa chỉ, nếu không rõ thì hỏi / by parcel or address, else ask' : 'hỏi / ask'} ${move.ask.join(' | ')}` : 'KHÔNG CÓ / NONE')}`).join('; ')}`)),
    'Cơ sở dữ liệu / registers:', ...some(plan.registers.map((one) => `  ${one.register} ${one.area} → ${one.to.join(' | ')}: ${one.rows}`)),
    ...clashLines(clashes, some),
    plan.noSuccessor.length === 0 ? 'Mọi thứ đều có nơi kế thừa / everything has a successor' : `KHÔNG CÓ NƠI KẾ THỪA / NO SUCCESSOR: ${plan.noSuccessor.join('; ')}`,
  ].join('\n');
}
