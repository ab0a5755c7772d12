/** Starts a bare echo server in a process of its own, and calls it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';

export type RawEcho = { call(request: Buffer): Promise<void>; stop(): void };

const server = fileURLToPath(new URL('./echo-server.ts', import.meta.url));
const same = (bytes: Buffer): Buffer => bytes;

/** `answerBytes`: size of each answer. */
export async function rawEcho(answerBytes: number): Promise<RawEcho> {
  const child = fork(server, [String(answerBytes)]);
  const { port } = await new Promise<{ port: number }>((resolve, reject) => { child.once('message', (message) => resolve(message as { port: number })); child.once('exit', (code) => reject(new Error(`echo server ended with ${code}`))); });
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), { 'grpc.enable_channelz': 0 });
  return {
    call: (request) => new Promise((resolve, reject) => { client.makeUnaryRequest('/raw/Echo', same, same, request, (error) => { if (error === null) resolve(); else reject(error); }); }),
    stop: () => { client.close(); child.disconnect(); },
  };
}
