/**
 * A value as whoever parses its JSON will read it, found without parsing: that takes four times as long, and makes every text anew, to be kept as long as the entry.
 * Undefined: only parsing tells (what JSON leaves out or writes as something else is in it).
 */
export function readBack(value: unknown): unknown {
  switch (typeof value) {
    case 'string': case 'boolean': return value;
    // JSON knows no -0.
    case 'number': return Number.isFinite(value) ? value + 0 : undefined;
    case 'object': return value === null ? null : Array.isArray(value) ? readArray(value) : readObject(value);
    default: return undefined;
  }
}

function readArray(values: readonly unknown[]): unknown[] | undefined {
  const copy: unknown[] = [];
  for (const value of values) {
    const read = readBack(value);
    if (read === undefined) return undefined;
    copy.push(read);
  }
  return copy;
}

function readObject(value: object): object | undefined {
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy = { ...value } as Record<string, unknown>;
  for (const key in copy) {
    const read = readBack(copy[key]);
    if (read === undefined) return undefined;
    if (!Object.is(read, copy[key])) copy[key] = read;
  }
  return copy;
}
