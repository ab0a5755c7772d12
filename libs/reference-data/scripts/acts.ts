/** Acts whose title and time are known, and those that the catalogue only names. Read in a source, or general knowledge to be confirmed: the status tells. */
import type { LocalDate, Source } from '@lienthong/law';
import type { Act } from '../src/acts.ts';

type KnownAct = { readonly number: string; readonly title: string; readonly validFrom: LocalDate | null; readonly validTo: LocalDate | null; readonly replacedBy: string | null; readonly source: Source };

const GENERAL: Source = { act: 'general knowledge', status: 'to-confirm', note: 'Title and dates were not read in a source; confirm them with the Official Gazette.' };
const NOTES: Source = { act: 'notes on the domain, section 5', status: 'read' };
const SECONDARY: Source = { act: 'notes on the domain, section 5', status: 'to-confirm', note: 'Read in a secondary source only.' };

const general = (number: string, title: string, validFrom: LocalDate | null, validTo: LocalDate | null = null, replacedBy: string | null = null): KnownAct => ({ number, title, validFrom, validTo, replacedBy, source: GENERAL });
const noted = (number: string, title: string, validFrom: LocalDate | null, validTo: LocalDate | null = null, replacedBy: string | null = null): KnownAct => ({ number, title, validFrom, validTo, replacedBy, source: NOTES });
const secondary = (number: string, title: string, validFrom: LocalDate | null, validTo: LocalDate | null = null, replacedBy: string | null = null): KnownAct => ({ number, title, validFrom, validTo, replacedBy, source: SECONDARY });

