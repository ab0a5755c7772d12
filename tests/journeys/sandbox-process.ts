/** The sandbox of the payment platform as integrators run it: a process of its own, beside a hub. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentForChildren } from '@lienthong/runtime';
import type { HubProcess } from '../chaos/hub-process.ts';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));

export type SandboxProcess = { readonly url: string; /** With these a hub pays there. */ readonly settings: Readonly<Record<string, string>>; stop(): Promise<void> };

/** `more`: further options of its command. */
export async function sandboxBeside(place: HubProcess, script: object, more: readonly string[] = []): Promise<SandboxProcess> {
  const secretFile = join(place.root, 'gateway-secret'), scriptFile = join(place.root, 'script.json');
  await writeFile(secretFile, 'bí mật của kiểm thử\n');
  await writeFile(scriptFile, JSON.stringify(script));
  const child = spawn(process.execPath, [program, 'sandbox', 'gateway', '--port', '0', '--secret-file', secretFile, '--script', scriptFile, '--confirm', `${place.http}/api/v1/payments/confirm`, ...more], { env: environmentForChildren(), stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => { let text = ''; child.stdout.on('data', (said) => { text += String(said); const found = /sandbox gateway: (\S+)/.exec(text); if (found !== null) resolve(found[1]!); }); });
  return {
    url, settings: { LIENTHONG_GATEWAY_URL: url, LIENTHONG_GATEWAY_SECRET_FILE: secretFile },
    async stop() { const closed = once(child, 'close'); child.kill('SIGTERM'); await closed; },
  };
}
