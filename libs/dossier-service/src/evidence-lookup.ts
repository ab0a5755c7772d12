/** Evidence among the services of one process: registers offer what they hold, intake and desks look it up. */
import { HubError } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { EvidenceSource } from './evidence.ts';
import type { DossierCheck, EvidenceBook, EvidenceLookup } from './host.ts';

export type EvidenceExchange = {
  /** A register answers from now on. */
  offer(source: EvidenceSource): void;
  /** The service that holds all dossiers answers for them from now on. */
  answerFor(check: DossierCheck): void;
  /** UNKNOWN_SERVICE for a register that nobody offers: silence would mean that the citizen may be asked. */
  readonly lookup: EvidenceLookup;
  readonly book: EvidenceBook;
  sources(): readonly EvidenceSource[];
};

export function evidenceExchange(): EvidenceExchange {
  const sources = new Map<ServiceName, EvidenceSource>();
  let check: DossierCheck = async () => undefined;
  return {
    offer: (source) => { sources.set(source.service, source); },
    answerFor: (answering) => { check = answering; },
    async lookup(query) {
      const source = sources.get(query.service);
      if (source === undefined) throw new HubError('UNKNOWN_SERVICE', { service: query.service });
      return (await source.find(query)).map(({ service, office, fact, evidenceId, readAt, side }) => ({ service, office, fact, evidenceId, readAt, side }));
    },
    book: {
      check: (code, subject, id, office) => check(code, subject, id, office),
      reads: (folder, code) => gatherReads([...sources.values()].map((source) => ({ service: source.service, reads: () => source.reads(folder, code) }))),
    },
    sources: () => [...sources.values()],
  };
}

type Asked = { readonly service: ServiceName; readonly reads: () => ReturnType<EvidenceSource['reads']> };

/** Reads of all who answer, oldest first; one that does not keeps nobody from seeing the others. */
export async function gatherReads(asked: readonly Asked[]): ReturnType<EvidenceBook['reads']> {
  const answers = await Promise.allSettled(asked.map((one) => one.reads()));
  return {
    reads: answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])).sort((a, b) => a.at - b.at),
    unavailable: asked.filter((_, n) => answers[n]!.status === 'rejected').map((one) => one.service).sort(),
  };
}
