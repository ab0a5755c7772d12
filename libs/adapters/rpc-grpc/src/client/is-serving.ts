/** grpc.health.v1 as a client: whether a process may be given work. */
import { Client, credentials } from '@grpc/grpc-js';

/** An empty HealthCheckRequest asks for the process as a whole; `HealthCheckResponse{status: SERVING}` is these two bytes. */
const nothing = Buffer.alloc(0), serving = Buffer.from([8, 1]);
const same = (bytes: Buffer): Buffer => bytes;

/** False when it says no, or does not answer in time. Never rejects. */
export function isServing(address: string, deadlineMs: number): Promise<boolean> {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.enable_channelz': 0 });
  return new Promise<boolean>((resolve) => {
    client.makeUnaryRequest('/grpc.health.v1.Health/Check', same, same, nothing, { deadline: Date.now() + deadlineMs }, (error, answer) => resolve(error === null && answer?.equals(serving) === true));
  }).finally(() => client.close());
}
