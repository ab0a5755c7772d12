/** The whole life of a leg on one page; the test walks every cell. */
import type { EntryKind } from './types.ts';

/**
 * `addressed`: not yet taken over in this round · `open`: an officer works · `deciding`: a register change is announced ·
 * `complete` / `refused`: decided · `stopped`: ended without decision · `revoked`: its completion was taken back.
 */
export type LegStatus = 'addressed' | 'open' | 'deciding' | 'complete' | 'refused' | 'stopped' | 'revoked';

type LegTransition = {
  readonly from: readonly LegStatus[]; readonly command: string; readonly entry: EntryKind;
  /** 'same': the status stays; a leg completed with verdict 'refused' goes to `refused` instead of `complete`. */
  readonly to: LegStatus | 'same'; readonly who: 'host' | 'officer'; readonly ground: string;
};

const open = ['open'] as const;
const undecided = ['addressed', 'open'] as const;
const decided = ['complete', 'refused', 'stopped', 'revoked'] as const;
/** A decision that stood here before stands no more. */
const undone = ['addressed', 'open', 'refused', 'stopped', 'revoked'] as const;
const any = ['addressed', 'open', 'deciding', 'complete', 'refused', 'stopped', 'revoked'] as const;

export const legTransitions = [
  { from: ['addressed'], command: 'take-over', entry: 'leg-taken-over', to: 'open', who: 'host', ground: 'NĐ 118/2025/NĐ-CP: chuyển và tiếp nhận hồ sơ giữa các cơ quan' },
  { from: undecided, command: 'assign', entry: 'officer-assigned', to: 'same', who: 'officer', ground: 'TT 03/2025: phân công người xử lý' },
  { from: open, command: 'complete', entry: 'leg-completed', to: 'complete', who: 'officer', ground: 'NĐ 118/2025/NĐ-CP: giải quyết, trả kết quả' },
  { from: open, command: 'intend', entry: 'register-intended', to: 'deciding', who: 'officer', ground: 'luật chuyên ngành: cập nhật cơ sở dữ liệu trước khi cấp kết quả' },
  { from: ['deciding'], command: 'decide', entry: 'leg-completed', to: 'complete', who: 'host', ground: 'luật chuyên ngành: quyết định theo thay đổi đã giữ chỗ' },
  { from: ['deciding'], command: 'register-refuse', entry: 'register-refused', to: 'open', who: 'host', ground: 'cơ sở dữ liệu chuyên ngành từ chối' },
  { from: ['complete'], command: 'apply', entry: 'register-applied', to: 'same', who: 'host', ground: 'luật chuyên ngành: chỉnh lý cơ sở dữ liệu' },
  { from: undone, command: 'reverse', entry: 'reversal-decided', to: 'same', who: 'host', ground: 'luật chuyên ngành: hủy chỉnh lý theo quyết định đã thu hồi' },
  { from: undone, command: 'put-back', entry: 'register-reversed', to: 'same', who: 'host', ground: 'luật chuyên ngành: hủy chỉnh lý theo quyết định đã thu hồi' },
  { from: undone, command: 'reversal-refuse', entry: 'reversal-refused', to: 'same', who: 'host', ground: 'cơ sở dữ liệu chuyên ngành đã có biến động tiếp theo' },
  { from: undone, command: 'resolve-register', entry: 'reversal-resolved', to: 'same', who: 'officer', ground: 'người giữ cơ sở dữ liệu chỉnh lý bằng quyết định riêng' },
  { from: ['complete', 'refused'], command: 'confirm', entry: 'completion-confirmed', to: 'same', who: 'officer', ground: 'kết quả bước trước thay đổi nhưng không ảnh hưởng' },
  { from: ['complete', 'refused'], command: 'revoke', entry: 'completion-revoked', to: 'revoked', who: 'officer', ground: 'thu hồi kết quả bước đã giải quyết' },
  { from: ['complete'], command: 'amend-result', entry: 'result-amended', to: 'same', who: 'officer', ground: 'luật chuyên ngành: đính chính, cấp lại kết quả đã cấp' },
  { from: ['complete'], command: 'revoke-result', entry: 'result-revoked', to: 'same', who: 'officer', ground: 'luật chuyên ngành: thu hồi một trong các kết quả đã cấp' },
  { from: ['complete'], command: 'intend-amendment', entry: 'amendment-intended', to: 'same', who: 'officer', ground: 'luật chuyên ngành: chỉnh lý cơ sở dữ liệu trước khi đính chính, cấp lại' },
  { from: ['complete'], command: 'amendment-refuse', entry: 'amendment-refused', to: 'same', who: 'host', ground: 'cơ sở dữ liệu chuyên ngành từ chối' },
  { from: ['complete'], command: 'apply-amendment', entry: 'amendment-applied', to: 'same', who: 'host', ground: 'luật chuyên ngành: chỉnh lý cơ sở dữ liệu' },
  { from: decided, command: 'reopen', entry: 'leg-reopened', to: 'addressed', who: 'officer', ground: 'NĐ 301/2026/NĐ-CP điều 6: trả lại cơ quan đã sai' },
  { from: undecided, command: 'decline', entry: 'leg-declined', to: 'addressed', who: 'officer', ground: 'không thuộc thẩm quyền' },
  { from: undecided, command: 'reroute', entry: 'leg-rerouted', to: 'addressed', who: 'officer', ground: 'chuyển đúng cơ quan có thẩm quyền' },
  { from: ['addressed', 'open', 'revoked'], command: 'stop', entry: 'leg-stopped', to: 'stopped', who: 'officer', ground: 'TT 03/2025 mẫu 05: dừng giải quyết' },
  { from: any, command: 'settle', entry: 'leg-settled', to: 'same', who: 'host', ground: 'kết thúc hồ sơ' },
  { from: undecided, command: 'insert', entry: 'leg-inserted', to: 'same', who: 'officer', ground: 'bổ sung bước trong nhánh của mình' },
  { from: undecided, command: 'skip', entry: 'legs-skipped', to: 'same', who: 'officer', ground: 'bỏ bước không cần trong nhánh của mình' },
  { from: open, command: 'ask-supplement', entry: 'supplement-asked', to: 'same', who: 'officer', ground: 'NĐ 309/2026/NĐ-CP điều 8: bổ sung một lần, đầy đủ' },
  { from: open, command: 'consult', entry: 'consultation-asked', to: 'same', who: 'officer', ground: 'lấy ý kiến cơ quan liên quan' },
  { from: open, command: 'waive-opinion', entry: 'opinion-waived', to: 'same', who: 'officer', ground: 'NĐ 118/2025/NĐ-CP: cơ quan hỏi ý kiến đặt hạn, thông báo khi quá hạn' },
  { from: undecided, command: 'tell-part', entry: 'part-told', to: 'same', who: 'officer', ground: 'sắp xếp đơn vị hành chính: hồ sơ của xã bị chia' },
  { from: open, command: 'ask-redo', entry: 'redo-asked', to: 'same', who: 'officer', ground: 'NĐ 301/2026/NĐ-CP điều 6: trả lại cơ quan đã sai' },
  { from: open, command: 'open-charge', entry: 'charge-opened', to: 'same', who: 'officer', ground: 'nghĩa vụ tài chính' },
  { from: open, command: 'start-posting', entry: 'posting-started', to: 'same', who: 'officer', ground: 'niêm yết công khai' },
  { from: open, command: 'start-wait', entry: 'wait-started', to: 'same', who: 'officer', ground: 'NĐ 301/2026/NĐ-CP điều 3: thời gian người dân xác nhận, xác minh không tính' },
  { from: open, command: 'end-wait', entry: 'wait-ended', to: 'same', who: 'officer', ground: 'đã có xác nhận hoặc kết quả xác minh' },
  { from: ['open', 'deciding', 'complete', 'refused'], command: 'recompute', entry: 'due-recomputed', to: 'same', who: 'host', ground: 'lịch nghỉ, sự cố được công bố; thời gian tạm dừng đã hết' },
  { from: undecided, command: 'adopt-rules', entry: 'leg-rules-adopted', to: 'same', who: 'host', ground: 'NĐ 301/2026/NĐ-CP điều 18: người nộp chọn áp dụng quy định mới' },
  { from: open, command: 'attach-evidence', entry: 'evidence-attached', to: 'same', who: 'officer', ground: 'NĐ 309/2026/NĐ-CP điều 2: dùng dữ liệu thay giấy tờ' },
  { from: undecided, command: 'attach-document', entry: 'document-attached', to: 'same', who: 'officer', ground: 'số hóa giấy tờ' },
  { from: open, command: 'extend', entry: 'limit-extended', to: 'same', who: 'officer', ground: 'TT 03/2025 mẫu 04: xin lỗi và đề nghị gia hạn' },
  { from: any, command: 'send-originals', entry: 'originals-sent', to: 'same', who: 'officer', ground: 'NĐ 118/2025/NĐ-CP: bản gốc chuyển theo hồ sơ qua bưu chính công ích' },
  { from: any, command: 'confirm-consignment', entry: 'consignment-confirmed', to: 'same', who: 'officer', ground: 'NĐ 118/2025/NĐ-CP: bên nhận kiểm đếm, xác nhận' },
  { from: any, command: 'rehome', entry: 'rehomed', to: 'same', who: 'host', ground: 'sắp xếp đơn vị hành chính' },
] as const satisfies readonly LegTransition[];

export type LegCommandName = (typeof legTransitions)[number]['command'];
export type LegEntryKind = (typeof legTransitions)[number]['entry'];

const byEntry = new Map<string, LegTransition[]>();
for (const row of legTransitions) byEntry.set(row.entry, [...(byEntry.get(row.entry) ?? []), row]);
const byCommand = new Map<string, LegTransition>(legTransitions.map((row) => [row.command, row]));

/** The status after an entry, or null when the entry has no meaning in that status (then it is kept and changes nothing). */
export function statusAfter(from: LegStatus, entry: EntryKind, verdict?: 'done' | 'refused'): LegStatus | null {
  const row = byEntry.get(entry)?.find((one) => one.from.includes(from));
  if (row === undefined) return null;
  if (row.to === 'same') return from;
  return verdict === 'refused' ? 'refused' : row.to;
}

/** Whether a leg in this status admits the command. */
export function admits(from: LegStatus, command: LegCommandName): boolean {
  return byCommand.get(command)!.from.includes(from);
}

export function isLegEntry(kind: string): kind is LegEntryKind {
  return byEntry.has(kind);
}
