/** Answers as a Docker daemon does that starts whatever it is asked for, and notes what that was: nothing runs. */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Asked = { readonly what: string; readonly body: Readonly<Record<string, unknown>> };
export type NotingDaemon = { readonly host: string; readonly asked: readonly Asked[]; stop(): Promise<void> };

/** `line`: what each container says once it was started. */
export async function notingDaemon(line: string): Promise<NotingDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-daemon-')), socket = join(folder, 'sock'), asked: Asked[] = [], created = new Map<string, Readonly<Record<string, unknown>>>();
  const answerTo = (what: string, body: Readonly<Record<string, unknown>>): unknown => {
    if (what === 'POST /containers/create') {
      const id = `c${created.size + 1}`;
      created.set(id, body);
      return { Id: id };
    }
    if (/^GET \/(containers|images)\/json$|^GET \/networks$/.test(what)) return [];
    const inspected = /^GET \/containers\/(c\d+)\/json$/.exec(what)?.[1];
    if (inspected === undefined) return what === 'POST /networks/create' ? { Id: 'n1' } : {};
    const { HostConfig } = created.get(inspected) as { readonly HostConfig: { readonly PortBindings: unknown } };
    return { Id: inspected, Name: `/${inspected}`, Config: { Hostname: inspected, Labels: {} }, State: { Status: 'running', Running: true, StartedAt: new Date().toISOString() }, HostConfig, NetworkSettings: { Ports: HostConfig.PortBindings, Networks: {} } };
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => { pieces.push(piece); });
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString(), body = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
      const what = `${request.method} ${new URL(request.url!, 'http://daemon').pathname.replace(/^\/v[\d.]+/, '')}`;
      asked.push({ what, body });
      if (/\/logs$/.test(what)) return void response.end(framed(`${line}\n`));
      response.writeHead(what === 'POST /containers/create' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(what, body)));
    });
  });
  await new Promise<void>((listening) => { server.listen(socket, listening); });
  return {
    host: `unix://${socket}`, asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => { server.close(closed); });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As the daemon sends what a container says: from its output, so many bytes. */
function framed(text: string): Buffer {
  const header = Buffer.alloc(8), said = Buffer.from(text);
  header[0] = 1;
  header.writeUInt32BE(said.byteLength, 4);
  return Buffer.concat([header, said]);
}
