/** The citizen withdraws while an office decides: the holder answers, there is one outcome, the fee is handled. */
import { dossier as pb, intake } from '@lienthong/contract';
import { payFee } from './household-business.ts';
import { citizen, shown } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';

export async function withdrawnMeanwhile(walk: Walk): Promise<JourneyReport> {
  const owner = citizen(walk.unique, 'Trương Văn Nam');
  await walk.submit(counter, '2026-10-08T10:00:00+07:00', {
    procedure: '1.001612', case: 'standard', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: '20410' }), documents: shown('application-form'),
    declaration: { businessName: `Hộ kinh doanh Cao Lầu ${walk.unique.request('quan').replace('quan-', '')}`, industryCodes: '5610', capital: '20000000', address: '3 Trần Phú, phường Hội An' },
  });
  await payFee(walk);
  const leg = await walk.working('registration');
  const request = intake.WithdrawDossierRequest.fromPartial({ requestId: walk.unique.request('withdraw'), code: walk.code, reason: 'đổi ý' });
  await walk.call(() => walk.hub.intake.withdrawDossier(request, { office: counter, officer: 'cb-tiep-nhan' }));
  walk.tell('Người nộp xin rút hồ sơ trong khi cơ quan đang xử lý', leg.officeName?.vi ?? leg.office);
  const closed = await walk.closed();
  const outcomes = closed.status!.history.filter((line) => line.kind === 'withdrawal-decided').length;
  const fee = closed.status!.charges[0]!;
  const feeHandled = fee.refundable ? fee.state === pb.ChargeState.REFUNDED : fee.state === pb.ChargeState.PAID;
  walk.tell(`Cơ quan trả lời, hồ sơ được rút; lệ phí ${fee.refundable ? 'được hoàn' : 'không hoàn theo quy định'}`, counter);
  return reportOf(walk, outcomes === 1 && feeHandled && closed.status!.state === pb.DossierState.WITHDRAWN, 'đã rút, một kết quả duy nhất');
}
