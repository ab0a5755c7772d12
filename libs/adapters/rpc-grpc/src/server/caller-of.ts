/** Who calls, read from metadata. Believed on loopback only, until identities arrive. */
import type { Metadata } from '@grpc/grpc-js';
import { HubError } from '@lienthong/kernel';
import type { Caller } from '@lienthong/kernel';
import { isCallerText, languageKey, officeKey, officerKey } from '../metadata-keys.ts';
import type { Language } from '../metadata-keys.ts';

type Arriving = { readonly metadata: Metadata; getPeer(): string };

/** The caller, or why its metadata cannot be read. */
export function callerOf(call: Arriving): Caller | HubError {
  const peer = call.getPeer();
  const office = textOf(call.metadata, officeKey);
  const officer = textOf(call.metadata, officerKey);
  if (office === '' && officer === '') return { office, officer, service: '', peer };
  if (office !== '' && !isCallerText(office)) return new HubError('CALLER_UNKNOWN', { field: officeKey }, { field: officeKey });
  if (officer !== '' && !isCallerText(officer)) return new HubError('CALLER_UNKNOWN', { field: officerKey }, { field: officerKey });
  return isLoopback(peer) ? { office, officer, service: '', peer } : { office: '', officer: '', service: '', peer };
}

export function languageOf(metadata: Metadata): Language {
  return textOf(metadata, languageKey) === 'en' ? 'en' : 'vi';
}

/** Given twice, the first counts. */
function textOf(metadata: Metadata, key: string): string {
  const value = metadata.get(key)[0];
  return typeof value === 'string' ? value : '';
}

/** `<address>:<port>` of 127.0.0.0/8 or ::1. */
export function isLoopback(peer: string): boolean {
  if (peer.startsWith('127.')) return true;
  const address = peer.slice(0, peer.lastIndexOf(':'));
  return address === '::1' || address.startsWith('::ffff:127.');
}
