/** When two names are one. NĐ 168/2025/NĐ-CP điều 85: a household business may not bear the own name of another one in the same commune. */
import { spelling } from '@lienthong/law';

const prefix = /^(hộ kinh doanh|hkd)(?=\s|$)/u;

/** What of a name is compared: its spelling, without the words "hộ kinh doanh". */
export function comparable(name: string): string {
  return spelling(name.normalize('NFC').toLocaleLowerCase('vi').trim().replace(/\s+/gu, ' ').replace(prefix, ''));
}
