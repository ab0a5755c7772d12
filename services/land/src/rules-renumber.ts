/** A certificate or a registration that was issued by a decided change bears another number: what the parcel shows then. */
import type { Problem, Renumbered, Renumbering } from '@lienthong/dossier-service';
import { numbersTaken } from './rules-certificates.ts';
import { certificateKey, isParcel } from './rules-facts.ts';
import type { LandChange, LandRecord, Mortgage, Parcel } from './rules-facts.ts';

const no = (problem: string): Problem => ({ problem });

/** That a mortgage was deleted has no number in the register. */
export const landRenumbering: Renumbering<LandRecord, LandChange> = {
  touches: (change, { to }) => {
    switch (change.action) {
      case 'mortgage': return [change.parcel];
      case 'mortgage-release': return [];
      case 'transfer': case 'exchange': return [change.parcel, certificateKey(to)];
      case 'split': case 'merge': return [...change.makes.map((one) => one.parcel), certificateKey(to)];
    }
  },
  next: (change, key, record, numbers) => {
    if (key === certificateKey(numbers.to)) return takenBy(change, record, numbers);
    if (record === null || !isParcel(record)) return no(`không có thửa đất ${key} trong cơ sở dữ liệu đất đai`);
    return change.action === 'mortgage' ? registered(record, numbers) : certified(change, record, numbers);
  },
};

/** TT 10/2024/TT-BTNMT: an issue number is on one certificate. Its own dossier may go back to one that it had. */
function takenBy(change: LandChange, record: LandRecord | null, { to }: Renumbered): LandRecord | Problem {
  if (record !== null && !isParcel(record) && record.code !== change.code) return no(`số phát hành Giấy chứng nhận ${to} đã dùng cho thửa đất ${record.parcel}`);
  return { type: 'certificate', number: to, parcel: [...numbersTaken(change).values()][0] ?? change.parcel, code: change.code };
}

/** Of a split the certificate is that of one of the new parcels; the others stay. What was passed on or exchanged since bears another certificate. */
function certified(change: LandChange, parcel: Parcel, { from, to }: Renumbered): Parcel | Problem | null {
  const shown = parcel.ended === undefined && parcel.rights.some((right) => right.certificateNumber === from);
  if (!shown) return change.action === 'split' ? null : no(`thửa đất ${parcel.parcel} không còn Giấy chứng nhận số ${from} theo cơ sở dữ liệu`);
  return { ...parcel, rights: parcel.rights.map((right) => (right.certificateNumber === from ? { ...right, certificateNumber: to } : right)) };
}

function registered(parcel: Parcel, { from, to }: Renumbered): Parcel | Problem {
  const stands = (one: Mortgage): boolean => one.mortgage === from && one.deletedAt === null;
  if (parcel.ended !== undefined || !parcel.mortgages.some(stands)) return no(`đăng ký thế chấp ${from} không còn hiệu lực trên thửa đất ${parcel.parcel}`);
  if (parcel.mortgages.some((one) => one.mortgage === to)) return no(`số đăng ký thế chấp ${to} đã dùng`);
  return { ...parcel, mortgages: parcel.mortgages.map((one) => (stands(one) ? { ...one, mortgage: to } : one)) };
}
