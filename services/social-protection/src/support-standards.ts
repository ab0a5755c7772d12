/**
 * Monthly amounts of social support: a base that decrees raise, times the coefficient of the group and the degree of disability. Each row has its days, its source and how far it is
 * known; a group that is not listed has the amount that the office decides.
 */
import type { Dong } from '@lienthong/law';
import type { Month } from './rules-months.ts';

/** `read`: in a source. `to-confirm`: generally known, the text of the decree was not read. */
type Known = { readonly source: string; readonly status: 'read' | 'to-confirm' };
type Base = Known & { readonly from: Month; readonly amount: Dong };
type Group = Known & { readonly group: string; /** Tenths: 15 is a coefficient of 1.5. */ readonly tenths: number };

/** Mức chuẩn trợ giúp xã hội, oldest first. */
export const supportBases: readonly Base[] = [
  { from: '2021-07', amount: 360_000, source: '20/2021/NĐ-CP, Điều 4', status: 'to-confirm' },
  { from: '2024-07', amount: 500_000, source: '76/2024/NĐ-CP, Điều 1', status: 'to-confirm' },
  { from: '2026-07', amount: 540_000, source: '335/2026/NĐ-CP', status: 'to-confirm' },
];

const coefficient = (group: string, tenths: number, clause: string): Group => ({ group, tenths, source: `20/2021/NĐ-CP, Điều 6 (${clause})`, status: 'to-confirm' });

/** Nhóm đối tượng and mức độ khuyết tật (NĐ 20/2021/NĐ-CP điều 5, Luật Người khuyết tật điều 3). */
export const supportGroups: readonly Group[] = [
  coefficient('child-alone-under-4', 25, 'Điều 5 khoản 1'), coefficient('child-alone-from-4', 15, 'Điều 5 khoản 1'), coefficient('youth-alone-studying', 15, 'Điều 5 khoản 2'), coefficient('child-hiv-under-4', 25, 'Điều 5 khoản 3'), coefficient('child-hiv-from-4', 20, 'Điều 5 khoản 3'),
  coefficient('parent-alone-poor-per-child', 10, 'Điều 5 khoản 4'), coefficient('elderly-alone-poor-from-60', 15, 'Điều 5 khoản 5 điểm a'), coefficient('elderly-alone-poor-from-80', 20, 'Điều 5 khoản 5 điểm a'), coefficient('elderly-poor-from-75-remote', 10, 'Điều 5 khoản 5 điểm b'),
  coefficient('elderly-in-community-care', 30, 'Điều 5 khoản 5 điểm d'), coefficient('disability-degree-severe', 15, 'Điều 5 khoản 6'), coefficient('disability-degree-severe-child-or-elderly', 20, 'Điều 5 khoản 6'), coefficient('disability-degree-extreme', 20, 'Điều 5 khoản 6'),
  coefficient('disability-degree-extreme-child-or-elderly', 25, 'Điều 5 khoản 6'), coefficient('child-poor-under-3-remote', 15, 'Điều 5 khoản 7'), coefficient('hiv-poor', 15, 'Điều 5 khoản 8'),
];

export type Standard = { readonly amount: Dong; readonly ground: string };

/** What a group is paid from a month on; null: the group has no standard, or the month lies before the first. */
export function standardOf(group: string, month: Month): Standard | null {
  const known = supportGroups.find((one) => one.group === group), base = supportBases.findLast((one) => one.from <= month);
  return known === undefined || base === undefined ? null : { amount: base.amount * known.tenths / 10, ground: `${base.source}; ${known.source}` };
}
