/** What putting back a change makes of a parcel, or what has been built on it since. */
import type { Changed, Problem } from '@lienthong/dossier-service';
import { undoneReshape } from './rules-reshape.ts';
import type { LandChange, Mortgage, Parcel } from './rules-facts.ts';

type Undone = { readonly facts: Parcel | null } | Problem;
const no = (problem: string): Problem => ({ problem });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const blockNames = { dispute: 'đang có tranh chấp', distraint: 'đang bị kê biên' } as const;

/** What others entered beside the change stays: a block that was lifted, another mortgage. While a block stands nothing moves. */
export function undoneParcel(change: LandChange, key: string, { before, after, now }: Changed<Parcel>): Undone {
  if (change.action === 'split' || change.action === 'merge') return undoneReshape(change, key, after, now);
  if (now?.ended !== undefined) return no(`thửa đất ${key} đã được tách, hợp thửa`);
  if (before === null || now === null) return no(`thửa đất ${change.parcel} không còn trong cơ sở dữ liệu đất đai`);
  const block = now.blocks.find((one) => one.liftedOn === '');
  if (block !== undefined) return no(`thửa đất ${blockNames[block.kind]} (${block.ground})`);
  switch (change.action) {
    case 'transfer': case 'exchange': return rightsBack(before, after, now);
    case 'mortgage': return mortgageOff(change.mortgage, after, now);
    case 'mortgage-release': return mortgageBack(before, after, now);
  }
}

/** Rights as they were. Who holds them now has mortgaged or passed them on: that stands on them. */
function rightsBack(before: Parcel, after: Parcel, now: Parcel): Undone {
  if (!same(now.rights, after.rights)) return no(`quyền trên thửa đất ${now.parcel} đã có biến động tiếp theo`);
  if (!same(now.mortgages, after.mortgages)) return no(`thửa đất ${now.parcel} đã có đăng ký thế chấp hoặc xóa thế chấp tiếp theo`);
  return { facts: { ...now, rights: before.rights } };
}

function mortgageOff(number: string, after: Parcel, now: Parcel): Undone {
  const of = (parcel: Parcel): Mortgage | undefined => parcel.mortgages.find((one) => one.mortgage === number);
  if (of(now) === undefined || !same(of(now), of(after))) return no(`đăng ký thế chấp ${number} đã được thay đổi hoặc xóa`);
  if (!same(now.rights, after.rights)) return no(`quyền trên thửa đất ${now.parcel} đã có biến động tiếp theo`);
  return { facts: { ...now, mortgages: now.mortgages.filter((one) => one.mortgage !== number) } };
}

/** The mortgage stands again, unless somebody got the parcel, or a rank on it, because it was deleted. */
function mortgageBack(before: Parcel, after: Parcel, now: Parcel): Undone {
  if (!same(now.rights, after.rights) || !same(now.mortgages, after.mortgages)) return no(`thửa đất ${now.parcel} đã có biến động sau khi xóa đăng ký thế chấp`);
  return { facts: { ...now, mortgages: before.mortgages } };
}
