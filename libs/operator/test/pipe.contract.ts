/** `lienthong … | head`: a reader who leaves gets no stack trace. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a reader who leaves ends the command quietly', async () => {
  const child = spawn(process.execPath, ['libs/operator/src/main.ts', 'help'], { cwd: join(import.meta.dirname, '../../..'), env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said += text; });
  const code = await new Promise((resolve) => { child.once('close', resolve); });
  expect([code, said]).toEqual([141, '']);
});
