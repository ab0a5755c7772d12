/** What a line of a table lacks. */
export type RowProblem = { readonly field: string; readonly problem: string; readonly remedy: string };
export type Fault = { readonly problem: RowProblem };

export const fault = (field: string, problem: string, remedy: string): Fault => ({ problem: { field, problem, remedy } });

/** Lines that name again what a line before has: by line, the first one. `keyOf`: '' for a line that names nothing. */
export function repeatedLines<R extends { readonly line: number }>(rows: readonly R[], keyOf: (row: R) => string): ReadonlyMap<number, number> {
  const first = new Map<string, number>(), again = new Map<number, number>();
  for (const row of rows) {
    const key = keyOf(row), before = first.get(key);
    if (key !== '' && before !== undefined) again.set(row.line, before);
    first.set(key, before ?? row.line);
  }
  return again;
}

export const namedBefore = (field: string, key: string, line: number): Fault => fault(field, `${key}: đã có ở dòng / stands already in line ${line}`, 'giữ một dòng / keep one line');
