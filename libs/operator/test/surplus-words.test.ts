/** What is typed too much is told: a command that passed over it would do something else than was meant. */
import { expect, test } from 'vitest';
import { UsageError } from '../src/command.ts';
import { commands } from '../src/commands.ts';

test.each([
  ['track A B', 'B'], ['folder show A B', 'B'], ['folder heads A --service land B', 'B'], ['form A B --form 01 --out F', 'B'], ['cluster status B', 'B'], ['succession show B', 'B'], ['catalogue diff released current B', 'B'], ['config B', 'B'], ['catalogue show 1.004746 B', 'B'],
])('%s', async (typed, surplus) => {
  const [name, ...args] = typed.split(' '), command = commands.find((one) => one.name === name)!;
  const told: unknown = await command.run(args).then(() => null, (error: unknown) => error);
  expect(told instanceof UsageError || (told as { code?: string }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL').toBe(true);
  expect((told as Error).message).toContain(surplus);
});
