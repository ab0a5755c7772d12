/** A command of `lienthong`: what it is called with, what it does. */
import type { Text } from './text.ts';

export type Command = {
  readonly name: string;
  /** Arguments and options as they are typed. */
  readonly usage: string;
  readonly purpose: Text;
  /** Exit code: 0 done, 1 failed, 2 wrong arguments. */
  run(args: readonly string[]): Promise<number>;
};

/** The arguments do not fit; the message says what does. */
export class UsageError extends Error {}

/** The words that are typed besides options, at most so many: one more would be passed over in silence. @throws UsageError */
export function wordsOf(positionals: readonly string[], most: number): readonly string[] {
  if (positionals.length > most) throw new UsageError(`thừa / too much: ${positionals.slice(most).join(' ')}`);
  return positionals;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
