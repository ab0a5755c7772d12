/** Two small real dossiers from counter to counter; every call is repeated with its request id until it is answered. */
import { business, dossier as pb, intake, payments } from '@lienthong/contract';
import { uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { counter, finishBirth, submitBirth, upload } from './birth.ts';

export type Errand = { readonly code: string; readonly folder: string };

const area = '20410@2025-07-01', registrar = 'business-20410-202507';

/** With a paper that is put first. */
export async function birthErrand(hub: HubClient, address: string): Promise<Errand> {
  const unique = uniqueData(), first = new Walk('paper', hub, unique, () => {});
  const paper = await first.call(() => upload(address, `giấy chứng sinh ${unique.run}`, unique));
  const { walk, answer } = await submitBirth(hub, unique, { rehearsal: false, paper });
  await finishBirth(walk);
  return { code: answer.code, folder: answer.folder };
}

export type Shop = { readonly walk: Walk; readonly owner: pb.Citizen; readonly name: string };

/** A household business is handed in; its fee is owed. `returnTo`: absent: it is collected at the counter. */
export async function handInShop(hub: HubClient, returnTo: object = { way: pb.ReturnWay.COUNTER, office: counter }): Promise<Shop> {
  const unique = uniqueData(), walk = new Walk('shop', hub, unique, () => {});
  const owner = pb.Citizen.fromPartial({ fullName: 'Phan Thị Thật', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: unique.personalNumber(), address: 'Hội An, Đà Nẵng' });
  const name = `Mì Quảng ${unique.run}`;
  const request = intake.SubmitDossierRequest.fromPartial({
    requestId: unique.request('shop'),
    submission: {
      procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: owner } }, areas: { subject: area },
      declaration: { businessName: name, industryCodes: '5610', capital: '50000000', address: '12 Lê Lợi, phường Hội An' }, documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }],
      returnTo,
    } as unknown as intake.Submission,
  });
  const { code, folder } = await walk.call(() => hub.intake.submitDossier(request, { office: counter }));
  Object.assign(walk, { code, folder, counter });
  return { walk, owner, name };
}

/** Its fee by transfer, its record opened in the register. Answers when the register has it, once. */
export async function shopErrand(hub: HubClient): Promise<Errand> {
  const { walk, owner, name } = await handInShop(hub), { code, folder } = walk;
  await payFee(walk);
  for (const leg of ['registration', 'tax-code', 'certificate']) await walk.complete(leg);
  await walk.returnResult(counter);
  await walk.closed();
  const { businesses } = await walk.call(() => hub.business.listBusinesses(business.ListBusinessesRequest.fromPartial({ owner: owner.identityNumber }), { office: registrar }));
  if (businesses.length !== 1 || businesses[0]!.name !== name) throw new Error(`the register has ${businesses.map((one) => one.name).join(', ') || 'nothing'} for ${name}`);
  return { code, folder };
}

/** By transfer, as soon as it is owed. */
export async function payFee(walk: Walk): Promise<void> {
  const fee = await walk.until('the fee', (dossier) => dossier.status!.charges[0]);
  const method: payments.PayChargeRequest['method'] = { $case: 'transfer', value: { bank: 'VCB', reference: `FT-${walk.unique.run}`, paidTime: undefined } };
  const pay = payments.PayChargeRequest.fromPartial({ requestId: walk.unique.request('pay'), code: walk.code, charge: fee.charge, amount: fee.amount, method });
  await walk.heard(() => walk.hub.payments.payCharge(pay, { office: walk.counter }));
}
