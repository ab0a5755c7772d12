/** A certificate of a household business bears another number: what the register shows then. */
import type { Renumbering } from '@lienthong/dossier-service';
import { businessKey } from './rules-facts.ts';
import type { BusinessChange, BusinessRecord } from './rules-facts.ts';

/** Only what gives a certificate has a number in the register. */
export const businessRenumbering: Renumbering<BusinessRecord, BusinessChange> = {
  touches: (change) => (change.action === 'certificate' || (change.action === 'change' && change.certificateNumber !== '') ? [businessKey(change.business)] : []),
  next: (change, _key, record, { from, to }) => {
    const shown = record !== null && record.type === 'business' && record.certificateNumber === from && record.state !== 'terminated';
    return shown ? { ...record, certificateNumber: to } : { problem: `hộ kinh doanh ${change.business} không còn Giấy chứng nhận số ${from} theo cơ sở dữ liệu` };
  },
};
