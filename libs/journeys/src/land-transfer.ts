/** Land transfer without boundaries: submitted at a counter in Hội An for a parcel in Trà My; result by post to the door. */
import { agency, dossier as pb, intake, land, payments, postal, reference } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507';
export const landOffice = 'land-515-202501';
export const traMy = '20900@2025-07-01';

/** Enters a parcel of `owner` into the records of rehearsals for Trà My; the cadastre stays as it is. */
export async function seedParcel(walk: Walk, owner: Person): Promise<string> {
  const parcel = `20900-12-${walk.unique.request('thua').replace('thua-', '')}`;
  const request = land.SeedParcelRequest.fromPartial({
    requestId: walk.unique.request('seed'), rehearsal: true,
    parcel: {
      parcel, area: traMy, mapSheet: '12', number: walk.unique.run, sizeDm2: 25_000, purpose: 'ONT', address: 'Thôn 2, xã Trà My',
      rights: [{ kind: land.RightKind.USE, holder: owner.party, shareMillionths: 1_000_000, certificateNumber: `CS ${walk.unique.run}`, sinceDate: '2015-03-20' }],
    },
  });
  await walk.call(() => walk.hub.land.seedParcel(request, { office: landOffice, officer: 'cb-dia-chinh' }));
  return parcel;
}

export async function landTransfer(walk: Walk): Promise<JourneyReport> {
  const seller = citizen(walk.unique, 'Nguyễn Văn Sơn'), buyer = citizen(walk.unique, 'Trần Thị Hạnh');
  const parcel = await seedParcel(walk, seller);
  const answer = await walk.submit(counter, '2026-10-05T08:30:00+07:00', {
    procedure: '1.013831', case: 'transfer', applicant: seller.party, contact: pb.Contact.fromPartial({ phone: '0905111222', postalAddress: '15 Trần Phú, phường Hội An, thành phố Đà Nẵng' }),
    areas: intake.Areas.fromPartial({ subject: traMy }), subject: intake.Subject.fromPartial({ parcel }), declaration: { transfereeIdentityNumber: buyer.number, transfereeName: buyer.name },
    documents: shown('application-form', 'transfer-contract'), returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, receiverName: buyer.name, deliveryAddress: '15 Trần Phú, phường Hội An, thành phố Đà Nẵng' }),
  });
  const fromRegister = answer.receipt!.documents.some((one) => one.document === 'land-certificate' && one.origin?.$case === 'evidence');
  if (fromRegister) walk.tell('Giấy chứng nhận lấy từ cơ sở dữ liệu đất đai, người dân không phải nộp', answer.receipt!.counterName?.vi ?? counter);
  const readSeen = await readsSeen(walk, answer.receipt!.trackSecret);
  await landCheckAndTax(walk);
  await walk.moveClock(24);
  await walk.complete('registration');
  await deliver(walk);
  const closed = await walk.closed();
  const after = await walk.call(() => walk.hub.land.getParcel(land.GetParcelRequest.fromPartial({ parcel, rehearsal: true }), { office: landOffice }));
  const holder = after.parcel?.rights[0]?.holder?.party;
  const owned = holder?.$case === 'citizen' && holder.value.identityNumber === buyer.number;
  return reportOf(walk, fromRegister && readSeen && owned && closed.status!.state === pb.DossierState.RETURNED, `giấy chứng nhận mới cho ${buyer.name}, giao tận nhà`);
}

export type TransferCase = { readonly received: string; readonly seller: Person; readonly buyer: Person; readonly parcel: string; /** Where the certificate goes. */ readonly address: string };

/** A transfer from its receipt in Hội An until the tax is paid and the tax office is done. */
export async function transferUpToTax(walk: Walk, { received, seller, buyer, parcel, address }: TransferCase): Promise<void> {
  await walk.submit(counter, received, {
    procedure: '1.013831', case: 'transfer', applicant: seller.party, areas: intake.Areas.fromPartial({ subject: traMy }), subject: intake.Subject.fromPartial({ parcel }),
    declaration: { transfereeIdentityNumber: buyer.number, transfereeName: buyer.name }, documents: shown('application-form', 'transfer-contract'),
    returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, receiverName: buyer.name, deliveryAddress: address }),
  });
  await landCheckAndTax(walk);
}

