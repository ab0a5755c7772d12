/** `node deploy/service.mjs health`, for the health check of an image: exit code 0 when the service of this container may be given work. */
import { readFileSync } from 'node:fs';
import { isServing } from '@lienthong/rpc-grpc';
import { readServiceConfig } from '@lienthong/runtime';

const deadlineMs = 3_000;

/** The first process of a container runs the service; its last argument names it. */
const serviceOfContainer = (): string => readFileSync('/proc/1/cmdline', 'utf8').split('\0').filter((one) => one !== '').at(-1) ?? '';

async function isReady(): Promise<boolean> {
  const { grpcPort, httpPort } = readServiceConfig();
  if (serviceOfContainer() !== 'portal') return isServing(`127.0.0.1:${grpcPort}`, deadlineMs);
  const answer = await fetch(`http://127.0.0.1:${httpPort}/health/ready`, { signal: AbortSignal.timeout(deadlineMs) }).catch(() => null);
  return answer?.ok === true;
}

process.exit(await isReady() ? 0 : 1);
