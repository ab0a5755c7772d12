/** A client that keeps what the hub has acknowledged: whatever happens later, these dossiers exist. */
import type { intake } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';

export type Acknowledged = { readonly request: intake.SubmitDossierRequest; readonly counter: string; readonly answer: intake.SubmitDossierResponse };

export function recordingHub(address: string, acknowledged: Acknowledged[]): HubClient {
  const hub = hubClient(address);
  const submitDossier: HubClient['intake']['submitDossier'] = async (request, settings) => {
    const answer = await hub.intake.submitDossier(request, settings);
    acknowledged.push({ request, counter: settings?.office ?? '', answer });
    return answer;
  };
  return { ...hub, intake: { ...hub.intake, submitDossier } };
}
