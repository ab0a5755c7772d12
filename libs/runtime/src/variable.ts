/** One setting of the environment: what it is called, what it means, and how its text becomes a value. */
import { isIP } from 'node:net';

export type Words = { readonly vi: string; readonly en: string };

/** What is wrong with a value, without its name: "is not a whole number …". Thrown by parsers only, caught by the reader of the table. */
export class BadValue extends Error {}

export type Variable<T> = {
  readonly name: string;
  /** Text used when the variable is absent or empty. */
  readonly default: string;
  /** Unit and bounds of the value, for people: `ms, 0–600000`. */
  readonly unit: string;
  readonly purpose: Words;
  /** Throws BadValue. */
  readonly parse: (text: string) => T;
};

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,15}$/.test(text) || value < from || value > to) throw new BadValue(`is not a whole number from ${from} to ${to}`);
    return value;
  };
}

/** One of the words. */
export function oneOf<const W extends string>(...words: readonly W[]): (text: string) => W {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new BadValue(`is not one of ${words.join(', ')}`);
    return found;
  };
}

/** A path without a NUL; what is at the path is judged by whoever opens it. */
export function path(text: string): string {
  if (text.includes('\0')) throw new BadValue('is not a path');
  return text;
}

/** An http or https address without query or fragment, without the slash at its end; '' when the text is ''. */
export function webAddress(text: string): string {
  if (text === '') return '';
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new BadValue('is not an http or https address without query');
  }
  return url.href.replace(/\/$/, '');
}

/** Ranges that one setting may name. */
export const maxAddressRanges = 64;

/** `10.0.0.0/8,127.0.0.1,::1`: addresses and CIDR ranges of either kind; none when the text is ''. */
export function addressRanges(text: string): readonly string[] {
  const ranges = text.split(',').map((one) => one.trim()).filter((one) => one !== '');
  if (ranges.length > maxAddressRanges) throw new BadValue(`names more than ${maxAddressRanges} ranges`);
  for (const range of ranges) {
    const [address = '', bits, ...more] = range.split('/'), kind = isIP(address);
    if (kind === 0 || more.length > 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > (kind === 4 ? 32 : 128)))) throw new BadValue(`is not a list of IP addresses or CIDR ranges: "${range}"`);
  }
  return ranges;
}
