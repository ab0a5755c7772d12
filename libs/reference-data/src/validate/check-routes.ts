/** Routes and facts of a version: no leg stands aside, what names a leg or a case names one that exists, local rules follow each other. */
import type { LegTemplate, Procedure } from '@lienthong/law';
import { appliesTo, fileOf, recordOf } from './check-procedures.ts';
import { covers, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding, Report } from './finding.ts';

export function checkRoutes(procedures: readonly Procedure[]): Finding[] {
  const findings: Finding[] = [];
  for (const procedure of procedures) {
    const report = reporter(findings, fileOf(procedure), recordOf(procedure));
    for (const chosen of procedure.cases) checkConnected(procedure, chosen, report);
    checkCaseLimits(procedure, report);
    checkLocal(procedure, report);
    checkFacts(procedure, report);
  }
  return findings;
}

/** In a case of several legs each waits for one or is waited for: a leg aside of the route would be done by nobody's decision. */
function checkConnected(procedure: Procedure, chosen: string, report: Report): void {
  const legs = procedure.legs.filter((leg) => appliesTo(leg, chosen));
  if (legs.length < 2) return;
  const waited = new Set(legs.flatMap((leg) => predecessors(procedure, leg, chosen)));
  for (const leg of legs) {
    if (!waited.has(leg.name) && predecessors(procedure, leg, chosen).length === 0) report(`legs[${procedure.legs.indexOf(leg)}].after`, `${leg.name} stands aside of the route of case ${chosen}: an orphan`, 'name the leg that it waits for, or the leg that waits for it');
  }
}

/** What a leg waits for in a case; a leg that the case leaves out passes on what it waits for. */
function predecessors(procedure: Procedure, leg: LegTemplate, chosen: string): string[] {
  return leg.after.flatMap((name) => {
    const before = procedure.legs.find((one) => one.name === name);
    if (before === undefined || procedure.legs.indexOf(before) >= procedure.legs.indexOf(leg)) return [];
    return appliesTo(before, chosen) ? [name] : predecessors(procedure, before, chosen);
  });
}

function checkCaseLimits({ caseLimits, cases }: Procedure, report: Report): void {
  for (const name of Object.keys(caseLimits ?? {})) if (!cases.includes(name)) report(`caseLimits.${name}`, `case ${name} does not exist`, `use ${cases.join(', ')}`);
}

function checkLocal({ local = [], ...procedure }: Procedure, report: Report): void {
  const kinds = [local.filter((one) => one.limit !== undefined), local.filter((one) => one.fees !== undefined)];
  for (const [first, second] of kinds.flatMap(overlappingPairs)) report(`local[${local.indexOf(second)}].validFrom`, `the rule since ${first.validFrom} is in force on the same days`, 'end the earlier rule the day before the later one begins');
  local.forEach((rule, n) => {
    if (!covers(procedure, rule)) report(`local[${n}].validFrom`, `the rule from ${rule.validFrom} to ${rule.validTo ?? '…'} reaches beyond its version`, 'write one rule for each version');
    if (rule.limit === undefined && rule.fees === undefined) report(`local[${n}]`, 'a rule that changes neither limit nor fees', 'give the limit or the fees that the province decided, or remove it');
  });
}

function checkFacts({ facts, legs }: Procedure, report: Report): void {
  facts?.waits.forEach((wait, n) => {
    if (wait.leg !== undefined && !legs.some((leg) => leg.name === wait.leg)) report(`facts.waits[${n}].leg`, `leg ${wait.leg} does not exist`, 'name a leg of this procedure, or leave it out');
  });
  if (facts !== undefined && (facts.route === 'default') !== facts.flags.includes('default-route')) report('facts.flags', `the route is ${facts.route}, the flags say otherwise`, 'flag a default route as "default-route", and no other');
}
