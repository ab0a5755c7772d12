/** Procedures: versions, and every code that a version uses. */
import { parseProcedureCode } from '@lienthong/law';
import type { Procedure, RegisterAction, RequiredDocument, ResultFact } from '@lienthong/law';
import { PROCEDURES_FOLDER } from '../data-files.ts';
import { evidenceFacts, registerActions, resultFields } from '../vocabulary.ts';
import { groupedBy, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding, Report } from './finding.ts';

export const fileOf = (procedure: Pick<Procedure, 'code'>): string => `${PROCEDURES_FOLDER}/${procedure.code}.json`;
export const recordOf = (procedure: Pick<Procedure, 'code' | 'validFrom'>): string => `${procedure.code}@${procedure.validFrom}`;
export const appliesTo = (one: { readonly cases?: readonly string[] }, chosen: string): boolean => one.cases === undefined || one.cases.includes(chosen);

export function checkProcedures(procedures: readonly Procedure[], resultFacts: readonly ResultFact[] = []): Finding[] {
  const findings: Finding[] = [], known: readonly KnownFact[] = [...evidenceFacts, ...resultFacts.map(({ service, fact }) => ({ service, fact, subject: 'result', fields: resultFields }))];
  for (const [first, second] of groupedBy(procedures, (one) => one.code).flatMap(overlappingPairs)) {
    reporter(findings, fileOf(second), recordOf(second))('validFrom', `the version since ${first.validFrom} is in force on the same days`, 'end the earlier version the day before the later one begins');
  }
  for (const procedure of procedures) {
    const report = reporter(findings, fileOf(procedure), recordOf(procedure));
    if (parseProcedureCode(procedure.code) !== procedure.code) report('code', `${procedure.code} is no procedure code`, 'write it as 1.013831');
    checkDistinct(procedure, report);
    checkCases(procedure, report);
    procedure.documents.forEach((one, n) => checkDocument(one, `documents[${n}]`, known, report));
    checkLegCodes(procedure, report);
    checkResults(procedure, report);
  }
  return findings;
}

/** Codes that others refer to name one thing each. */
function checkDistinct(procedure: Procedure, report: Report): void {
  const lists = { cases: procedure.cases, documents: procedure.documents.map((one) => one.code), fees: procedure.fees.map((one) => one.code), legs: procedure.legs.map((one) => one.name), results: procedure.results.map((one) => one.code) };
  for (const [field, codes] of Object.entries(lists)) {
    const twice = codes.find((one, n) => codes.indexOf(one) !== n);
    if (twice !== undefined) report(field, `${twice} stands there twice`, 'give each its own code');
  }
}

/** Every `cases` names cases of the procedure; every case has a route that decides and gives a result. */
function checkCases(procedure: Procedure, report: Report): void {
  const parts = { documents: procedure.documents, fees: procedure.fees, legs: procedure.legs };
  for (const [field, records] of Object.entries(parts)) {
    records.forEach((one, n) => {
      const stranger = one.cases?.find((chosen) => !procedure.cases.includes(chosen));
      if (stranger !== undefined) report(`${field}[${n}].cases`, `case ${stranger} does not exist`, `use ${procedure.cases.join(', ')}`);
    });
  }
  for (const chosen of procedure.cases) {
    const legs = procedure.legs.filter((leg) => appliesTo(leg, chosen));
    if (legs.length === 0) report('legs', `case ${chosen} has no leg`, 'add its legs, or remove the case');
    else if (!legs.some((leg) => leg.decides)) report('legs', `case ${chosen} has no leg that decides`, 'mark the leg whose completion is the decision');
    else if (legs.every((leg) => leg.results.length === 0)) report('legs', `case ${chosen} gives no result`, 'name the result that a leg issues');
  }
}

type KnownFact = { readonly service: string; readonly fact: string; readonly subject: string; readonly fields: readonly string[] };

function checkDocument(one: RequiredDocument, field: string, facts: readonly KnownFact[], report: Report): void {
  if (one.originals + one.copies === 0) report(field, `${one.code}: neither an original nor a copy is asked for`, 'give the number of originals or copies');
  const { evidence } = one;
  if (evidence === undefined) return;
  const held = facts.find((known) => known.service === evidence.service && known.fact === evidence.fact && known.subject === evidence.subject);
  const stranger = held === undefined ? undefined : evidence.fields?.find((field) => !held.fields.includes(field));
  if (stranger !== undefined) report(`${field}.evidence.fields`, `${evidence.service}/${evidence.fact} has no field ${stranger}`, `use ${held!.fields.join(', ')}`);
  if (held !== undefined) return;
  report(`${field}.evidence`, `no register holds ${evidence.service}/${evidence.fact} by ${evidence.subject}`, `use ${facts.map((known) => `${known.service}/${known.fact} by ${known.subject}`).join(', ')}`);
}

/** Legs wait for legs before them in the list, so there is no cycle. */
function checkLegCodes(procedure: Procedure, report: Report): void {
  procedure.legs.forEach((leg, n) => {
    const unknown = leg.originals?.find((code) => !procedure.documents.some((one) => one.code === code));
    if (unknown !== undefined) report(`legs[${n}].originals`, `document ${unknown} does not exist`, 'name a document of this procedure');
    for (const name of leg.after) {
      const at = procedure.legs.findIndex((one) => one.name === name);
      if (at === -1) report(`legs[${n}].after`, `leg ${name} does not exist`, 'name a leg of this procedure');
      else if (at >= n) report(`legs[${n}].after`, `${leg.name} waits for ${name}, which does not come before it: a cycle or a wrong order`, 'list legs in the order of the route');
    }
    if (leg.register !== undefined && !knownAction(leg.register)) report(`legs[${n}].register`, `no register knows ${leg.register.register}/${leg.register.action}`, `use ${Object.entries(registerActions).map(([register, actions]) => `${register}: ${actions.join(', ')}`).join('; ')}`);
  });
}

function knownAction({ register, action }: RegisterAction): boolean {
  const actions: readonly string[] | undefined = Object.entries(registerActions).find(([name]) => name === register)?.[1];
  return actions !== undefined && actions.includes(action);
}

/** Legs issue results that the procedure lists; every listed result is issued by some leg. */
function checkResults(procedure: Procedure, report: Report): void {
  const listed = new Set(procedure.results.map((one) => one.code));
  procedure.legs.forEach((leg, n) => {
    const stranger = leg.results.find((code) => !listed.has(code));
    if (stranger !== undefined) report(`legs[${n}].results`, `result ${stranger} is not listed`, 'add it to results, or correct the code');
  });
  procedure.results.forEach((one, n) => {
    if (!procedure.legs.some((leg) => leg.results.includes(one.code))) report(`results[${n}]`, `no leg issues ${one.code}`, 'name it in the leg that issues it, or remove it');
  });
}
