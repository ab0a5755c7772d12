/** Certification by the commune: at any counter for copies and signatures, where the land lies for transactions with it. */
import { toConfirm } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import { decision } from '../limits.ts';
import { singleOffice } from '../routes/single-office.ts';
import { copyFee } from './civil-status.ts';

const act = '23/2015/NĐ-CP';
const anywhere = { role: 'peoples-committee', locality: 'counter' } as const;
const land = { role: 'peoples-committee', locality: 'subject' } as const;
const SAME_DAY: readonly [string, string] = ['1wd', 'No limit is published. Decree 23/2015 gives the same day, the next working day when received after 15:00 (to be confirmed).'];
const TWO_DAYS: readonly [string, string] = ['2wd', 'No limit is published. Decree 23/2015 gives transactions two working days (to be confirmed).'];
const fee = (code: string, amount: number) => ({ ...copyFee(code, 'Phí chứng thực', 'Certification fee', amount, '226/2016/TT-BTC'), source: toConfirm('226/2016/TT-BTC', 'As published, for one page, case or document; more are charged by the officer.') });
const others = [decision('facts.accountable', 'notary office; diplomatic mission', 'peoples-committee', 'The field lists other bodies that certify as well; what is received here is certified by the commune.')];

export const certificationRows: readonly ProcedureRow[] = [
  { act, code: '2.000815', limit: SAME_DAY, fees: [fee('certified-copy', 2_000)], decisions: others, route: singleOffice(anywhere, 'certification', 'Chứng thực bản sao từ bản chính', 'Certified copy'), docs: '1:original-and-copies' },
  { act, code: '2.000884', limit: SAME_DAY, fees: [fee('certified-signature', 10_000)], decisions: others, route: singleOffice(anywhere, 'certification', 'Chứng thực chữ ký', 'Certification of the signature'), docs: '1:identity-paper 2:paper-to-sign' },
  { act, code: '2.000908', route: singleOffice(anywhere, 'copy', 'Cấp bản sao từ sổ gốc', 'Copy from the register'), docs: '1:identity-paper 2:relation-proof?', flags: ['office-inferred'], note: 'The keeper of the register answers; the commune for its own registers.' },
  { act, code: '2.001035', limit: TWO_DAYS, fees: [fee('certified-transaction', 50_000)], route: singleOffice(land, 'certification', 'Chứng thực giao dịch', 'Certification of the transaction'), docs: '1:draft 2:ownership-papers' },
  { act, code: '2.001019', limit: TWO_DAYS, fees: [fee('certified-will', 50_000)], route: singleOffice(anywhere, 'certification', 'Chứng thực di chúc', 'Certification of the will'), docs: '1:draft 2:ownership-papers?' },
  { act, code: '2.001016', limit: TWO_DAYS, fees: [fee('certified-refusal', 50_000)], route: singleOffice(anywhere, 'certification', 'Chứng thực văn bản từ chối nhận di sản', 'Certification of the refusal'), docs: '1:draft 2:ownership-papers?' },
  { act, code: '2.001406', limit: TWO_DAYS, fees: [fee('certified-division', 50_000)], route: singleOffice(land, 'certification', 'Chứng thực văn bản phân chia di sản', 'Certification of the division'), docs: '1:draft 2:ownership-papers' },
];
