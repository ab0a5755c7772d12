/** What putting back a change makes of a business, a name, an owner; or what has been built on it since. */
import type { Changed, Problem } from '@lienthong/dossier-service';
import type { BusinessChange, BusinessRecord } from './rules-facts.ts';
import { businessKey } from './rules-facts.ts';

/** Each record as it was before: a business, its name and its owner are free again where the change had taken them, and taken where it had freed them. */
export function undoneRecord(change: BusinessChange, key: string, { before, after, now }: Changed<BusinessRecord>): { readonly facts: BusinessRecord | null } | Problem {
  return JSON.stringify(now) === JSON.stringify(after) ? { facts: before } : { problem: problemOf(change, key) };
}

function problemOf(change: BusinessChange, key: string): string {
  if (key === businessKey(change.business)) return `hộ kinh doanh ${change.business} đã có thay đổi tiếp theo`;
  return key.startsWith('name|') ? 'tên hộ kinh doanh đã được đăng ký tiếp theo' : 'chủ hộ đã đăng ký hộ kinh doanh khác';
}
