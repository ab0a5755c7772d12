/** What a counter orders of the post for the applicant, and what it found in what came. The applicant orders a pick-up with the secret of the receipt. */
import { intake } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commitTo, LoadedFields } from '@lienthong/dossier-service';
import type { GuessLimit, Host } from '@lienthong/dossier-service';
import type { Call, Handlers } from '@lienthong/kernel';
import { pickUpAddress } from '@lienthong/law';
import type { By, Dossier } from '@lienthong/law';
import { callerOrSecret } from './access.ts';
import { commandRoot } from './root-call.ts';
import type { Gathered, RootAction, RootRequest } from './root-call.ts';

export type PostCommands = Pick<Handlers<typeof intake.IntakeService>, 'sendOriginals' | 'orderPickUp' | 'sendResult' | 'confirmConsignment'>;

/** Characters of what is said to find a home. */
export const maxAddressCharacters = 500, maxNameCharacters = 200, maxPhoneCharacters = 50;

export function postCommands(host: Host, limit: GuessLimit): PostCommands {
  return {
    sendOriginals: async (request, call) => ({ receipt: await command(host, request, intake.SendOriginalsRequest.encode(request).finish(), actingFor(call, request.office), { action: { kind: 'send-originals', to: request.toOffice || 'home', documents: request.documents } }) }),
    sendResult: async (request, call) => ({ receipt: await command(host, request, intake.SendResultRequest.encode(request).finish(), actingFor(call, request.office), { action: { kind: 'send-result', to: request.toOffice || 'home' } }) }),
    confirmConsignment: async (request, call) => ({ receipt: await command(host, request, intake.ConfirmConsignmentRequest.encode(request).finish(), actingFor(call, request.office), { action: { kind: 'confirm-consignment', consignment: request.consignment, received: request.received } }) }),
    async orderPickUp(request, call) {
      const by = await orderer(host, limit, request, call), where = addressGiven(host, request);
      const action = ({ root }: Dossier): RootAction => ({ kind: 'order-pick-up', to: request.toOffice || root!.counter, documents: request.documents, collect: request.collectCharges, ...(where === null ? {} : { where: where.commitment }) });
      return { receipt: await command(host, request, intake.OrderPickUpRequest.encode(request).finish(), by, { action, asides: where === null ? [] : [where.aside] }) };
    },
  };
}

function command(host: Host, request: RootRequest, content: Uint8Array, by: By, gathered: Gathered): Promise<pb.CommandReceipt> {
  return commandRoot(host, request, content, () => by, async () => gathered);
}

/** A counter, or the applicant, for whom the counter that received answers. */
async function orderer(host: Host, limit: GuessLimit, request: intake.OrderPickUpRequest, call: Call): Promise<By> {
  const shown = await callerOrSecret(host, limit, 'SendResult', request, call);
  return shown === null ? actingFor(call, request.office) : { office: shown.counter, officer: '' };
}

/** Null: where results are delivered. */
function addressGiven(host: Host, { address, giverName, phone }: intake.OrderPickUpRequest): ReturnType<typeof commitTo> | null {
  const home = homeOf(new LoadedFields(''), address, ['giver_name', giverName], phone);
  return home.address === '' ? null : commitTo(pickUpAddress, home, host.world);
}

/** A home as the post needs it, on one line each. `who`: the field with the name, and the name. */
function homeOf(fields: LoadedFields, address: string, [field, name]: readonly [string, string], phone: string): { readonly address: string; readonly receiver: string; readonly phone: string } {
  return { address: fields.text(address, 'address', maxAddressCharacters).trim(), receiver: fields.text(name, field, maxNameCharacters).trim(), phone: fields.text(phone, 'phone', maxPhoneCharacters).trim() };
}

/** Where results are delivered, as a counter puts it right. Throws FIELD_MISSING, FIELD_INVALID. */
export function deliveryCorrected({ address, receiverName, phone }: intake.DeliveryAddress): { readonly address: string; readonly receiver: string; readonly phone: string } {
  const fields = new LoadedFields('delivery');
  return homeOf(fields, fields.required(address, 'address', maxAddressCharacters), ['receiver_name', receiverName], phone);
}
