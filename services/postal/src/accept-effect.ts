/** What is ordered is accepted at once: the particulars of the delivery come here, then a number is given. */
import { inDossierTime } from '@lienthong/dossier-service';
import type { FolderState, Host } from '@lienthong/dossier-service';
import type { Effect, Peers } from '@lienthong/kernel';
import type { Draft } from '@lienthong/law';
import { lettersOf } from './consignment-numbers.ts';
import type { ConsignmentNumbers } from './consignment-numbers.ts';
import { pulledDelivery } from './delivery-part.ts';

/** What accepting stands on; `host` is asked late, for the effect is made before the participant. */
export type Accepting = { readonly host: Host; readonly peers: Peers; readonly numbers: ConsignmentNumbers };

export function acceptEffect(accepting: () => Accepting): Effect<FolderState> {
  return inDossierTime({
    async run({ view, input, folder }) {
      const { host, peers, numbers } = accepting();
      const { dossier } = view.state;
      const consignment = dossier.consignments.get((input as { readonly consignment: string }).consignment);
      if (consignment === undefined || consignment.number !== '' || consignment.ended !== null) return { drafts: [] };
      const asides = await pulledDelivery(host, peers, dossier, consignment);
      const number = await numbers.take(lettersOf(dossier), { folder, item: consignment.id });
      const draft: Draft = { item: consignment.id, kind: 'consignment-accepted', body: { number } };
      return { drafts: [draft], asides };
    },
  });
}
