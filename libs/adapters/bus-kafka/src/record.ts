/** An update as a Kafka record and back: the value is the protobuf message, the headers are those of a CloudEvent in binary mode. */
import { randomUUID } from 'node:crypto';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { decodeUpdate, encodeUpdate, HubError, problemOf, serviceOf } from '@lienthong/kernel';
import type { FolderUpdate, ServiceName } from '@lienthong/kernel';
import { headerText } from './header-text.ts';
import { proofHeader, proofOf, provedPart } from './sender-proof.ts';
import type { Signatures } from './sender-proof.ts';
import { standInHeader } from './stand-in-records.ts';

export const updateType = 'vn.lienthong.folder.update.v1';
const specVersion = '1.0';
const contentType = 'application/protobuf';

export type Outgoing = { readonly message: Message; readonly bytes: number };
/** Key, headers and framing of one record, at most. */
const bytesBesideValue = 1_024;

/** Throws MESSAGE_TOO_LARGE above `maxBytes`. `traceparent`: of the work that sends, when there is one. */
export function encodeRecord(destination: ServiceName, update: FolderUpdate, maxBytes: number, signatures: Signatures, traceparent?: string): Outgoing {
  const encoded = encodeUpdate(update);
  const value = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  if (value.byteLength > maxBytes) throw new HubError('MESSAGE_TOO_LARGE', { bytes: String(value.byteLength), limit: String(maxBytes) });
  const headers: IHeaders = {
    ce_specversion: specVersion, ce_id: randomUUID(), ce_source: `/lienthong/${serviceOf(update.sender)}/${update.sender}`, ce_type: updateType, ce_subject: update.folder, ce_time: new Date().toISOString(),
    ce_destination: destination, [proofHeader]: proofOf(signatures, destination, update, value), 'content-type': contentType, ...(traceparent === undefined ? {} : { traceparent }),
  };
  return { message: { key: update.folder, value, headers }, bytes: value.byteLength + bytesBesideValue };
}

/** Why bytes are no record of this hub, as the dead letter says it. */
export type Undecodable = { readonly cause: string };

/**
 * What the value says counts, for it is what is signed and checked; headers are for those on the way. They may be missing, but what they say must fit:
 * another type is another version, another destination another topic. Without its sender's proof only the entries of an update count.
 */
export function decodeRecord(service: ServiceName, { key, value, headers }: Pick<KafkaMessage, 'key' | 'value' | 'headers'>, maxBytes: number, signatures: Signatures): FolderUpdate | Undecodable {
  const unpacked = headerText(headers, standInHeader);
  if (unpacked !== undefined) return { cause: `oversize: ${unpacked.slice(0, maxShown)}` };
  if (value === null || value.byteLength === 0) return { cause: 'empty' };
  if (value.byteLength > maxBytes) return { cause: `oversize: ${value.byteLength} bytes, at most ${maxBytes}` };
  const wrong = wrongHeader(service, headers);
  if (wrong !== undefined) return { cause: wrong };
  let update: FolderUpdate;
  try {
    update = decodeUpdate(value);
  } catch (cause) {
    return { cause: `garbage: ${problemOf(cause)}` };
  }
  if (key?.toString() !== update.folder) return { cause: 'wrong key: it is not the id of the folder' };
  return provedPart(signatures, service, update, value, headers) ?? { cause: `forged: ${update.sender} has not signed it` };
}

function wrongHeader(service: ServiceName, headers: IHeaders | undefined): string | undefined {
  const type = headerText(headers, 'ce_type');
  if (type !== undefined && type !== updateType) return `unknown type: ${type.slice(0, maxShown)}`;
  const version = headerText(headers, 'ce_specversion');
  if (version !== undefined && version !== specVersion) return `unknown version of CloudEvents: ${version.slice(0, maxShown)}`;
  const destination = headerText(headers, 'ce_destination');
  return destination === undefined || destination === service ? undefined : `wrong topic: meant for ${destination.slice(0, maxShown)}`;
}

/** Characters of a foreign text that are shown. */
const maxShown = 100;
