/** Keeps personal data out of logs: by the name of a field, and by the look of a number. */

/** What stands in the log instead. */
export const censored = '[particulars]';

/** Nesting shown in a log line; what lies deeper is left out, so that no line grows without bound. */
const maxLogDepth = 8;
/** Members shown of one list or object. */
const maxLogMembers = 100;
const maxLogTextCharacters = 4_000;

/** Fields of people in the contracts, without underscores and in lower case, and what must never leave a process. */
const privateFields = new Set([
  'particulars', 'applicant', 'coapplicants', 'submitter', 'party', 'citizen', 'foreigner', 'newborn', 'organisation', 'authority', 'contact', 'representative', 'mother', 'father',
  'fullname', 'identitynumber', 'passportnumber', 'birthdate', 'birthplace', 'birthnoticenumber', 'address', 'residence', 'phone', 'email', 'taxcode', 'foundingnumber', 'staydocument', 'nationality', 'sex',
  'note', 'freetext', 'salt', 'salted', 'secret', 'password', 'token', 'privatekey', 'pepper', 'authorization', 'cookie',
]);

/** Twelve digits: an identity number. Ten digits from 0: a phone number. */
const privateNumbers = /(?<![\w-]|\d\.)(?:\d{12}|0\d{9})(?![\w-]|\.\d)/g;

/** `value` as it may be logged; bytes become their length, errors their name, message and stack. */
export function redact(value: unknown): unknown {
  return redactWithin(value, 0, new WeakSet());
}

type Seen = WeakSet<object>;

function redactWithin(value: unknown, depth: number, seen: Seen): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxLogDepth) return '[deeper]';
  if (seen.has(value)) return '[shown above]';
  seen.add(value);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return redactError(value, depth, seen);
  if (Array.isArray(value)) return value.slice(0, maxLogMembers).map((one) => redactWithin(one, depth + 1, seen));
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return redactMembers(members, depth, seen);
}

/** `text` without identity and phone numbers, cut to a bounded length. */
export function redactText(text: string): string {
  const cut = text.length > maxLogTextCharacters ? `${text.slice(0, maxLogTextCharacters)}…` : text;
  return cut.replace(privateNumbers, censored);
}

function redactMembers(members: readonly (readonly [unknown, unknown])[], depth: number, seen: Seen): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of members.slice(0, maxLogMembers)) {
    shown[redactText(String(key))] = isPrivate(String(key)) ? censored : redactWithin(value, depth + 1, seen);
  }
  return shown;
}

function redactError(error: Error, depth: number, seen: Seen): Record<string, unknown> {
  const own = Object.entries(error).filter(([key]) => key !== 'cause');
  return {
    type: error.name, message: redactText(error.message), stack: redactText(error.stack ?? ''),
    ...redactMembers(own, depth, seen), ...(error.cause === undefined ? {} : { cause: redactWithin(error.cause, depth + 1, seen) }),
  };
}

function isPrivate(field: string): boolean {
  return privateFields.has(field.replaceAll('_', '').toLowerCase());
}
