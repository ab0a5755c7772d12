/** What an office had before the hub comes from its tables: the command beside a running hub, and what the registers then hold. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { business, land, reference, social } from '@lienthong/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';
import { workbook } from './workbook.ts';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));
/** The hub looks every two seconds; a busy machine takes its time. */
const takenMs = 60_000;
/** Each test starts several processes. */
vi.setConfig({ testTimeout: 240_000 });

let hub: HubOfTest, client: HubClient, folder: string;
beforeAll(async () => { hub = await hubOfTest(); client = hubClient(hub.address); folder = await mkdtemp(join(tmpdir(), 'lienthong-import-')); });
afterAll(async () => { client.close(); await hub.stop(); await rm(folder, { recursive: true, force: true }); });

type Line = { readonly line: number; readonly key: string; readonly outcome: string; readonly field?: string };
type Report = { readonly code: number | null; readonly error: string; readonly said: { readonly loaded: number; readonly refused: number; readonly lines: Line[]; readonly added: number; readonly unchanged: number; readonly changed: number; readonly problems: { line: number; record: string; problem: string }[] } };

async function bring(kind: string, name: string, content: string | Buffer, ...more: string[]): Promise<Report> {
  const file = join(folder, name);
  await writeFile(file, content);
  const child = spawn(process.execPath, [program, 'import', kind, '--file', file, '--json', '--address', hub.address, ...more], { env: { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: hub.directory }, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', error: '' };
  child.stdout.on('data', (text) => { told.out += String(text); });
  child.stderr.on('data', (text) => { told.error += String(text); });
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve); });
  return { code, error: told.error, said: (told.out === '' ? {} : JSON.parse(told.out)) as Report['said'] };
}
const outcomes = ({ said }: Report): string[] => said.lines.map((one) => `${one.line} ${one.key} ${one.outcome}${one.field === undefined ? '' : ` ${one.field}`}`);

const parcels = [
  'parcel,area,map_sheet,number,size_m2,purpose,address,holder_number,holder_name,certificate_number,since_date,share',
  '20410-12-7,20410,12,7,"120,5",ODT,"12 Lê Lợi, Hội An",049190001111,Phạm Thị Lan,DB 123456,2015-05-06,1/3',
  '20410-12-8,20410,12,8,90,ODT,14 Lê Lợi,049190002222,Hồ Văn Minh,DB 123457,2016-01-01,',
  '20410-12-7,20410,12,7,"120,5",ODT,"12 Lê Lợi, Hội An",049190003333,Hồ Văn Bình,DB 123456,2015-05-06,2/3',
  '20410-12-9,99999,12,9,90,ODT,16 Lê Lợi,049190002222,Hồ Văn Minh,DB 123458,2016-01-01,',
  '20410-12-10,20410,12,10,viel,ODT,18 Lê Lợi,049190002222,Hồ Văn Minh,DB 123459,2016-01-01,',
  '20410-12-11,20410,12,11,90,ODT,20 Lê Lợi,12345,Ai Đó,DB 123460,2016-01-01,',
];

