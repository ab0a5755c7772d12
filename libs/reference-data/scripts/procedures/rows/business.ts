/** Household businesses that change no register action of their own, and cooperatives. */
import { leg, text } from '../builder.ts';
import type { Route, ProcedureRow } from '../row.ts';
import { byCase, singleOffice } from '../routes/single-office.ts';

const office = { role: 'business-registration', locality: 'subject' } as const;
const household = '168/2025/NĐ-CP', cooperative = '92/2024/NĐ-CP';
const REISSUED = 'KQ.G12.001053', EXCHANGED = 'KQ.G12.001350';
const bare = (span: string): readonly [string, string] => [span, 'A bare "1" in the field; the text gives the time.'];
const withTaxLink: Route = {
  accountable: office,
  legs: ({ results, source }) => [
    leg({ ...office, name: 'registration', title: text('Kiểm tra hồ sơ, đăng ký', 'Check and registration'), limit: '1wd', decides: true, source }),
    leg({ name: 'tax-code', title: text('Mã số thuế qua kết nối dữ liệu', 'Tax code by data link'), role: 'tax', locality: 'subject', after: ['registration'], limit: '1wd', source }),
    leg({ ...office, name: 'certificate', title: text('Cấp Giấy chứng nhận', 'Certificate'), after: ['tax-code'], limit: '1wd', results, source }),
  ],
};

export const businessRows: readonly ProcedureRow[] = [
  {
    code: '2.000575', act: household, cases: 'reissue exchange exchange-with-change exchange-with-suspension exchange-with-owner', results: `${REISSUED} ${EXCHANGED}`, limit: bare('3wd'), flags: ['register-by-hand'],
    caseLimits: { reissue: '1wd' },
    docs: '1:application-form@reissue,exchange 2:change-application@exchange-with-change 3:suspension-application@exchange-with-suspension 4:owner-change-notice@exchange-with-owner 5:business-transfer-contract?@exchange-with-owner 6:minutes? 7:member-authority?@exchange-with-owner 8:death-or-court-paper?@exchange-with-owner 9:authority? 10:identity-copy?',
    route: byCase(office, 'certificate', 'Cấp lại, cấp đổi Giấy chứng nhận', 'Reissue or exchange of the certificate', [
      { cases: ['reissue'], limit: '1wd', results: [REISSUED] }, { cases: ['exchange', 'exchange-with-change', 'exchange-with-suspension', 'exchange-with-owner'], limit: '3wd', results: [EXCHANGED] },
    ]),
  },
  {
    code: '1.014034', act: household, eras: 'now', cases: 'data certificate', results: `${EXCHANGED} KQ.G12.001353`, limit: bare('3wd'), caseLimits: { data: '1wd' }, flags: ['register-by-hand'],
    docs: '1:application-form 2:business-certificate 3:tax-certificate-copy? 4:authority? 5:identity-copy?',
    route: byCase(office, 'correction', 'Bổ sung, hiệu đính thông tin', 'Completion or correction of data', [{ cases: ['data'], limit: '1wd', results: ['KQ.G12.001353'] }, { cases: ['certificate'], limit: '3wd', results: [EXCHANGED] }]),
  },
  { code: '1.014035', act: household, eras: 'now', results: 'KQ.G12.001055', limit: bare('3wd'), docs: '1:application-form 2:authority? 3:identity-copy?', route: singleOffice(office, 'stop', 'Dừng thủ tục đăng ký', 'Stop of the pending registration') },
  { code: '1.005280', act: cooperative, cases: 'establish restructuring', results: 'KQ.G12.001174', route: withTaxLink, docs: '1:application-form 2:charter 3:founding-resolution 4:member-list 5:representative-list 6:investment-certificate? 7:foreign-capital-consent? 8:restructuring-resolution@restructuring 9:authority?' },
  { code: '1.005277', act: cooperative, cases: 'content restructuring', results: 'KQ.G12.001174', route: withTaxLink, docs: '1:application-form 2:minutes 3:members-resolution 4:representative-list? 5:foreign-capital-consent? 6:restructuring-resolution@restructuring 7:authority?' },
  { code: '2.002638', act: cooperative, results: 'KQ.G12.001338', route: singleOffice(office, 'reissue', 'Cấp lại Giấy chứng nhận', 'Reissue of the certificate'), docs: '1:application-form 2:authority?' },
  {
    code: '2.002641', act: cooperative, cases: 'group-suspend suspend resume', results: 'KQ.G12.001013 KQ.G12.001340 KQ.G12.001000', docs: '1:suspension-notice@group-suspend,suspend 2:resumption-notice@resume 3:minutes?@group-suspend 4:members-resolution?@suspend,resume 5:authority?',
    note: 'The names of the confirmations are cut in the source: which of the last two is the suspension is taken from their order.',
    route: byCase(office, 'confirmation', 'Xác nhận tạm ngừng, tiếp tục kinh doanh', 'Confirmation of suspension or resumption', [
      { cases: ['group-suspend'], limit: '3wd', results: ['KQ.G12.001013'] }, { cases: ['suspend'], limit: '3wd', results: ['KQ.G12.001340'] }, { cases: ['resume'], limit: '3wd', results: ['KQ.G12.001000'] },
    ]),
  },
  {
    code: '1.004982', act: cooperative, results: 'KQ.G12.001342 KQ.G12.001344', limit: ['5wd', 'The field has 3 working days, which the text gives for the publication; five after the dissolution dossier are the whole.'],
    docs: '1:dissolution-notice 2:asset-report 3:common-fund-decision? 4:common-asset-report? 5:authority?',
    waits: [{ cause: 'consent', text: text('6 tháng không có hồ sơ hoặc phản đối: cơ quan đăng ký chuyển tình trạng', '6 months without a dossier or an objection: the registrar moves the status'), source: { act: cooperative, status: 'to-confirm', note: 'Told in the prose of the record.' } }],
    route: {
      accountable: office,
      legs: ({ results, source }) => [
        leg({ ...office, name: 'publication', title: text('Đăng tải nghị quyết giải thể', 'Publication of the resolution'), limit: '3wd', results: [results[0]!], source }),
        leg({ ...office, name: 'status', title: text('Chuyển tình trạng pháp lý', 'Change of the legal status'), after: ['publication'], limit: '2wd', decides: true, results: [results[1]!], source }),
      ],
    },
  },
];
