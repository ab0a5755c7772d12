/** A table given to `lienthong import` beside a running hub, and what the command says of it. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HubOfTest } from './hub-of-test.ts';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));

type Line = { readonly line: number; readonly key: string; readonly outcome: string; readonly field?: string; readonly problem?: string; readonly remedy?: string; readonly code?: string; readonly due?: string };
export type BroughtTable = {
  readonly code: number | null; readonly error: string;
  readonly said: { readonly loaded: number; readonly refused: number; readonly lines: Line[]; readonly added: number; readonly unchanged: number; readonly changed: number; readonly problems: { line: number; record: string; field: string; problem: string }[] };
};

/** `folder`: where tables are put. */
export async function bringTable(hub: HubOfTest, folder: string, kind: string, name: string, content: string | Buffer, ...more: string[]): Promise<BroughtTable> {
  const file = join(folder, name);
  await writeFile(file, content);
  const { code, error, out } = await lienthongBeside(hub, 'import', kind, '--file', file, '--json', ...more);
  return { code, error, said: (out === '' ? {} : JSON.parse(out)) as BroughtTable['said'] };
}

/** One command of the operator that speaks to the hub, in a process of its own. */
export async function lienthongBeside(hub: HubOfTest, ...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly error: string }> {
  const child = spawn(process.execPath, [program, ...args, '--address', hub.address], { env: { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: hub.directory }, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', error: '' };
  child.stdout.on('data', (text) => { told.out += String(text); });
  child.stderr.on('data', (text) => { told.error += String(text); });
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve); });
  return { code, ...told };
}

export const outcomes = ({ said }: BroughtTable): string[] => said.lines.map((one) => `${one.line} ${one.key} ${one.outcome}${one.field === undefined ? '' : ` ${one.field}`}`);
