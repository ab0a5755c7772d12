/** Whose time it was, as the contract names it and in words. */
import { oversight } from '@lienthong/contract';
import type { Interval } from '@lienthong/law';

export const accountables: Readonly<Record<Interval['who'], { readonly code: oversight.Accountable; readonly vi: string; readonly en: string }>> = {
  office: { code: oversight.Accountable.OFFICE, vi: 'Cơ quan đang xử lý', en: 'Office at work' }, transfer: { code: oversight.Accountable.TRANSFER, vi: 'Đang chuyển giữa các cơ quan', en: 'In transfer between offices' },
  applicant: { code: oversight.Accountable.APPLICANT, vi: 'Chờ người nộp', en: 'Waiting for the applicant' }, law: { code: oversight.Accountable.LAW, vi: 'Thời gian chờ theo quy định', en: 'Prescribed waiting' }, post: { code: oversight.Accountable.POST, vi: 'Bưu chính đang chuyển', en: 'With the post' },
  outage: { code: oversight.Accountable.OUTAGE, vi: 'Sự cố hệ thống đã thông báo', en: 'Announced failure of the systems' }, 'outside-hours': { code: oversight.Accountable.OUTSIDE_HOURS, vi: 'Ngoài giờ làm việc', en: 'Outside working hours' },
  'earlier-system': { code: oversight.Accountable.EARLIER_SYSTEM, vi: 'Ở hệ thống trước', en: 'In the earlier system' },
};
