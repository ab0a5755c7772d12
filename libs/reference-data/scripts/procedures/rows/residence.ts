/** Residence and identity: the police of the commune. */
import type { Fee } from '@lienthong/law';
import { text, toConfirm } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import { decision } from '../limits.ts';
import { byCase, singleOffice } from '../routes/single-office.ts';

const police = { role: 'police', locality: 'residence' } as const;
const act = '68/2020/QH14; 154/2024/NĐ-CP';
const NOTICE = 'KQ.G01.000065';
const notice = { act, results: NOTICE, decisions: [decision('results', 'updates of two databases are listed as results', NOTICE, 'What the citizen is given is the notice of the result; updates of databases are done by the same leg.')] } as const;
const fee = (code: string, counter: number, online: number): Fee => ({
  code, name: text('Lệ phí đăng ký cư trú', 'Fee for residence registration'), kind: 'fee', amount: { counter, online, post: counter }, when: 'filing', refundable: false,
  source: toConfirm('75/2022/TT-BTC', 'As published; exempt groups and list filing have rates of their own.'),
});

export const residenceRows: readonly ProcedureRow[] = [
  {
    ...notice, code: '1.004222', cases: 'own-home join-household rented religious assistance vehicle police-army overseas', fees: [fee('permanent-residence', 20_000, 10_000)], route: singleOffice(police, 'registration', 'Đăng ký thường trú', 'Permanent residence registration'),
    docs: '1:residence-form@own-home,join-household,rented,religious,assistance,vehicle,police-army 2:overseas-form@overseas 3:lawful-housing@own-home,overseas 4:household-relation@join-household 5:lease-contract@rented 6:housing-area? 7:religious-confirmation@religious 8:assistance-home-request@assistance 9:vehicle-registration@vehicle 10:unit-introduction@police-army',
  },
  { ...notice, code: '1.004194', cases: 'person list police-army', fees: [fee('temporary-residence', 10_000, 7_000)], route: singleOffice(police, 'registration', 'Đăng ký tạm trú', 'Temporary residence registration'), docs: '1:residence-form 2:lawful-housing@person,list 3:list-of-persons@list 4:unit-introduction@police-army' },
  { ...notice, code: '1.002755', cases: 'person list police-army', fees: [fee('temporary-residence-extension', 10_000, 5_000)], route: singleOffice(police, 'extension', 'Gia hạn tạm trú', 'Extension'), docs: '1:residence-form 2:list-of-persons@list 3:unit-introduction@police-army' },
  { ...notice, code: '1.003197', route: singleOffice(police, 'deletion', 'Xóa đăng ký thường trú', 'Deletion'), docs: '1:residence-form 2:deletion-ground' },
  { ...notice, code: '1.010028', route: singleOffice(police, 'deletion', 'Xóa đăng ký tạm trú', 'Deletion'), docs: '1:residence-form 2:deletion-ground' },
  { ...notice, code: '1.010038', cases: 'agreed divorced', fees: [fee('household-separation', 10_000, 5_000)], route: singleOffice(police, 'separation', 'Tách hộ', 'Household separation'), docs: '1:residence-form 2:divorce-and-right-to-stay@divorced' },
  { ...notice, code: '1.010039', route: singleOffice(police, 'correction', 'Điều chỉnh thông tin cư trú', 'Correction'), docs: '1:residence-form 2:civil-status-change?' },
  {
    act, code: '1.010041', cases: 'in-database not-in-database', results: 'KQ.G01.000062', limit: ['3wd', 'Two values online: one working day when the data are in the database, else three.'], caseLimits: { 'in-database': '1wd' }, docs: '1:residence-form',
    route: byCase(police, 'confirmation', 'Xác nhận thông tin cư trú', 'Confirmation of residence', [{ cases: ['in-database'], limit: '1wd', results: ['KQ.G01.000062'] }, { cases: ['not-in-database'], limit: '3wd', results: ['KQ.G01.000062'] }]),
  },
  {
    act, code: '1.003677', cases: 'simple complex', results: 'KQ.G01.000061', limit: ['2wd', 'Two values online: one day, two working days when complex.'], caseLimits: { simple: '1wd' }, docs: '1:absence-request 2:supervisor-consent? 3:absence-content',
    route: byCase(police, 'notice', 'Khai báo tạm vắng', 'Temporary absence', [{ cases: ['simple'], limit: '1wd', results: ['KQ.G01.000061'] }, { cases: ['complex'], limit: '2wd', results: ['KQ.G01.000061'] }]),
  },
  {
    act: '26/2023/QH15; 70/2024/NĐ-CP', code: '1.012564', docs: '1:identity-request',
    route: singleOffice(police, 'correction', 'Điều chỉnh thông tin dân cư', 'Population data correction', [{ cause: 'transfer', text: text('Thời gian chuyển hồ sơ từ cơ quan khác đến Công an cấp xã', 'Transfer of the dossier from another agency to the commune police'), source: toConfirm('70/2024/NĐ-CP', 'Told in the prose of the record: not counted.') }]),
  },
];
