/** How a file of procedures is laid out: one field a line, one document, leg, fee or decision a line, so that a correction is one line of a diff. */
import type { Procedure } from '@lienthong/law';

/** Lists whose records stand on lines of their own. */
const LISTED = new Set(['documents', 'fees', 'legs', 'results', 'local']);

export function procedureFile(versions: readonly Procedure[]): string {
  return versions.length === 0 ? '[]\n' : `[\n${versions.map(block).join(',\n')}\n]\n`;
}

function block(procedure: Procedure): string {
  const lines = Object.entries(procedure).map(([name, value]) => ` "${name}": ${name === 'facts' ? factsBlock(value as object) : LISTED.has(name) ? listed(value as unknown[], '  ') : JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function listed(records: readonly unknown[], indent: string): string {
  return records.length === 0 ? '[]' : `[\n${records.map((one) => `${indent}${JSON.stringify(one)}`).join(',\n')}\n${indent.slice(1)}]`;
}

function factsBlock(facts: object): string {
  return `{\n${Object.entries(facts).map(([name, value]) => `  "${name}": ${name === 'decisions' || name === 'waits' ? listed(value as unknown[], '   ') : JSON.stringify(value)}`).join(',\n')}\n }`;
}
