/** What a counter orders of the post for the applicant, and what it found in what came. The applicant orders a pick-up with the secret of the receipt. */
import { intake } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commandDossier, commitTo, folderOf, markRequest, mayCall } from '@lienthong/dossier-service';
import type { GuessLimit, Host } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Aside, Call, Handlers } from '@lienthong/kernel';
import { decideRootCommand, pickUpAddress, refuse } from '@lienthong/law';
import type { By, RootCommand } from '@lienthong/law';
import { mayLook } from './access.ts';

export type PostCommands = Pick<Handlers<typeof intake.IntakeService>, 'sendOriginals' | 'orderPickUp' | 'sendResult' | 'confirmConsignment'>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Action = DistributiveOmit<RootCommand, 'by' | 'request'>;
type Asked = { readonly requestId: string; readonly office: string; readonly code: string };

/** Characters of what is said to find a home. */
export const maxAddressCharacters = 500, maxNameCharacters = 200, maxPhoneCharacters = 50;

export function postCommands(host: Host, limit: GuessLimit): PostCommands {
  return {
    sendOriginals: async (request, call) => ({ receipt: await command(host, request, intake.SendOriginalsRequest.encode(request).finish(), actingFor(call, request.office), () => ({ kind: 'send-originals', to: request.toOffice || 'home', documents: request.documents })) }),
    sendResult: async (request, call) => ({ receipt: await command(host, request, intake.SendResultRequest.encode(request).finish(), actingFor(call, request.office), () => ({ kind: 'send-result', to: request.toOffice || 'home' })) }),
    confirmConsignment: async (request, call) => ({ receipt: await command(host, request, intake.ConfirmConsignmentRequest.encode(request).finish(), actingFor(call, request.office), () => ({ kind: 'confirm-consignment', consignment: request.consignment, received: request.received })) }),
    async orderPickUp(request, call) {
      const counter = await orderer(host, limit, request, call), where = addressGiven(host, request);
      const action = (root: string): Action => ({ kind: 'order-pick-up', to: request.toOffice || root, documents: request.documents, collect: request.collectCharges, ...(where === null ? {} : { where: where.commitment }) });
      return { receipt: await command(host, request, intake.OrderPickUpRequest.encode(request).finish(), counter, action, where === null ? [] : [where.aside]) };
    },
  };
}

/** `action`: for the counter that received. */
async function command(host: Host, { requestId, code }: Asked, content: Uint8Array, by: By, action: (counter: string) => Action, asides: readonly Aside[] = []): Promise<pb.CommandReceipt> {
  const mark = markRequest(requestId, content, host.world);
  return commandDossier(host, await folderOf(host, code), code, mark, (dossier, context) => ({ outcome: decideRootCommand({ ...action(dossier.root!.counter), by, request: mark.mark } as RootCommand, dossier, context), asides }));
}

/** A counter, or the applicant, for whom the counter that received answers. */
async function orderer(host: Host, limit: GuessLimit, request: intake.OrderPickUpRequest, call: Call): Promise<By> {
  if (call.caller.office !== '') {
    const refused = mayCall('/lienthong.intake.v1.Intake/SendResult', call.caller, host.environment.reference);
    if (refused !== undefined) throw refused;
    return actingFor(call, request.office);
  }
  const keys = [`code:${request.code}`, `peer:${call.caller.peer}`];
  limit.check(keys);
  const folder = await folderOf(host, request.code).catch(() => undefined), root = folder === undefined ? undefined : await host.participant.view(folder, (view) => view.state.dossier.root);
  if (folder !== undefined && root != null && await mayLook(host, folder, root, { secret: request.secret })) return { office: root.counter, officer: '' };
  limit.wrong(keys);
  throw new HubError('TRACK_REFUSED', { code: request.code }, { field: 'secret' });
}

/** Null: where results are delivered. */
function addressGiven(host: Host, { address, giverName, phone }: intake.OrderPickUpRequest): ReturnType<typeof commitTo> | null {
  for (const [field, text, max] of [['address', address, maxAddressCharacters], ['giver_name', giverName, maxNameCharacters], ['phone', phone, maxPhoneCharacters]] as const) {
    if (text.length > max) throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: `≤ ${max}` }, field));
  }
  return address.trim() === '' ? null : commitTo(pickUpAddress, { address: address.trim(), receiver: giverName.trim(), phone: phone.trim() }, host.world);
}
