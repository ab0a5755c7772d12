/** Numbers of certificates: which a change takes, and that none is taken twice. */
import type { Problem } from '@lienthong/dossier-service';
import { certificateKey } from './rules-facts.ts';
import type { CertificateRecord, LandChange, LandRecord } from './rules-facts.ts';

/** The numbers that a change puts on certificates, with the parcel of each; none where the officer has given none yet. */
export function numbersTaken(change: LandChange): ReadonlyMap<string, string> {
  switch (change.action) {
    case 'transfer': case 'exchange': return new Map(change.certificateNumber === '' ? [] : [[change.certificateNumber, change.parcel]]);
    case 'split': case 'merge': return new Map(change.makes.filter((one) => one.certificateNumber !== '').map((one) => [one.certificateNumber, one.parcel]));
    case 'mortgage': case 'mortgage-release': return new Map();
  }
}

/** TT 10/2024/TT-BTNMT: a certificate bears one issue number. Its own dossier may write it again after it was sent back. */
export function nextCertificate(change: LandChange, key: string, record: LandRecord | null): CertificateRecord | Problem {
  const [number, parcel] = [...numbersTaken(change)].find(([one]) => certificateKey(one) === key)!;
  if (record !== null && 'type' in record && record.code !== change.code) return { problem: `số phát hành Giấy chứng nhận ${number} đã dùng cho thửa đất ${record.parcel}` };
  return { type: 'certificate', number, parcel, code: change.code };
}
