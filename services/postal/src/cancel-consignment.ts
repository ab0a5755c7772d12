/** What was ordered is not sent after all: whoever sends it, or the post office that would collect it, says so before it is collected. */
import { postal } from '@lienthong/contract';
import { actingFor, commandDossier, folderOf, markRequest } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import type { Call } from '@lienthong/kernel';
import { decideConsignmentCommand } from '@lienthong/law';

export async function cancelConsignment(host: Host, request: postal.CancelConsignmentRequest, call: Call): Promise<postal.CancelConsignmentResponse> {
  const mark = markRequest(request.requestId, postal.CancelConsignmentRequest.encode(request).finish(), host.world);
  const by = actingFor(call, request.office);
  const receipt = await commandDossier(host, await folderOf(host, request.code), request.code, mark, (dossier, context) => ({
    outcome: decideConsignmentCommand({ kind: 'cancel', consignment: request.consignment, by, request: mark.mark }, dossier, context),
  }));
  return { receipt };
}
