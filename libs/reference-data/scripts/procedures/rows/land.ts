/** Land procedures, one a row; the first ones with a register action of their own stand in ../land.ts. */
import { text } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import {
  firstCertificate, firstCertificateOfOrganisation, landAllocation, landDecision, landNote, landPosted, landPostedWithTax, landRegistration, landRegistrationWithTax, landReshaping, localCommittee,
} from '../routes/land.ts';
import { byCase, checkedThenDecided, singleOffice } from '../routes/single-office.ts';

const act = '101/2024/NĐ-CP; 151/2025/NĐ-CP';
const now = { eras: 'now', act } as const;
/** The register of parcels is changed by its officers: these procedures change it in ways that the land service has no action for yet. */
const byHand = { ...now, flags: ['register-by-hand'] } as const;
const province = { role: 'province-committee', locality: 'subject' } as const;
const environment = { role: 'department-agriculture-environment', locality: 'subject' } as const;
const CERTIFICATE = 'KQ.G10.001148', DECISION = 'KQ.G10.000868', EXTENSION = 'KQ.G10.000869';

const corrected = ['Đính chính Giấy chứng nhận', 'Correction of the certificate'] as const;
const withdrawn = ['Quyết định thu hồi Giấy chứng nhận đã cấp', 'Decision to withdraw the certificate'] as const;

