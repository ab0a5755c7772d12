/** Which papers of a procedure a result can stand in for that was issued through the hub: `data/results.json` says so. A register that knows the thing itself goes first. */
import type { Procedure, ResultFact } from '@lienthong/law';

export function withResultEvidence(procedure: Procedure, facts: readonly ResultFact[]): Procedure {
  const documents = procedure.documents.map((one) => {
    const fact = facts.find(({ documents: satisfied }) => satisfied.some(({ code, procedures }) => code === one.code && (procedures === undefined || procedures.includes(procedure.code))));
    return fact === undefined || one.evidence !== undefined ? one : { ...one, evidence: { service: fact.service, fact: fact.fact, subject: 'result' as const } };
  });
  return { ...procedure, documents };
}
