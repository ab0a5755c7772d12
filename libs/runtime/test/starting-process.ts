/** Starts stopping-process.ts with an IPC channel, as deploy/run.mjs does, and waits for it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = spawn(process.execPath, [fileURLToPath(new URL('./stopping-process.ts', import.meta.url)), ...process.argv.slice(2)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
child.on('exit', (code) => process.exit(code ?? 1));
