/** Messages as JSON for scripts: the generated encoder leaves out what holds nothing, and whoever reads a count would find none instead of 0. */

/** What another release wrote, as bytes: nothing for a reader. */
const unknownFields = '_unknownFields';

/** `json`: of `message`. The same with every field of the message: 0, false, '' and empty lists, too. A message that is not set stays absent. */
export function wholeJson(message: unknown, json: unknown): unknown {
  if (Array.isArray(message)) return message.map((one, at) => wholeJson(one, (json as readonly unknown[] | undefined)?.[at]));
  if (typeof message !== 'object' || message === null || message instanceof Date || message instanceof Uint8Array) return json ?? message;
  const given = (json ?? {}) as Readonly<Record<string, unknown>>, fields = Object.entries(message).filter(([name, value]) => value !== undefined && name !== unknownFields);
  return { ...given, ...Object.fromEntries(fields.map(([name, value]) => [name, wholeJson(value, given[name])])) };
}
