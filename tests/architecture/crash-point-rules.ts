/** Beside every write stands a point at which the process can be made to die: else nobody has shown that the write may be the last one. */
import { parseSync } from 'oxc-parser';
import { unpointedWrites } from './unpointed-writes.ts';
import type { Finding } from './finding.ts';
import type { ParsedSource } from './parsed-source.ts';

/** Sources that write, or ask a port to. */
export function isWriting(file: string): boolean {
  return /^(libs\/(kernel|dossier-service|adapters\/[\w-]+)|services\/[\w-]+)\/src\//.test(file) && !/^libs\/(adapters\/backup|kernel\/src\/ports)\//.test(file);
}

/** Calls that make something durable, give it away, or say that it was taken; by the end of what is called. */
const writes: readonly RegExp[] = [
  // Ports.
  /\bstore\.(append|settle|setIncarnation)$/, /\bbus\.publish$/, /\.raise$/, /\bkeys\.newIncarnation$/, /\bdocuments\.put$/, /\bparticipant\.handle$/,
  // Drivers and files.
  /\.(insertOne|insertMany|bulkWrite|replaceOne|updateOne|updateMany|findOneAndUpdate|deleteOne|deleteMany)$/, /\b(producer|newProducer\(\))\)?\.send$/, /\bresolveOffset$/, /\bcommitOffsets$/, /\bcommit\.run$/,
  /\b(rename|renameSync|link|linkSync|writeSync|writeFile|writeFileSync|copyFile|copyFileSync)$/,
];

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };
/** `name`: of the innermost function or method that has one. */
export type Write = { readonly name: string; readonly called: string; readonly line: number; readonly pointed: boolean };

/** Every call that writes, and whether the function around it names a crash point. */
export function writesIn(file: string, text: string): readonly Write[] {
  const found: Write[] = [];
  const walk = (node: Node, around: Node | null, name: string): void => {
    const own = nameOf(node);
    if (own !== null) { around = node; name = own; }
    if (node.type === 'CallExpression') {
      const callee = node['callee'] as Node, called = text.slice(callee.start, callee.end).replaceAll(/[?#!]/g, '').replaceAll(/\s+/g, '');
      if (writes.some((one) => one.test(called))) found.push({ name, called, line: text.slice(0, node.start).split('\n').length, pointed: around !== null && /\bcrashPoint\?\.\('/.test(text.slice(around.start, around.end)) });
    }
    for (const child of childrenOf(node)) walk(child, around, name);
  };
  walk(parseSync(file, text).program as unknown as Node, null, '');
  return found;
}

/** Of functions and methods as they are declared; arrow functions inside them belong to them. */
function nameOf(node: Node): string | null {
  if (node.type === 'FunctionDeclaration') return (node['id'] as { name: string } | null)?.name ?? '';
  if (node.type === 'MethodDefinition') return (node['key'] as { name?: string }).name ?? '';
  return node.type === 'Property' && (node['method'] === true) ? (node['key'] as { name?: string }).name ?? '' : null;
}

function childrenOf(node: Node): readonly Node[] {
  const isNode = (one: unknown): one is Node => typeof one === 'object' && one !== null && typeof (one as { type?: unknown }).type === 'string';
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}

export function crashPointFindings({ file, text }: Pick<ParsedSource, 'file' | 'text'>): readonly Finding[] {
  if (!isWriting(file)) return [];
  return writesIn(file, text).filter(({ name, pointed }) => !pointed && unpointedWrites[`${file}#${name}`] === undefined).map(({ name, called, line }) => ({
    file, line, what: `${name} calls ${called} and names no crash point`, remedy: 'name the moments before and after it in libs/kernel/src/ports/crash-points.ts, pass them here and say in tests/chaos/crash-reach.ts how they are reached',
  }));
}

/** Rows that excuse nothing any more. */
export function idleExcuses(sources: readonly Pick<ParsedSource, 'file' | 'text'>[]): readonly string[] {
  const needed = new Set(sources.filter(({ file }) => isWriting(file)).flatMap(({ file, text }) => writesIn(file, text).filter(({ pointed }) => !pointed).map(({ name }) => `${file}#${name}`)));
  return Object.keys(unpointedWrites).filter((key) => !needed.has(key));
}

/** Names of crash points in a source. */
export function pointsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bcrashPoint\?\.\('([a-z-]+)'\)/g)].map(([, name]) => name!);
}
