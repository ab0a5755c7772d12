/** Originals by post, for the office that has them and the one that gets them. */
import { agency } from '@lienthong/contract';
import type { Handlers } from '@lienthong/kernel';
import type { Host } from '../host.ts';
import { commandLeg } from './leg-call.ts';

export type PostDesk = Pick<Handlers<typeof agency.AgencyDeskService>, 'sendOriginals' | 'confirmConsignment'>;

export function postDesk(host: Host): PostDesk {
  return {
    sendOriginals: async (request, call) => ({ receipt: await commandLeg(host, call, request, agency.SendOriginalsRequest.encode(request).finish(), () => ({ kind: 'send-originals', to: request.toOffice, documents: request.documents })) }),
    confirmConsignment: async (request, call) => ({ receipt: await commandLeg(host, call, request, agency.ConfirmConsignmentRequest.encode(request).finish(), () => ({ kind: 'confirm-consignment', consignment: request.consignment, received: request.received })) }),
  };
}
