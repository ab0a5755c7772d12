/** The acts that the released data cite, read as plain JSON: the law imports no data. */
import { readdirSync, readFileSync } from 'node:fs';

const data = new URL('../../../reference-data/data/procedures/', import.meta.url);

function actsIn(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { act } = value as { readonly act?: unknown };
  if (typeof act === 'string') found.add(act);
  for (const one of Object.values(value)) actsIn(one, found);
}

export function loadedActs(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(data)) if (file.endsWith('.json')) actsIn(JSON.parse(readFileSync(new URL(file, data), 'utf8')), found);
  return [...found].sort();
}