export const landRows: readonly ProcedureRow[] = [
  { ...byHand, code: '1.013833', cases: 'name holder-data parcel third-party-right', route: landRegistration, docs: '1:application-form 2:land-certificate 3:proof-of-change?@name,holder-data 4:organisation-name-decision?@name 5:third-party-agreement@third-party-right 6:survey-extract?@parcel 7:authority?' },
  { ...byHand, code: '1.013977', cases: 'restructuring conversion', route: landRegistrationWithTax, docs: '1:application-form 2:land-certificate 3:restructuring-decision 4:organisation-registration 5:detailed-plan?@conversion 6:split-drawing? 7:survey-extract? 8:authority?' },
  {
    ...byHand, code: '1.013980', cases: 'family-agreement public-asset-sale mortgage-enforcement dispute-result underground-works', route: landRegistrationWithTax,
    docs: '1:application-form 2:land-certificate 3:family-agreement@family-agreement 4:marital-status-paper?@family-agreement 5:public-asset-permission@public-asset-sale 6:public-asset-contract@public-asset-sale 7:enforcement-paper@mortgage-enforcement 8:dispute-result@dispute-result 9:underground-right-paper@underground-works 10:split-drawing? 11:survey-extract? 12:authority?',
  },
  { ...byHand, code: '1.013992', route: landRegistrationWithTax, docs: '1:application-form 2:land-certificate 3:survey-extract? 4:authority?' },
  { ...byHand, code: '1.013995', cases: 'house works ownership-extension', route: landRegistrationWithTax, docs: '1:application-form 2:land-certificate 3:asset-papers@house,works 4:asset-plan@house,works 5:approved-design?@works 6:ownership-extension-consent@ownership-extension 7:survey-extract? 8:authority?' },
  {
    ...byHand, code: '1.013978', cases: 'with-papers inherited transferred wrong-authority without-papers', route: firstCertificate,
    docs: '1:application-form 2:land-papers@with-papers 3:inheritance-papers@inherited 4:wrong-authority-papers@wrong-authority 5:transfer-papers@transferred 6:adjacent-right-paper? 7:household-members-paper? 8:joint-certificate-agreement? 9:survey-extract? 10:approved-design? 11:district-house-confirmation? 12:penalty-decision? 13:payment-papers? 14:registration-notice? 15:authority?',
  },
  { ...byHand, code: '1.012753', cases: 'organisation defence-security', route: firstCertificateOfOrganisation, docs: '1:application-form 2:land-review-report 3:parcel-plan 4:defence-location-decision@defence-security 5:joint-certificate-agreement? 6:payment-papers? 7:authority?' },
  {
    ...byHand, code: '1.012781', cases: 'transferred boundary-change', route: landPostedWithTax('15d'), docs: '1:application-form 2:land-certificate 3:added-part-transfer@transferred 4:added-part-proof?@boundary-change 5:parcel-survey 6:authority?',
    waits: [{ cause: 'posting', text: text('30 ngày không có tranh chấp sau thông báo trên phương tiện thông tin đại chúng', '30 days without dispute after a notice in the media'), span: '30d', source: { act, status: 'to-confirm', note: 'Instead of the posting, where a notice in the media is chosen; the officer opens it.' } }],
  },
  { ...byHand, code: '1.012785', cases: 'with-contract signed-papers', route: landPostedWithTax('30d'), docs: '1:application-form 2:transfer-contract@with-contract 3:signed-transfer-papers@signed-papers 4:land-certificate?' },
  { ...now, code: '1.012784', cases: 'split merge', route: landReshaping, docs: '1:application-form 2:split-drawing 3:land-certificate 4:authority-decision?' },
  // A certificate that was lost is exchanged for one with a new number, after the loss was posted.
  { ...now, code: '1.012786', cases: 'certificate-lost supplement-page-lost', route: landPosted('15d', 'exchange'), docs: '1:application-form 2:land-certificate@supplement-page-lost 3:survey-extract?' },
  { ...byHand, code: '1.012790', route: singleOffice({ role: 'land-registration', locality: 'subject' }, 'correction', ...corrected), docs: '1:application-form 2:land-certificate 3:error-proof? 4:authority?' },
  { ...byHand, code: '1.012796', route: landDecision(localCommittee, ...corrected), docs: '1:application-form 2:land-certificate 3:error-proof? 4:authority?' },
  { ...byHand, code: '1.012791', route: landDecision(environment, ...withdrawn), docs: '1:petition 2:land-certificate' },
  { ...byHand, code: '1.012818', route: landDecision(localCommittee, ...withdrawn), docs: '1:petition 2:land-certificate' },
  {
    ...byHand, code: '1.013949', cases: 'allocation change-of-use extension', route: landAllocation(localCommittee, { allocation: DECISION, 'change-of-use': DECISION, extension: DECISION }, CERTIFICATE),
    docs: '1:application-form@allocation,change-of-use 2:project-approval?@allocation,change-of-use 3:investor-selection?@allocation 4:land-certificate@change-of-use 5:topsoil-plan?@change-of-use 6:land-use-plan?@allocation 7:forest-auction-result?@allocation 8:forest-project?@allocation 9:extension-application@extension 10:allocation-decision@extension',
  },
  {
    ...byHand, code: '1.013823', cases: 'allocation change-of-use extension', route: landAllocation(province, { allocation: DECISION, 'change-of-use': DECISION, extension: EXTENSION }, CERTIFICATE, environment.role),
    docs: '1:application-form@allocation,change-of-use 2:project-approval?@allocation,change-of-use 3:investor-selection?@allocation 4:land-certificate@change-of-use 5:topsoil-plan?@change-of-use 6:land-use-plan?@allocation 7:forest-auction-result?@allocation 8:forest-project?@allocation 9:extension-application@extension 10:allocation-decision@extension 11:project-extension-paper@extension',
  },
  { ...byHand, code: '1.013950', route: landAllocation(localCommittee, { standard: 'KQ.G10.000870' }, CERTIFICATE), docs: '1:application-form 2:land-certificate' },
  { ...byHand, code: '1.013947', route: landRegistration, docs: '1:application-form 2:land-certificate' },
  { ...byHand, code: '1.013988', route: landNote, docs: '1:application-form 2:land-certificate 3:debt-payment-proof 4:authority?' },
  {
    code: '1.012812', act: '31/2024/QH15', route: checkedThenDecided({ role: 'peoples-committee', locality: 'subject' }, ['Xác minh, thông báo cho các bên', 'Inquiry, notice to the parties'], ['Họp hội đồng hòa giải, lập biên bản', 'Meeting of the council, minutes']),
    docs: '1:application-form 2:land-use-papers?', eras: 'now',
    waits: [{ cause: 'consent', text: text('10 ngày để các bên có ý kiến khác sau khi lập biên bản', '10 days for the parties to change their mind after the minutes'), span: '10d', source: { act: '31/2024/QH15', status: 'to-confirm', note: 'Read in the prose of the record; whether it counts is not told.' } }],
  },
  {
    ...now, code: '1.012817', route: landDecision(localCommittee, 'Xác định lại diện tích đất ở', 'Re-determination of the residential area'), docs: '1:application-form 2:land-certificate 3:authority?', flags: ['register-by-hand'],
  },
  {
    ...now, code: '1.012995', act: '103/2024/NĐ-CP', docs: '1:application-form 2:resettlement-decision 3:eligibility-paper', limit: ['6wd', 'A bare "1" beside a text of five working days for the debt notice: one working day for the note on the certificate after the five of the tax office.'], flags: ['register-by-hand'],
    route: {
      accountable: { role: 'land-registration', locality: 'subject' },
      legs: ({ results, source }) => [
        ...byCase({ role: 'tax', locality: 'subject' }, 'debt-notice', 'Thông báo ghi nợ tiền sử dụng đất', 'Notice of the debt', [{ cases: ['standard'], limit: '5wd', results: [] }]).legs({ total: '5wd', results: [], era: 'now', source }).map((one) => ({ ...one, decides: false })),
        ...landNote.legs({ total: '1wd', results, era: 'now', source }).map((one) => ({ ...one, after: ['debt-notice'] })),
      ],
    },
  },
];
