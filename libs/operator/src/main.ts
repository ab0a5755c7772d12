/** `npm run --silent lienthong -- <command> …`: for the operator, the demo, the benches and the proof. */
import { stopWhenOrphaned } from '@lienthong/runtime';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { explainFailure } from './explain-failure.ts';

function help(shown: readonly Command[]): void {
  print('lienthong <lệnh / command> [tham số / options]\n');
  for (const { name, usage, purpose } of shown) print(`  ${`${name} ${usage}`.trimEnd()}\n      ${purpose.vi}\n      ${purpose.en}`);
}

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (name === 'help' || name === '--help') { help(commands); return 0; }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) { process.stderr.write(`Không có lệnh / no command "${name}"; có / there are: ${commands.map((one) => one.name).join(', ')}\n`); return 2; }
  if (args.includes('--help')) { help([command]); return 0; }
  try {
    return await command.run(args);
  } catch (error) {
    process.stderr.write(`lienthong ${name}: ${explainFailure(error)}\n`);
    // Whoever asked for JSON reads JSON, whatever comes of it.
    if (args.includes('--json')) print(JSON.stringify({ error: explainFailure(error) }));
    if (!isUsage(error)) return 1;
    process.stderr.write(`lienthong ${name} ${command.usage}\n`);
    return 2;
  }
}

/** The parser of options has its own errors. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
}

/** Whoever read our output has left, as `| head` does: we end like one whom a closed pipe ends, 128 + SIGPIPE. */
const readerLeft = 141;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(readerLeft);
  throw error;
});
stopWhenOrphaned(() => process.exit(1));
process.exitCode = await main(process.argv.slice(2));
process.disconnect?.();
