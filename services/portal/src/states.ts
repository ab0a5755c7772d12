/** States of charges and consignments in the words of people. */
import { dossier as pb } from '@lienthong/contract';
import type { Language } from './words.ts';

type Named = Readonly<Record<number, Readonly<Record<Language, string>>>>;

export const chargeStates: Named = {
  [pb.ChargeState.OPEN]: { vi: 'chưa nộp', en: 'open' }, [pb.ChargeState.PAID]: { vi: 'đã nộp', en: 'paid' }, [pb.ChargeState.CANCELLED]: { vi: 'không phải nộp nữa', en: 'no longer owed' },
  [pb.ChargeState.EXEMPTED]: { vi: 'được miễn', en: 'exempted' }, [pb.ChargeState.REFUNDED]: { vi: 'đã hoàn trả', en: 'given back' },
};

export const consignmentStates: Named = {
  [pb.ConsignmentState.ORDERED]: { vi: 'chờ bưu điện nhận', en: 'waits for the post' }, [pb.ConsignmentState.ACCEPTED]: { vi: 'bưu điện đã nhận', en: 'accepted by the post' }, [pb.ConsignmentState.COLLECTED]: { vi: 'đã thu gom', en: 'collected' },
  [pb.ConsignmentState.IN_TRANSIT]: { vi: 'đang chuyển', en: 'under way' }, [pb.ConsignmentState.OUT_FOR_DELIVERY]: { vi: 'đang phát', en: 'out for delivery' }, [pb.ConsignmentState.FAILED]: { vi: 'phát chưa được', en: 'delivery failed, tried again' },
  [pb.ConsignmentState.DELIVERED]: { vi: 'đã phát', en: 'delivered' }, [pb.ConsignmentState.RETURNED]: { vi: 'đã chuyển hoàn', en: 'returned to the sender' }, [pb.ConsignmentState.LOST]: { vi: 'thất lạc', en: 'lost' },
  [pb.ConsignmentState.CANCELLED]: { vi: 'đã hủy', en: 'cancelled' },
};

export const carried: Named = {
  [pb.Carries.RESULT]: { vi: 'Kết quả', en: 'Result' }, [pb.Carries.ORIGINALS]: { vi: 'Bản gốc', en: 'Originals' }, [pb.Carries.PAPERS]: { vi: 'Giấy tờ', en: 'Papers' },
};

/** '' for a state that these pages do not know yet. */
export const nameOf = (names: Named, state: number, language: Language): string => names[state]?.[language] ?? '';

/** Registers by the service that keeps them. */
const registers: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'land': { vi: 'Đất đai', en: 'Land' }, 'social-protection': { vi: 'Bảo trợ xã hội', en: 'Social protection' }, 'business-registration': { vi: 'Đăng ký hộ kinh doanh', en: 'Household businesses' },
  'general-agency': { vi: 'Kết quả đã cấp', en: 'Results issued' },
};

/** The name of the service itself where these pages do not know its register. */
export const registerName = (service: string, language: Language): string => registers[service]?.[language] ?? service;
