/** A command of the operator, as it is typed: in a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));
/** Longest run of one command, in milliseconds; one that waits for a reform says itself when nothing moves any more. */
const maxCommandMs = 3_600_000;

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string };

/** `environment`: all that it has. */
export function runLienthong(environment: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ended> {
  return outcomeOf(spawn(process.execPath, [program, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: maxCommandMs }));
}

/** What a child has said when it has ended. */
export async function outcomeOf(child: ChildProcess): Promise<Ended> {
  let stdout = '', stderr = '';
  child.stdout!.on('data', (text) => { stdout += String(text); });
  child.stderr!.on('data', (text) => { stderr += String(text); });
  const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
