/** Reads a table of variables from an environment, collecting every fault. */
import { BadValue } from './variable.ts';
import type { Variable, Words } from './variable.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Variables = Readonly<Record<string, Variable<unknown>>>;

export type ConfigRow = {
  readonly name: string; readonly value: string; readonly default: string; readonly unit: string; readonly purpose: Words;
  /** True when the environment sets it, false when the default holds. */
  readonly given: boolean;
  /** What is wrong with the value. */
  readonly fault?: string;
};

/** Variables with this beginning belong to the hub; one that no table knows is a slip of the pen and a fault. */
const ownPrefix = 'LIENTHONG_';
/** Settings of the test suites; no business of a running hub, and no fault of its environment. */
const testPrefixes = ['LIENTHONG_TEST_', 'LIENTHONG_WRITE_'];
/** Edits between an unknown name and the known one that was meant, at most. */
const maxSlipEdits = 3;

/** Values by key of the table; a wrong one is undefined and named in `faults`. */
export function readVariables(table: Variables, environment: Environment, faults: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(table)) {
    const result = parsed(variable, environment);
    if ('fault' in result) faults.push(`${variable.name}=${JSON.stringify(environment[variable.name])} ${result.fault}`);
    else values[key] = result.value;
  }
  faults.push(...unknownNames(table, environment));
  return values;
}

export function rowsOf(table: Variables, environment: Environment): readonly ConfigRow[] {
  return Object.values(table).map((variable) => {
    const result = parsed(variable, environment);
    return {
      name: variable.name, value: textOf(variable, environment), default: variable.default, unit: variable.unit, purpose: variable.purpose,
      given: isGiven(variable, environment), ...('fault' in result ? { fault: result.fault } : {}),
    };
  });
}

function parsed(variable: Variable<unknown>, environment: Environment): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: variable.parse(textOf(variable, environment)) };
  } catch (error) {
    if (error instanceof BadValue) return { fault: error.message };
    throw error;
  }
}

function isGiven(variable: Variable<unknown>, environment: Environment): boolean {
  return (environment[variable.name] ?? '') !== '';
}

function textOf(variable: Variable<unknown>, environment: Environment): string {
  return environment[variable.name] || variable.default;
}

function unknownNames(table: Variables, environment: Environment): string[] {
  const known = Object.values(table).map((variable) => variable.name);
  return Object.keys(environment)
    .filter((name) => name.startsWith(ownPrefix) && !known.includes(name) && !testPrefixes.some((prefix) => name.startsWith(prefix)))
    .map((name) => `${name} is not a setting of the hub${meant(name, known)}`);
}

function meant(name: string, known: readonly string[]): string {
  const near = known.map((one) => ({ one, edits: editsBetween(name, one) })).sort((a, b) => a.edits - b.edits)[0];
  return near !== undefined && near.edits <= maxSlipEdits ? `; ${near.one} may be meant` : '';
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What a child that is to have its own settings inherits: the environment without any variable of the hub. */
export function environmentForChildren(environment: Environment = process.env): Record<string, string> {
  const kept = Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined && !pair[0].startsWith(ownPrefix));
  return Object.fromEntries(kept);
}
