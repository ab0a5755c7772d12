/** What a service answers for: the facts of its register and the results that its offices issued, behind one door. */
import type { EvidenceSource } from './evidence.ts';
import type { Host } from './host.ts';
import { issuedNamed } from './issued-evidence.ts';

/** Null: it answers for nothing. */
export function evidenceOfService(host: Host, register: EvidenceSource | null, issued: EvidenceSource | null): EvidenceSource | null {
  if (register === null || issued === null) return register ?? issued;
  return {
    service: host.service,
    find: (query) => (query.subject === 'result' ? issued : register).find(query),
    async fetch(query) { return (await isOfDossier(host, query.evidence) ? issued : register).fetch(query); },
    // One log of reads for both: each page stands in a folder of its own.
    reads: (folder, code) => register.reads(folder, code),
    sign: (said) => register.sign(said),
  };
}

/** Evidence of both bears ids of one form: of a result the folder is a dossier. */
async function isOfDossier(host: Host, evidence: string): Promise<boolean> {
  const named = issuedNamed(evidence);
  return named !== null && await host.participant.view(named.folder, ({ state }) => state.dossier.root !== null) === true;
}
