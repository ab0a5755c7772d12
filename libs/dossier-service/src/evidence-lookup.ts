/** Evidence among the services of one process: registers offer what they hold, intake and desks look it up. */
import { HubError } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { EvidenceSource } from './evidence.ts';
import type { EvidenceLookup } from './host.ts';

export type EvidenceExchange = {
  /** A register answers from now on. */
  offer(source: EvidenceSource): void;
  /** UNKNOWN_SERVICE for a register that nobody offers: silence would mean that the citizen may be asked. */
  readonly lookup: EvidenceLookup;
  sources(): readonly EvidenceSource[];
};

export function evidenceExchange(): EvidenceExchange {
  const sources = new Map<ServiceName, EvidenceSource>();
  return {
    offer: (source) => { sources.set(source.service, source); },
    async lookup(query) {
      const source = sources.get(query.service);
      if (source === undefined) throw new HubError('UNKNOWN_SERVICE', { service: query.service });
      return (await source.find(query)).map(({ service, office, fact, evidenceId, readAt, side }) => ({ service, office, fact, evidenceId, readAt, side }));
    },
    sources: () => [...sources.values()],
  };
}
