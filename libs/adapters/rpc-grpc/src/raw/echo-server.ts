/** The raw limit beside every gRPC figure: bare grpc-js that answers with as many bytes as it is told. Its own process; says its port over IPC. */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { stopWhenOrphaned } from './orphan.ts';

const same = (bytes: Buffer): Buffer => bytes;
const answerBytes = Number(process.argv[2]);
const answer = Buffer.alloc(answerBytes, 7);
const server = new Server({ 'grpc.enable_channelz': 0 });
server.addService(
  { echo: { path: '/raw/Echo', requestStream: false, responseStream: false, requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same } },
  { echo: (_call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => done(null, answer) },
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.send?.({ port });
});
stopWhenOrphaned(() => server.forceShutdown());
