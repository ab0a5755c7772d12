/** Registration of security over land, beside the two that change the register (../land.ts). */
import type { ExcludedWait } from '@lienthong/law';
import { text, toConfirm } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import { singleOffice } from '../routes/single-office.ts';

const act = '99/2022/NĐ-CP';
const law = toConfirm(act, 'Told in the prose of the record.');
export const mortgageWaits: readonly ExcludedWait[] = [
  { cause: 'transfer', text: text('Thời hạn tính từ khi văn phòng đăng ký đất đai nhận hồ sơ hợp lệ, không từ bộ phận một cửa', 'The clock starts when the land office holds a valid dossier, not at the one-stop'), source: law },
  { cause: 'outage', text: text('Thiên tai, sự cố hệ thống, điện, mạng, bất khả kháng', 'Disaster, failure of system, power or network, force majeure'), source: law },
];
const office = { role: 'land-registration', locality: 'subject' } as const;
const sameDay = { limit: ['3wd', 'The law gives the same working day (the next one after 15:00) and three at most with a reason; the leg gets one, the total the published three.'], flags: ['register-by-hand'], act } as const;

const route = (vi: string, en: string): ProcedureRow['route'] => ({ ...singleOffice(office, 'registration', vi, en, mortgageWaits), legs: (context) => singleOffice(office, 'registration', vi, en).legs({ ...context, total: '1wd' }) });

export const securityRows: readonly ProcedureRow[] = [
  {
    ...sameDay, code: '1.011442', cases: 'amendment claim-transfer other-change', route: route('Đăng ký thay đổi biện pháp bảo đảm', 'Registration of a changed security'),
    docs: '1:application-form 2:contract-amendment@amendment 3:claim-transfer@claim-transfer 4:other-ground@other-change 5:contract-list? 6:land-certificate 7:authority? 8:branch-mandate? 9:fee-exemption?',
  },
  {
    ...sameDay, code: '1.011445', route: route('Chuyển tiếp đăng ký thế chấp', 'Carry-over of the mortgage'),
    docs: '1:application-form 2:sale-right-mortgage 3:future-house-mortgage? 4:registration-certificate 5:land-certificate 6:authority? 7:branch-mandate? 8:fee-exemption?',
  },
];
