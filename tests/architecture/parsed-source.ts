/** A source file as the rules see it: imports, functions, names that it uses. Parsed once. */
import { parseSync, Visitor } from 'oxc-parser';
import type { VisitorObject } from 'oxc-parser';
import { textOf } from './source-tree.ts';

export type Import = { readonly specifier: string; readonly line: number; readonly typeOnly: boolean };
export type FunctionSize = { readonly name: string; readonly line: number; readonly lines: number };
/** A name that is used: `Math.random`, `new Date`, `process.env`, `await`, `async`. A member is reported with its object, when that is a plain name. */
export type Use = { readonly name: string; readonly line: number };
export type Literal = { readonly text: string; readonly line: number };

export type ParsedSource = {
  readonly file: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
  readonly uses: readonly Use[];
  readonly literals: readonly Literal[];
  /** Names of exported functions, classes, types and constants. */
  readonly exports: readonly string[];
};

const parsedFiles = new Map<string, ParsedSource>();

/** The parsed file. Throws when it is no valid TypeScript. */
export function parsedSource(file: string): ParsedSource {
  const known = parsedFiles.get(file) ?? parse(file, textOf(file));
  parsedFiles.set(file, known);
  return known;
}

/** Parses `text` as if it stood in `file`. */
export function parse(file: string, text: string): ParsedSource {
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors.map((error) => error.message).join('; ')}`);
  const lineAt = lineFinder(text);
  const functions: FunctionSize[] = [];
  const uses: Use[] = [];
  const literals: Literal[] = [];
  const imports: Import[] = [];
  const visitors = { ...functionVisitor(functions, lineAt), ...useVisitor(uses, lineAt), ...literalVisitor(literals, imports, lineAt) };
  new Visitor(mergeAsync(visitors, uses, lineAt)).visit(program);
  for (const one of module.staticImports) imports.push({ specifier: one.moduleRequest.value, line: lineAt(one.start), typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType) });
  for (const one of module.staticExports.flatMap((statement) => statement.entries)) {
    if (one.moduleRequest) imports.push({ specifier: one.moduleRequest.value, line: lineAt(one.start), typeOnly: one.isType });
  }
  const exports = module.staticExports.flatMap((statement) => statement.entries.map((entry) => entry.exportName.name ?? ''));
  return { file, text, lines: text.trimEnd().split('\n').length, imports, functions, uses, literals, exports };
}

type LineAt = (offset: number) => number;

function lineFinder(text: string): LineAt {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

type FunctionNode = { readonly start: number; readonly end: number; readonly async?: boolean; readonly id?: { readonly name: string } | null };

function functionVisitor(found: FunctionSize[], lineAt: LineAt): VisitorObject {
  let named = '';
  const measure = (node: FunctionNode): void => {
    const line = lineAt(node.start);
    found.push({ name: node.id?.name ?? (named || '(anonymous)'), line, lines: lineAt(node.end) - line + 1 });
    named = '';
  };
  const remember = (name: unknown): void => { named = typeof name === 'string' ? name : ''; };
  return {
    FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure,
    VariableDeclarator: (node) => remember((node.id as { name?: string }).name),
    Property: (node) => remember((node.key as { name?: string }).name),
    MethodDefinition: (node) => remember((node.key as { name?: string }).name),
  };
}

function useVisitor(found: Use[], lineAt: LineAt): VisitorObject {
  const use = (name: string, offset: number): void => void found.push({ name, line: lineAt(offset) });
  return {
    MemberExpression: (node) => {
      const property = node.property as { name?: string; value?: unknown };
      if (node.object.type === 'Identifier') use(`${node.object.name}.${property.name ?? String(property.value)}`, node.start);
    },
    NewExpression: (node) => { if (node.callee.type === 'Identifier') use(`new ${node.callee.name}${node.arguments.length > 0 ? '(…)' : ''}`, node.start); },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      use(`${node.callee.name}()`, node.start);
      const wait = node.arguments[1];
      if (wait?.type === 'Literal' && typeof wait.value === 'number' && wait.value > 0 && /^set(Timeout|Interval)$/.test(node.callee.name)) use('unnamed wait', node.start);
    },
    AwaitExpression: (node) => use('await', node.start),
    ThrowStatement: (node) => { if (node.argument.type === 'NewExpression' && node.argument.callee.type === 'Identifier') use(`throw new ${node.argument.callee.name}`, node.start); },
    ForOfStatement: (node) => { if (node.await) use('await', node.start); },
  };
}

function literalVisitor(found: Literal[], imports: Import[], lineAt: LineAt): VisitorObject {
  return {
    Literal: (node) => { if (typeof node.value === 'string') found.push({ text: node.value, line: lineAt(node.start) }); },
    TemplateElement: (node) => void found.push({ text: node.value.cooked ?? '', line: lineAt(node.start) }),
    ImportExpression: (node) => { if (node.source.type === 'Literal') imports.push({ specifier: String(node.source.value), line: lineAt(node.start), typeOnly: false }); },
    TSImportType: (node) => void imports.push({ specifier: node.source.value, line: lineAt(node.start), typeOnly: true }),
  };
}

/** Functions are measured and asked for `async` by one visitor each. */
function mergeAsync(visitors: VisitorObject, uses: Use[], lineAt: LineAt): VisitorObject {
  const merged: Record<string, unknown> = { ...visitors };
  for (const kind of ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'] as const) {
    const measure = visitors[kind] as (node: FunctionNode) => void;
    merged[kind] = (node: FunctionNode) => {
      measure(node);
      if (node.async === true) uses.push({ name: 'async', line: lineAt(node.start) });
    };
  }
  return merged as VisitorObject;
}
