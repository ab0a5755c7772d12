import type { IHeaders } from 'kafkajs';

/** The first value of a header, as text; undefined: there is none. */
export function headerText(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return (Array.isArray(value) ? value[0] : value)?.toString();
}