describe('registers', () => {
  test('parcels from CSV: a report per line; a dry run writes nothing; twice is once', async () => {
    const look = (parcel: string): Promise<land.GetParcelResponse> => client.land.getParcel(land.GetParcelRequest.fromPartial({ parcel }), { office: 'land-503-202501', officer: 'an' });
    const rest = ['5 20410-12-9 refused area', '6 20410-12-10 refused size_m2', '7 20410-12-11 refused holder_number'];
    const dry = await bring('parcels', 'thua-dat.csv', parcels.join('\n'), '--dry-run');
    expect([dry.code, outcomes(dry)]).toEqual([1, ['2 20410-12-7 ready', '3 20410-12-8 ready', '4 20410-12-7 ready', ...rest]]);
    await expect(look('20410-12-7')).rejects.toMatchObject({ reason: 'UNKNOWN_ITEM' });
    const expected = ['2 20410-12-7 loaded', '3 20410-12-8 loaded', '4 20410-12-7 loaded', ...rest];
    for (let n = 0; n < 2; n++) expect(outcomes(await bring('parcels', 'thua-dat.csv', parcels.join('\n')))).toEqual(expected);
    const { parcel } = await look('20410-12-7');
    expect([parcel!.sizeDm2, parcel!.version, parcel!.rights.map((one) => one.shareMillionths)]).toEqual([12_050, 1, [333_333, 666_667]]);
    // Another content for what is there is told, never written over.
    const other = await bring('parcels', 'thua-dat.csv', [parcels[0], parcels[2]!.replace('90,ODT', '91,ODT')].join('\n'));
    expect([outcomes(other), (await look('20410-12-8')).parcel!.sizeDm2]).toEqual([['2 20410-12-8 refused parcel'], 9_000]);
  });

  test('businesses and beneficiaries from Excel', async () => {
    const shops = workbook([
      ['business', 'tax_code', 'name', 'owner_number', 'owner_name', 'area', 'address', 'lines', 'capital', 'state', 'certificate_number', 'register_date'],
      ['HKD-1', '4000123456', 'Hộ kinh doanh Hoa Mai', '049190001111', 'Phạm Thị Lan', '20410', '1 Lê Lợi', '4711 Bán lẻ; 5610', '50000000', 'active', '33A8001', '2019-05-06'],
      ['HKD-2', '4000123457', 'Hoa Lan & Con', '049190002222', 'Hồ Văn Minh', '20410@2025-07-01', '2 Lê Lợi', '5610', '', 'gone', '33A8002', '2019-05-06'],
    ]);
    const brought = await bring('businesses', 'ho.xlsx', shops);
    expect([brought.code, outcomes(brought)]).toEqual([1, ['2 HKD-1 loaded', '3 HKD-2 refused state']]);
    const found = await client.business.getBusiness(business.GetBusinessRequest.fromPartial({ business: 'HKD-1' }), { office: 'business-20410-202507', officer: 'an' });
    expect(found.business).toMatchObject({ name: 'Hộ kinh doanh Hoa Mai', taxCode: '4000123456', lines: [{ code: '4711', name: 'Bán lẻ' }, { code: '5610' }], capital: 50_000_000 });
    const people = workbook([
      ['beneficiary', 'person_number', 'person_name', 'kind', 'group', 'amount', 'area', 'state', 'start_month', 'decision_number'],
      ['BT-1', '049150001111', 'Trần Thị Tư', 'monthly-allowance', 'elderly-80', '550000', '20410', 'active', '2024-07', '12/QĐ-UBND'],
    ]);
    const social1 = await bring('beneficiaries', 'bao-tro.xlsx', people);
    expect([social1.code, social1.error, outcomes(social1)]).toEqual([0, '', ['2 BT-1 loaded']]);
    expect((await client.social.getBeneficiary(social.GetBeneficiaryRequest.fromPartial({ beneficiary: 'BT-1' }), { office: 'social-20410-202507', officer: 'an' })).beneficiary).toMatchObject({ amount: 550_000, group: 'elderly-80' });
  });

  test.each([
    ['a column that is missing', 'x.csv', 'parcel,area\na,b', 'thiếu cột / columns missing: map_sheet'], ['no rows', 'x.csv', 'parcel,area\n', 'không có dòng nào / no rows'], ['what is no workbook', 'x.xlsx', 'nonsense', 'no workbook can be read'],
  ])('%s is told', async (_what, name, content, said) => {
    const told = await bring('parcels', name, content);
    expect([told.code, told.error.includes(said)]).toEqual([2, true]);
  });
});

describe('offices and the calendar', () => {
  const header = 'id,name_vi,name_en,service,roles,serves,agency_code,sessions,valid_from,valid_to,successor,act';

  test('a running hub takes an office that is added; the same table again changes nothing', async () => {
    const table = `${header}\nhelp-20410-202611,Bàn hướng dẫn Hội An,Help desk of Hội An,general-agency,help-desk,20410@2025-07-01,H17.777.01,,2026-11-01,,,12/QĐ-UBND\n`;
    const brought = await bring('offices', 'co-quan.csv', table);
    expect([brought.code, brought.said.added]).toEqual([0, 1]);
    await vi.waitFor(async () => {
      const { offices } = await client.reference.listOffices(reference.ListOfficesRequest.fromPartial({ role: 'help-desk' }));
      expect(offices.map((one) => one.office)).toEqual(['help-20410-202611']);
    }, { timeout: takenMs, interval: 500 });
    expect((await bring('offices', 'co-quan.csv', table)).said).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  test('what would not be sound is refused by line, and nothing is written', async () => {
    const refused = await bring('offices', 'co-quan.csv', `${header}\nx-1,A,A,general-agency,help,20410@2025-07-01,H17.778.01,,2026-11-01,,,A\nx-2,B,B,general-agency,help,00000@2025-07-01,H17.779.01,,2026-11-01,,,A\n`);
    expect([refused.code, refused.said.problems[0]]).toMatchObject([1, { line: 3, record: 'x-2', problem: 'area 00000@2025-07-01 does not exist' }]);
  });

  test('days are added to the calendar; a swap day that is also a holiday is refused', async () => {
    const day = (rows: string): Promise<Report> => bring('calendars', 'lich.csv', `date,kind,name,status\n${rows}\n`);
    expect((await day('2027-03-12,swap-off,Nghỉ hoán đổi,announced')).said).toMatchObject({ added: 1, problems: [] });
    expect((await day('2027-03-12,swap-off,Nghỉ hoán đổi,announced')).said).toMatchObject({ added: 0, unchanged: 1 });
    const refused = await day('2027-01-01,swap-working,Làm bù,announced');
    expect([refused.code, refused.said.problems[0]]).toMatchObject([1, { line: 2, record: '2027-01-01' }]);
  });
});
