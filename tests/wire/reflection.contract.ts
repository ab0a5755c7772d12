/** What a tool sees that knows nothing of the contracts: all services by reflection, their files, and their health. */
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Client, credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

/** Fields of `grpc.reflection.v1`, as its proto numbers them. */
const fields = { fileContainingSymbol: 4, listServices: 7, fileDescriptorResponse: 4, listServicesResponse: 6, errorResponse: 7 } as const;
const keep = (bytes: Buffer): Buffer => bytes;

let hub: HubOfTest;
let client: Client;
beforeAll(async () => {
  hub = await hubOfTest();
  client = new Client(hub.address, credentials.createInsecure());
});
afterAll(async () => { client.close(); await hub.stop(); });

/** The values of one length-delimited field. */
function valuesOf(bytes: Uint8Array, field: number): Uint8Array[] {
  const reader = new BinaryReader(bytes);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === field) found.push(reader.bytes());
    else reader.skip(type, number);
  }
  return found;
}

async function ask(version: string, field: number, text: string): Promise<Uint8Array> {
  const question = Buffer.from(new BinaryWriter().tag(field, WireType.LengthDelimited).string(text).finish());
  const stream = client.makeBidiStreamRequest(`/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`, keep, keep);
  stream.write(question);
  stream.end();
  const answers: Buffer[] = [];
  for await (const answer of stream) answers.push(answer as Buffer);
  expect(answers).toHaveLength(1);
  return answers[0] ?? Buffer.of();
}

describe.each(['v1', 'v1alpha'])('reflection %s', (version) => {
  test('lists the services', async () => {
    const [list = Buffer.of()] = valuesOf(await ask(version, fields.listServices, ''), fields.listServicesResponse);
    const names = valuesOf(list, 1).map((service) => Buffer.from(valuesOf(service, 1)[0] ?? []).toString());
    expect(names).toEqual(expect.arrayContaining(['lienthong.intake.v1.Intake', 'lienthong.agency.v1.AgencyDesk', 'lienthong.documents.v1.Documents', 'lienthong.reference.v1.Reference']));
  });

  test('gives the file of a service with its methods', async () => {
    const [response = Buffer.of()] = valuesOf(await ask(version, fields.fileContainingSymbol, 'lienthong.intake.v1.Intake'), fields.fileDescriptorResponse);
    const services = valuesOf(response, 1).flatMap((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).service);
    const methods = services.find(({ name }) => name === 'Intake')?.method.map(({ name }) => name);
    expect(methods).toEqual(expect.arrayContaining(['SubmitDossier', 'TrackDossier', 'GetReceipt']));
  });

  test('says when it knows nothing', async () => {
    expect(valuesOf(await ask(version, fields.fileContainingSymbol, 'lienthong.nowhere.v1.Nothing'), fields.errorResponse)).toHaveLength(1);
  });
});

test.each(['', 'lienthong.intake.v1.Intake'])('health of "%s"', async (service) => {
  const request = Buffer.from(service === '' ? [] : new BinaryWriter().tag(1, WireType.LengthDelimited).string(service).finish());
  const answer = await new Promise<Buffer | undefined>((resolve, reject) => {
    client.makeUnaryRequest('/grpc.health.v1.Health/Check', keep, keep, request, (error, value) => { if (error === null) resolve(value); else reject(error); });
  });
  // Field 1, the enum value SERVING.
  expect([...answer ?? []]).toEqual([0x08, 0x01]);
});
