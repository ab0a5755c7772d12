/** Results that stand in for papers: each is issued by the service that is to answer for it, and every document that it satisfies says so. */
import type { Procedure, Reference, ResultFact } from '@lienthong/law';
import { RESULTS_FILE } from '../data-files.ts';
import { evidenceFacts } from '../vocabulary.ts';
import { reporter } from './finding.ts';
import type { Finding, Report } from './finding.ts';

type Data = { readonly procedures: readonly Procedure[]; readonly resultFacts?: readonly ResultFact[]; readonly offices: Reference['offices'] };

export function checkResultFacts({ procedures, resultFacts = [], offices }: Data): Finding[] {
  const findings: Finding[] = [];
  const hosts = Map.groupBy(offices.flatMap((office) => office.roles.map((role) => ({ role, service: office.service }))), (one) => one.role);
  const issuers = Map.groupBy(procedures.flatMap(({ legs }) => legs.flatMap((leg) => leg.results.map((result) => ({ result, services: new Set((hosts.get(leg.role) ?? []).map((one) => one.service)) })))), (one) => one.result);
  const facts = new Set<string>(evidenceFacts.map((one) => one.fact));
  for (const one of resultFacts) {
    const report = reporter(findings, RESULTS_FILE, one.fact);
    if (facts.has(one.fact)) report('fact', `${one.fact} is a fact already`, 'give it a name of its own');
    facts.add(one.fact);
    one.results.forEach((result, n) => {
      const by = issuers.get(result);
      if (by === undefined) report(`results[${n}]`, `no leg of any procedure issues ${result}`, 'correct the code, or remove it');
      else if (!by.some(({ services }) => services.has(one.service))) report('service', `${result} is issued by ${[...new Set(by.flatMap(({ services }) => [...services]))].join(', ')}, not by ${one.service}`, 'name the service of the offices that issue it');
    });
    one.documents.forEach((document, n) => checkDocument(one, document, `documents[${n}]`, procedures, report));
  }
  return findings;
}

/** Whether the procedures say the same: the generator writes it into them. */
function checkDocument({ service, fact }: ResultFact, { code, procedures: only }: ResultFact['documents'][number], field: string, procedures: readonly Procedure[], report: Report): void {
  const asking = procedures.filter((one) => (only === undefined || only.includes(one.code)) && one.documents.some((document) => document.code === code));
  if (asking.length === 0) report(field, `no procedure${only === undefined ? '' : ` of ${only.join(', ')}`} requires ${code}`, 'correct the code of the document, or remove it');
  const silent = asking.find((one) => one.documents.some(({ code: own, evidence }) => own === code && (evidence?.service !== service || evidence.fact !== fact)));
  if (silent !== undefined) report(field, `${silent.code} requires ${code} and does not take ${fact} for it`, 'run scripts/generate-procedures.ts, or leave the procedure out');
}