async function landCheckAndTax(walk: Walk): Promise<void> {
  await walk.moveClock(4);
  await walk.complete('land-check');
  await walk.moveClock(20);
  await payTax(walk);
  await walk.complete('tax-notice');
}

/** With the secret of the receipt the applicant sees which register was read for the dossier, by whom and why. */
async function readsSeen(walk: Walk, secret: string): Promise<boolean> {
  const { reads } = await walk.call(() => walk.hub.intake.trackDossier(intake.TrackDossierRequest.fromPartial({ code: walk.code, proof: { $case: 'secret', value: secret } })));
  for (const one of reads) walk.tell(`Người nộp thấy: cơ sở dữ liệu ${one.service} đã được đọc để ${one.purpose}, căn cứ ${one.ground}`, one.officeName?.vi ?? one.office);
  return reads.some((one) => one.service === 'land' && one.fact === 'certificate' && one.office === counter && one.purpose !== '' && one.ground !== '');
}

/** The tax notice stops the clock until the citizen has paid at a counter. */
export async function payTax(walk: Walk): Promise<void> {
  const leg = await walk.working('tax-notice');
  const open = agency.OpenChargeRequest.fromPartial({ requestId: walk.unique.request('tax'), code: walk.code, leg: leg.leg, fee: 'land-tax', name: { vi: 'Thuế thu nhập và lệ phí trước bạ', en: 'Income tax and registration charge' }, kind: pb.ChargeKind.TAX, amount: 12_500_000, ground: 'Luật Quản lý thuế 38/2019/QH14' });
  await walk.heard(() => walk.hub.desk.openCharge(open, { office: leg.office, officer: 'cb-thue' }));
  walk.tell('Thông báo thuế 12.500.000 đồng, tạm dừng tính thời hạn', leg.officeName?.vi ?? leg.office);
  const charge = await walk.until('the charge', (dossier) => dossier.status!.charges.find((one) => one.fee === 'land-tax'));
  await walk.moveClock(30);
  const pay = payments.PayChargeRequest.fromPartial({ requestId: walk.unique.request('pay'), code: walk.code, charge: charge.charge, amount: charge.amount, method: { $case: 'cash', value: {} } });
  const paid = await walk.heard(() => walk.hub.payments.payCharge(pay, { office: counter, officer: 'thu-ngan' }));
  walk.tell(`Đã nộp thuế, biên lai ${paid.receiptNumber}`, counter);
  await walk.until('the payment to arrive', (dossier) => dossier.status!.charges.every((one) => one.state === pb.ChargeState.PAID));
}

/** The post collects, carries and delivers. */
export async function deliver(walk: Walk): Promise<void> {
  const { number, office } = await acceptedByPost(walk);
  for (const [state, place] of [[postal.ScanState.COLLECTED, 'Hội An'], [postal.ScanState.IN_TRANSIT, 'Hội An'], [postal.ScanState.OUT_FOR_DELIVERY, 'Hội An']] as const) {
    await walk.moveClock(6);
    const scan = postal.ScanConsignmentRequest.fromPartial({ requestId: walk.unique.request('scan'), number, state, place });
    await walk.heard(() => walk.hub.postal.scanConsignment(scan, { office, officer: 'buu-ta' }));
  }
  const given = postal.DeliverConsignmentRequest.fromPartial({ requestId: walk.unique.request('deliver'), number, place: 'phường Hội An' });
  await walk.call(() => walk.hub.postal.deliverConsignment(given, { office, officer: 'buu-ta' }));
  walk.tell(`Đã giao tận nhà ${number}`, office);
}

/** The number that the post gave by itself, and the post office that collects. */
export async function acceptedByPost(walk: Walk): Promise<{ readonly number: string; readonly office: string }> {
  const { number } = await walk.until('the post to accept', (dossier) => dossier.status!.consignments.find((one) => one.number !== ''));
  const office = await postOffice(walk);
  walk.tell(`Bưu điện nhận gửi ${number}`, office);
  return { number, office };
}

/** The post office that serves the counter where the result starts from. */
async function postOffice(walk: Walk): Promise<string> {
  const offices = await walk.call(() => walk.hub.reference.listOffices(reference.ListOfficesRequest.fromPartial({ role: 'post-office', area: '20410' })));
  return offices.offices[0]!.office;
}
