/** Merit, the death chain, insurance: what more than one body pays or decides. */
import type { LegTemplate, Source } from '@lienthong/law';
import { leg, text } from '../builder.ts';
import { split } from '../limits.ts';
import type { Route } from '../row.ts';

const commune = { role: 'social-protection', locality: 'residence' } as const;
const district = { role: 'social-protection-decision', locality: 'residence' } as const;
const homeAffairs = { role: 'department-home-affairs', locality: 'residence' } as const;

/** Commune → (until 30/6/2025: district) → department of home affairs → payment list of the commune. */
export const meritChain: Route = {
  accountable: homeAffairs,
  legs({ total, results, era, source }) {
    const [first, second, third, last] = split(total, era === 'before' ? [2, 2, 4, 1] : [3, 0, 5, 1].filter((one) => one > 0));
    const receive = leg({ ...commune, name: 'verification', title: text('Xác nhận, lập danh sách đề nghị', 'Confirmation and proposal'), limit: first!, source });
    const decide = (limit: string, after: string): LegTemplate => leg({ ...homeAffairs, name: 'decision', title: text('Giám đốc Sở Nội vụ quyết định', 'Decision of the department of home affairs'), after: [after], limit, decides: true, results, source });
    const pay = (limit: string): LegTemplate => leg({ ...commune, name: 'payment-list', title: text('Lập danh sách chi trả', 'Payment list'), after: ['decision'], limit, source });
    if (era === 'now') return [receive, decide(second!, 'verification'), pay(third!)];
    return [receive, leg({ ...district, name: 'district-check', title: text('Cơ quan chuyên môn cấp huyện kiểm tra', 'Check by the district'), after: ['verification'], limit: second!, source }), decide(third!, 'district-check'), pay(last!)];
  },
};

type Branch = { readonly name: string; readonly role: string; readonly limit: string; readonly vi: string; readonly en: string; readonly cases: readonly string[]; readonly results: readonly string[]; readonly register?: LegTemplate['register'] };

/** Death registration, then side by side what the dead person's status calls for (NĐ 301/2026). */
export const deathChain = (branches: readonly Branch[], extract: string): Route => ({
  accountable: { role: 'civil-status', locality: 'residence' },
  legs: ({ source }) => [
    leg({ name: 'civil-status', title: text('Đăng ký khai tử', 'Death registration'), role: 'civil-status', locality: 'residence', limit: '8wh', decides: true, results: [extract], source }),
    ...branches.map((one) => branch(one, source)),
  ],
});

const branch = ({ vi, en, register, ...one }: Branch, source: Source): LegTemplate => leg({ ...one, ...(register === undefined ? {} : { register }), locality: 'residence', title: text(vi, en), after: ['civil-status'], source });
