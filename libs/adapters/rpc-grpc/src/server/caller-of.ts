/** Who calls, read from metadata. Believed on loopback only, until identities arrive. */
import type { Metadata } from '@grpc/grpc-js';
import { HubError, isAuthorId, isLoopback } from '@lienthong/kernel';
import type { Caller } from '@lienthong/kernel';
import { forKey, isOfficeId, isPeerText, languageKey, officeKey, officerKey, readOfficer, serviceKey } from '../metadata-keys.ts';
import type { Language } from '../metadata-keys.ts';

type Arriving = { readonly metadata: Metadata; getPeer(): string };

/** The caller, or why its metadata cannot be read. */
export function callerOf(call: Arriving): Caller | HubError {
  const { metadata } = call;
  const peer = call.getPeer(), askedFor = textOf(metadata, forKey);
  const office = textOf(metadata, officeKey);
  const officer = readOfficer(textOf(metadata, officerKey));
  const service = textOf(metadata, serviceKey);
  if (office !== '' && !isOfficeId(office)) return unreadable(officeKey);
  if (officer === undefined) return unreadable(officerKey);
  if (service !== '' && !isAuthorId(service)) return unreadable(serviceKey);
  if (!isPeerText(askedFor)) return unreadable(forKey);
  return isLoopback(peer) ? { office, officer, service, peer: askedFor === '' ? peer : askedFor } : { office: '', officer: '', service: '', peer };
}

function unreadable(field: string): HubError {
  return new HubError('CALLER_UNKNOWN', { field }, { field });
}

export function languageOf(metadata: Metadata): Language {
  return textOf(metadata, languageKey) === 'en' ? 'en' : 'vi';
}

/** Given twice, the first counts. */
function textOf(metadata: Metadata, key: string): string {
  const value = metadata.get(key)[0];
  return typeof value === 'string' ? value : '';
}
