/**
 * Required documents of a procedure on one line, against the national list. A token a paper, in the order of that list:
 * `3:transfer-contract` the third paper under a code of ours · `?` may be left out · `@a,b` only in these cases · `~2` the same paper through another door (an electronic form beside the paper one).
 * Every paper of the list is named once: what nobody placed stops the generator.
 */
import type { RequiredDocument } from '@lienthong/law';
import { BENEFICIARY, BUSINESS, LAND_CERTIFICATE, nationalDocument } from './builder.ts';
import type { National } from './builder.ts';
import { documentNames } from './document-names.ts';

/** Papers that a register of the province can stand in for; for results that were issued through the hub, see `result-evidence.ts`. */
const EVIDENCE: Readonly<Record<string, NonNullable<RequiredDocument['evidence']>>> = { 'land-certificate': LAND_CERTIFICATE, 'business-certificate': BUSINESS, 'beneficiary-file': BENEFICIARY };

/** English name of a paper: its code as a sentence, unless the list of names has a better one. */
export function englishName(code: string): string {
  const plain = code.replaceAll('-', ' ');
  return documentNames[code] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

const TOKEN = /^(\d+):([a-z0-9-]+)(\?)?(?:@([a-z0-9,-]+))?$/;

export function documentsOf(national: National, procedure: string, line: string): RequiredDocument[] {
  const tokens = line.split(/\s+/).filter((one) => one !== '');
  checkAllPlaced(national, procedure, tokens);
  return tokens.filter((one) => !one.startsWith('~')).map((token) => {
    const match = TOKEN.exec(token);
    if (match === null) throw new Error(`${procedure}: cannot read document "${token}"; write it as 3:transfer-contract?@sale,gift`);
    const [, n, code, optional, cases] = match;
    const evidence = EVIDENCE[code!];
    return nationalDocument(national, procedure, Number(n), code!, englishName(code!), {
      ...(optional === undefined ? {} : { optional: true }), ...(cases === undefined ? {} : { cases: cases.split(',') }), ...(evidence === undefined ? {} : { evidence }),
    });
  });
}

function checkAllPlaced(national: National, procedure: string, tokens: readonly string[]): void {
  const placed = new Set(tokens.map((one) => (/^~?(\d+)/.exec(one) ?? [])[1]));
  const left = national.documents.filter((one) => one['procedure_code'] === procedure && !placed.has(one['n']!));
  if (left.length > 0) throw new Error(`${procedure}: papers ${left.map((one) => `${one['n']} (${one['document_name_short']})`).join(', ')} of the national list are not placed`);
}
