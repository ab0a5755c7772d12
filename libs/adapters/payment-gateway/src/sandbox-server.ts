/** The sandbox as a server: the platform's one address, and confirmations sent to where the integrator listens, again until they are taken. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Message } from './messages.ts';
import { bodyOf } from './request-body.ts';
import { SandboxBank } from './sandbox-bank.ts';
import type { Payer } from './sandbox-bank.ts';
import { isOfPages, servePage } from './sandbox-pages.ts';
import type { SandboxScript } from './sandbox-script.ts';

export type SandboxServerSettings = {
  readonly script: SandboxScript; readonly partner: string; readonly secret: string; readonly port: number;
  /** Where confirmations go; '' : nowhere, they are found by asking. */
  readonly confirmUrl: string;
  /** Absent: `script`. */
  readonly payer?: Payer;
  /** Where the page of an order leads back to, `{code}` for the code of the dossier; absent or '': nowhere. */
  readonly returnUrl?: string;
  /** Told what happens, a line each. */
  readonly tell: (line: string) => void;
};
export type SandboxServer = { readonly port: number; readonly bank: SandboxBank; stop(): Promise<void> };

export const maxRequestBytes = 64 * 1024;
/** A confirmation that is not taken is sent again after this, doubling, so often; milliseconds. */
const resendMs = 1_000, maxSends = 8, confirmMs = 5_000, tickMs = 50;

export async function startSandbox(settings: SandboxServerSettings): Promise<SandboxServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(settings.port, '127.0.0.1', () => resolve()); });
  const address = server.address(), port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const bank = new SandboxBank({ payer: 'script', ...settings, now: () => Date.now(), pages: `http://127.0.0.1:${port}/pay` });
  server.on('request', (request, response) => { void (isOfPages(request) ? servePage : serve)(bank, settings, request, response); });
  const stopping = new AbortController();
  const ticking = setInterval(() => { for (const message of bank.due()) void deliver(settings, message, stopping.signal); }, tickMs);
  return { port, bank, stop: () => { clearInterval(ticking); stopping.abort(); return closed(server); } };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => { server.close(() => resolve()); });
}

async function serve(bank: SandboxBank, { tell }: SandboxServerSettings, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: object): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); };
  try {
    const message = messageOf(await bodyOf(request, maxRequestBytes)), answer = bank.answer(message);
    tell(`${message['LoaiBanTin'] ?? '?'} ${message['MaThamChieu'] ?? message['Ngay'] ?? ''} → ${answer?.['error_code'] ?? 'không trả lời / no answer'}`);
    // Who is never answered waits until he gives up.
    if (answer !== undefined) reply(200, answer);
  } catch (error) {
    reply(400, { error_code: '96', message: error instanceof Error ? error.message : String(error) });
  }
}

function messageOf(text: string): Message {
  const given: unknown = JSON.parse(text);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new RangeError('no message');
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

async function deliver({ confirmUrl, tell }: SandboxServerSettings, message: Message, signal: AbortSignal): Promise<void> {
  if (confirmUrl === '') return;
  for (let send = 1, waitMs = resendMs; send <= maxSends && !signal.aborted; send++, waitMs *= 2) {
    try {
      const response = await fetch(confirmUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), signal: AbortSignal.any([signal, AbortSignal.timeout(confirmMs)]) });
      tell(`CONFIRM ${message['MaThamChieu']} ${message['SoTien']} ${message['MaLoi']} → ${response.status}`);
      // What is refused is refused the next time, too.
      if (response.status < 500) return;
    } catch (error) {
      if (!signal.aborted) tell(`CONFIRM ${message['MaThamChieu']} → ${error instanceof Error ? error.message : String(error)}`);
    }
    await new Promise<void>((resolve) => { const timer = setTimeout(resolve, waitMs); signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true }); });
  }
}
