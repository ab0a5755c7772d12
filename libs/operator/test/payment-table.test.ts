/** What is handed to a bank: a line each, nothing that a program for tables would carry out. */
import { social as pb } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { paymentTable } from '../src/payment-table.ts';

const line = (over: Partial<pb.PaymentLine>): pb.PaymentLine => pb.PaymentLine.fromPartial({ beneficiary: 'BT-1', fullName: 'Trần Thị Tư', kind: pb.BenefitKind.MONTHLY_ALLOWANCE, amount: 550_000, decisionNumber: '12/QĐ-UBND', channel: pb.PaymentChannel.POST, ...over });
const header = 'STT,Mã đối tượng,Họ và tên,Chính sách,Số quyết định,Mức tháng này (đồng),Truy lĩnh (đồng),Chi trả (đồng),Tạm giữ chờ xác minh (đồng),Kênh chi trả,Ngân hàng,Số tài khoản,Chủ tài khoản';

test.each([
  ['by the post, with arrears', line({ arrears: 1_100_000 }), '1,BT-1,Trần Thị Tư,Trợ cấp xã hội hàng tháng,12/QĐ-UBND,550000,1100000,1650000,0,Bưu điện,,,'],
  ['to a bank', line({ channel: pb.PaymentChannel.BANK, account: { bank: 'Agribank', number: '4200205123456', holder: 'TRAN THI TU' } }), '1,BT-1,Trần Thị Tư,Trợ cấp xã hội hàng tháng,12/QĐ-UBND,550000,0,550000,0,Ngân hàng,Agribank,4200205123456,TRAN THI TU'],
  ['held back: another file is paid', line({ amount: 0, withheld: 550_000 }), '1,BT-1,Trần Thị Tư,Trợ cấp xã hội hàng tháng,12/QĐ-UBND,0,0,0,550000,Bưu điện,,,'],
  ['a name with a comma and a quotation mark', line({ fullName: 'Trần "Tư", con ông Năm' }), '1,BT-1,"Trần ""Tư"", con ông Năm",Trợ cấp xã hội hàng tháng,12/QĐ-UBND,550000,0,550000,0,Bưu điện,,,'],
  ['a name that would be carried out', line({ fullName: '=HYPERLINK(1)' }), "1,BT-1,'=HYPERLINK(1),Trợ cấp xã hội hàng tháng,12/QĐ-UBND,550000,0,550000,0,Bưu điện,,,"],
])('%s', (_name, one, expected) => {
  expect(paymentTable([one])).toBe(`\uFEFF${header}\r\n${expected}\r\n`);
});

test('a month in which nobody is paid has its header', () => {
  expect(paymentTable([])).toBe(`\uFEFF${header}\r\n`);
});
