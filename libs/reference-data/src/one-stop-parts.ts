/** What holds for every procedure of the one-stop: its forms by edition, and the limits of asking, apologising and handing over. Pure. */
import { acknowledgeWithin, exchangeMs, supplementWindow } from '@lienthong/law';
import type { FormEdition, LocalDate, Text, Validity } from '@lienthong/law';
import type { Part } from './institution-map.ts';

const millisPerMinute = 60_000;
const atCounter = { role: 'counter', locality: 'counter' } as const;

export function partsOfOneStop(forms: readonly FormEdition[]): readonly (Part & Validity)[] {
  return [...limits, ...forms.map((one): Part & Validity => ({ ...atCounter, element: 'form', name: one.form, title: one.title, value: `Mẫu ${one.number}`, source: one.source, validFrom: one.validFrom, validTo: one.validTo }))];
}

const limit = (name: string, value: string, title: Text, act: string, validFrom: LocalDate): Part & Validity => ({ ...atCounter, element: 'limit', name, value, title, source: { act, status: 'read' }, validFrom, validTo: null });

/** What the law of the hub counts by; a window of an earlier act that a later one took over stands since the earlier one; their places in NĐ 118/2025/NĐ-CP were not read. */
const limits = [
  limit('supplement-window', supplementWindow, { vi: 'Yêu cầu bổ sung một lần, kể từ khi nhận hồ sơ', en: 'Asking for a supplement, once, since the receipt' }, '61/2018/NĐ-CP, Điều 19 khoản 4; 118/2025/NĐ-CP; 309/2026/NĐ-CP, Điều 8 khoản 1', '2018-06-21'),
  limit('apology', '1d', { vi: 'Xin lỗi và hẹn lại, trước ngày đến hạn', en: 'Apology and new date, before the due day' }, '61/2018/NĐ-CP, Điều 19 khoản 9; 118/2025/NĐ-CP', '2018-06-21'),
  limit('synchronise', `${exchangeMs / millisPerMinute}min`, { vi: 'Đồng bộ sau mỗi bước', en: 'Synchronised after a step' }, '301/2026/NĐ-CP, Điều 5 khoản 4', '2026-09-01'),
  limit('acknowledge', acknowledgeWithin, { vi: 'Cơ quan tiếp theo xác nhận tiếp nhận', en: 'Acknowledged by the next office' }, '301/2026/NĐ-CP, Điều 5 khoản 4', '2026-09-01'),
];
