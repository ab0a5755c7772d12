/** A mortgage is registered, stands in the way of a transfer, is deleted, and the transfer goes on: three dossiers about one parcel. */
import { agency, dossier as pb, intake, land } from '@lienthong/contract';
import { CallError } from '@lienthong/rpc-grpc';
import { payFee } from './household-business.ts';
import { deliver, landOffice, seedParcel, traMy, transferUpToTax } from './land-transfer.ts';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';
const bank = 'Agribank chi nhánh Trà My';

export async function mortgageAroundTransfer(walk: Walk): Promise<JourneyReport> {
  const owner = citizen(walk.unique, 'Võ Thị Ngọc'), buyer = citizen(walk.unique, 'Đinh Văn Lâm');
  const parcel = await seedParcel(walk, owner);
  const contractNumber = walk.unique.request('HDTC');
  await secured(walk.next(), '1.011441', owner, parcel, { mortgageeName: bank, contractNumber, amount: '350000000' }, ['application-form', 'mortgage-contract']);
  const pledged = await parcelOf(walk, parcel);
  await transferUpToTax(walk, { received: '2026-10-07T08:30:00+07:00', seller: owner, buyer, parcel, address: '7 Nguyễn Huệ, phường Hội An' });
  const refused = await refusedWhilePledged(walk);
  await secured(walk.next(), '1.011443', owner, parcel, { contractNumber }, ['application-form', 'release-consent']);
  await walk.complete('registration');
  await deliver(walk);
  const closed = await walk.closed();
  const after = await parcelOf(walk, parcel);
  const [mortgage] = after.mortgages;
  const holder = after.rights[0]?.holder?.party;
  const ok = pledged.mortgages[0]?.rank === 1 && refused && mortgage?.deleteTime !== undefined && mortgage.rank === 0 && holder?.$case === 'citizen' && holder.value.identityNumber === buyer.number;
  return reportOf(walk, ok && closed.status!.state === pb.DossierState.RETURNED, `thế chấp được đăng ký rồi xóa, sau đó ${buyer.name} nhận chuyển nhượng`);
}

async function parcelOf(walk: Walk, parcel: string): Promise<land.Parcel> {
  return (await walk.call(() => walk.hub.land.getParcel(land.GetParcelRequest.fromPartial({ parcel, rehearsal: true }), { office: landOffice }))).parcel!;
}

/** A request about a mortgage from receipt to the paper in the applicant's hand. */
async function secured(walk: Walk, procedure: '1.011441' | '1.011443', owner: Person, parcel: string, declaration: Record<string, string>, documents: readonly string[]): Promise<void> {
  const registers = procedure === '1.011441';
  await walk.submit(counter, registers ? '2026-10-05T08:10:00+07:00' : '2026-10-12T08:10:00+07:00', {
    procedure, case: 'standard', applicant: owner.party, areas: intake.Areas.fromPartial({ subject: traMy }), subject: intake.Subject.fromPartial({ parcel }), declaration, documents: shown(...documents),
  });
  await payFee(walk);
  await walk.moveClock(3);
  await walk.complete(registers ? 'registration' : 'release');
  await walk.returnResult(counter);
  await walk.closed();
}

/** Without the consent of the creditor the register speaks against it, at once and with the reason. */
async function refusedWhilePledged(walk: Walk): Promise<boolean> {
  const leg = await walk.working('registration');
  const results = (await walk.work(leg)).resultCodes.map((result) => ({ result, number: `AA-${walk.unique.run}`, digest: '' }));
  const complete = agency.CompleteLegRequest.fromPartial({ requestId: walk.unique.request('too-early'), code: walk.code, leg: leg.leg, verdict: agency.Verdict.DONE, results });
  const refusal = await walk.heard(() => walk.hub.desk.completeLeg(complete, { office: leg.office, officer: 'cb-dia-chinh' })).then(() => undefined, (error: unknown) => error);
  if (!(refusal instanceof CallError) || refusal.reason !== 'REGISTER_CONFLICT') throw refusal instanceof Error ? refusal : new Error('the transfer of a pledged parcel was not refused');
  walk.tell(`Chưa đăng ký được: ${refusal.message}`, leg.officeName?.vi ?? leg.office);
  return refusal.message.includes(bank);
}