export const knownActs: readonly KnownAct[] = [
  secondary('61/2018/NĐ-CP', 'Cơ chế một cửa, một cửa liên thông', '2018-06-21', '2025-06-30', '118/2025/NĐ-CP'),
  secondary('107/2021/NĐ-CP', 'Sửa đổi Nghị định 61/2018/NĐ-CP', '2021-12-06', '2025-06-30', '118/2025/NĐ-CP'),
  secondary('118/2025/NĐ-CP', 'Thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông', '2025-07-01'),
  secondary('367/2025/NĐ-CP', 'Sửa đổi Nghị định 118/2025/NĐ-CP', null), secondary('01/2018/TT-VPCP', 'Hướng dẫn Nghị định 61/2018/NĐ-CP', '2019-01-09', '2025-09-14', '03/2025/TT-VPCP'),
  secondary('03/2025/TT-VPCP', 'Biểu mẫu một cửa, một cửa liên thông', '2025-09-15'), noted('309/2026/NĐ-CP', 'Sửa đổi Nghị định 118/2025/NĐ-CP; phi địa giới toàn quốc', '2026-08-05'),
  secondary('310/2026/NĐ-CP', 'Sửa đổi Nghị định 45/2020/NĐ-CP', null), noted('45/2020/NĐ-CP', 'Thủ tục hành chính trên môi trường điện tử', null), noted('224/2026/NĐ-CP', 'Hướng dẫn Luật Chuyển đổi số', '2026-07-01'),
  noted('63/2024/NĐ-CP', 'Liên thông điện tử nhóm thủ tục khai sinh, khai tử', null), noted('301/2026/NĐ-CP', 'Sửa đổi Nghị định 63/2024/NĐ-CP', '2026-09-01'), noted('326/2026/NĐ-CP', 'Định danh địa điểm', '2026-09-01'),
  secondary('335/2026/NĐ-CP', 'Chính sách trợ giúp xã hội', null), noted('1659/NQ-UBTVQH15', 'Sắp xếp đơn vị hành chính cấp xã của thành phố Đà Nẵng', '2025-07-01'), noted('202/2025/QH15', 'Sắp xếp đơn vị hành chính cấp tỉnh', '2025-07-01'),
  general('72/2025/QH15', 'Luật Tổ chức chính quyền địa phương', '2025-06-16'), general('77/2015/QH13', 'Luật Tổ chức chính quyền địa phương', '2016-01-01', '2025-02-28', '65/2025/QH15'),
  general('65/2025/QH15', 'Luật Tổ chức chính quyền địa phương', '2025-03-01', '2025-06-15', '72/2025/QH15'),
  general('31/2024/QH15', 'Luật Đất đai', '2024-08-01'), general('43/2024/QH15', 'Luật sửa đổi Luật Đất đai, Luật Nhà ở', '2024-08-01'), general('58/2024/QH15', 'Luật sửa đổi một số luật về tài chính, ngân sách', '2025-01-01'),
  general('101/2024/NĐ-CP', 'Điều tra cơ bản đất đai; đăng ký, cấp Giấy chứng nhận', '2024-08-01'), general('102/2024/NĐ-CP', 'Quy định chi tiết Luật Đất đai', '2024-08-01'), general('103/2024/NĐ-CP', 'Tiền sử dụng đất, tiền thuê đất', '2024-08-01'),
  general('112/2024/NĐ-CP', 'Đất trồng lúa', '2024-09-11'), general('151/2025/NĐ-CP', 'Phân định thẩm quyền hai cấp trong lĩnh vực đất đai', '2025-07-01'), general('226/2025/NĐ-CP', 'Sửa đổi các nghị định về đất đai', '2025-08-15'),
  general('131/2025/NĐ-CP', 'Phân định thẩm quyền hai cấp lĩnh vực nông nghiệp và môi trường', '2025-07-01'), general('136/2025/NĐ-CP', 'Phân quyền, phân cấp lĩnh vực nông nghiệp và môi trường', '2025-07-01'),
  general('99/2022/NĐ-CP', 'Đăng ký biện pháp bảo đảm', '2023-01-15'), general('202/2016/TT-BTC', 'Phí đăng ký giao dịch bảo đảm', '2017-01-01'),
  general('168/2025/NĐ-CP', 'Đăng ký doanh nghiệp, hộ kinh doanh', '2025-07-01'), general('01/2021/NĐ-CP', 'Đăng ký doanh nghiệp', '2021-01-04', '2025-06-30', '168/2025/NĐ-CP'),
  general('68/2025/TT-BTC', 'Biểu mẫu đăng ký doanh nghiệp, hộ kinh doanh', '2025-07-01'), general('59/2020/QH14', 'Luật Doanh nghiệp', '2021-01-01'), general('76/2025/QH15', 'Luật sửa đổi Luật Doanh nghiệp', '2025-07-01'),
  general('125/2025/NĐ-CP', 'Phân định thẩm quyền hai cấp lĩnh vực tài chính', '2025-07-01'), general('43/2025/TT-BTC', 'Hướng dẫn phân định thẩm quyền lĩnh vực tài chính', '2025-07-01'),
  general('17/2023/QH15', 'Luật Hợp tác xã', '2024-07-01'), general('92/2024/NĐ-CP', 'Đăng ký tổ hợp tác, hợp tác xã', '2024-07-18'), general('09/2024/TT-BKHĐT', 'Biểu mẫu đăng ký hợp tác xã', null),
  general('50/2014/QH13', 'Luật Xây dựng', '2015-01-01'), general('62/2020/QH14', 'Luật sửa đổi Luật Xây dựng', '2021-01-01'), general('175/2024/NĐ-CP', 'Quản lý hoạt động xây dựng', '2024-12-30'),
  general('105/2025/NĐ-CP', 'Quy định chi tiết Luật Phòng cháy, chữa cháy', '2025-07-01'), general('140/2025/NĐ-CP', 'Phân định thẩm quyền hai cấp lĩnh vực xây dựng', '2025-07-01'), general('144/2025/NĐ-CP', 'Phân quyền, phân cấp lĩnh vực xây dựng', '2025-07-01'),
  general('145/2025/NĐ-CP', 'Phân quyền, phân cấp lĩnh vực quy hoạch đô thị và nông thôn', '2025-07-01'), general('178/2025/NĐ-CP', 'Quy định chi tiết Luật Quy hoạch đô thị và nông thôn', '2025-07-01'), general('47/2024/QH15', 'Luật Quy hoạch đô thị và nông thôn', '2025-07-01'),
  general('60/2014/QH13', 'Luật Hộ tịch', '2016-01-01'), general('123/2015/NĐ-CP', 'Quy định chi tiết Luật Hộ tịch', '2016-01-01'), general('87/2020/NĐ-CP', 'Cơ sở dữ liệu hộ tịch điện tử', '2020-09-15'),
  general('104/2022/NĐ-CP', 'Sửa đổi quy định về nộp, xuất trình sổ hộ khẩu, sổ tạm trú giấy', '2023-01-01'), general('07/2025/NĐ-CP', 'Sửa đổi nghị định về hộ tịch, quốc tịch, chứng thực', '2025-01-09'),
  general('120/2025/NĐ-CP', 'Phân định thẩm quyền hai cấp lĩnh vực tư pháp', '2025-07-01'), general('08/2025/TT-BTP', 'Hướng dẫn phân định thẩm quyền lĩnh vực tư pháp', '2025-07-01'), general('23/2015/NĐ-CP', 'Cấp bản sao, chứng thực', '2015-04-10'),
  general('280/2025/NĐ-CP', 'Sửa đổi Nghị định 23/2015/NĐ-CP', '2025-11-01'), general('66.7/2025/NQ-CP', 'Cắt giảm thủ tục dựa trên dữ liệu', '2025-11-15'), general('52/2014/QH13', 'Luật Hôn nhân và gia đình', '2015-01-01'), general('91/2015/QH13', 'Bộ luật Dân sự', '2017-01-01'),
  general('158/2005/NĐ-CP', 'Đăng ký và quản lý hộ tịch', '2006-04-01', '2015-12-31', '123/2015/NĐ-CP'), general('06/2012/NĐ-CP', 'Sửa đổi nghị định về hộ tịch, hôn nhân, chứng thực', '2012-04-01', '2015-12-31', '123/2015/NĐ-CP'),
  general('05/2015/TTLT-BTP-BCA-BYT', 'Liên thông khai sinh, thường trú, thẻ bảo hiểm y tế', '2015-07-01'), general('68/2020/QH14', 'Luật Cư trú', '2021-07-01'), general('81/2006/QH11', 'Luật Cư trú', '2007-07-01', '2021-06-30', '68/2020/QH14'),
  general('154/2024/NĐ-CP', 'Quy định chi tiết Luật Cư trú', '2025-01-10'), general('62/2021/NĐ-CP', 'Quy định chi tiết Luật Cư trú', '2021-07-01', '2025-01-09', '154/2024/NĐ-CP'), general('36/2014/TT-BCA', 'Biểu mẫu cư trú', null, '2021-06-30', '56/2021/TT-BCA'),
  general('55/2021/TT-BCA', 'Quy định chi tiết Luật Cư trú', '2021-07-01'), general('56/2021/TT-BCA', 'Biểu mẫu cư trú', '2021-07-01'), general('53/2025/TT-BCA', 'Sửa đổi thông tư về cư trú', '2025-07-01'), general('54/2025/TT-BCA', 'Sửa đổi thông tư về cư trú, căn cước', '2025-07-01'),
  general('26/2023/QH15', 'Luật Căn cước', '2024-07-01'), general('70/2024/NĐ-CP', 'Quy định chi tiết Luật Căn cước', '2024-07-01'), general('17/2024/TT-BCA', 'Biểu mẫu căn cước', '2024-07-01'),
  general('25/2008/QH12', 'Luật Bảo hiểm y tế', '2009-07-01'), general('46/2014/QH13', 'Luật sửa đổi Luật Bảo hiểm y tế', '2015-01-01'), general('58/2014/QH13', 'Luật Bảo hiểm xã hội', '2016-01-01', '2025-06-30', '41/2024/QH15'), general('41/2024/QH15', 'Luật Bảo hiểm xã hội', '2025-07-01'),
  general('38/2013/QH13', 'Luật Việc làm', '2015-01-01', '2025-12-31', '74/2025/QH15'), general('74/2025/QH15', 'Luật Việc làm', '2026-01-01'), general('20/2021/NĐ-CP', 'Trợ giúp xã hội', '2021-07-01'), general('76/2024/NĐ-CP', 'Sửa đổi Nghị định 20/2021/NĐ-CP', '2024-07-01'),
  general('176/2025/NĐ-CP', 'Trợ cấp hưu trí xã hội', '2025-07-01'), general('131/2021/NĐ-CP', 'Ưu đãi người có công với cách mạng', '2021-12-30'), general('02/2020/UBTVQH14', 'Pháp lệnh Ưu đãi người có công', '2021-07-01'), general('28/2012/NĐ-CP', 'Quy định chi tiết Luật Người khuyết tật', '2012-06-01'),
  general('24/2021/QĐ-TTg', 'Rà soát hộ nghèo, hộ cận nghèo', '2021-09-01'), general('28/2023/QH15', 'Luật Tài nguyên nước', '2024-07-01'), general('54/2024/NĐ-CP', 'Thăm dò, khai thác tài nguyên nước', '2024-07-01'),
  general('250/2016/TT-BTC', 'Phí, lệ phí thuộc thẩm quyền hội đồng nhân dân cấp tỉnh', '2017-01-01', '2020-01-12', '85/2019/TT-BTC'), general('85/2019/TT-BTC', 'Phí, lệ phí thuộc thẩm quyền hội đồng nhân dân cấp tỉnh', '2020-01-13'),
];

const ONLY_NAMED: Source = { act: 'legal basis of the procedures', status: 'to-confirm', note: 'Named by the catalogue; title and dates were not read.' };

/** All acts: those known, and those that the catalogue names besides. */
export function actsFrom(named: readonly string[]): Act[] {
  const known = new Map<string, Act>(knownActs.map((one) => [one.number, one]));
  for (const number of named) if (!known.has(number)) known.set(number, { number, title: '', validFrom: null, validTo: null, replacedBy: null, source: ONLY_NAMED });
  return [...known.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
}
