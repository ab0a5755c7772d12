/** Times that a caller gives, from which days are counted. */
import { errorOfRefusal } from '@lienthong/kernel';
import { isInstant, refuse } from '@lienthong/law';
import type { Instant } from '@lienthong/law';

/** FIELD_MISSING without one; FIELD_INVALID for a time outside 1970 to 9999, whose day nobody can write. */
export function givenInstant(time: Date | undefined, field: string): Instant {
  if (time === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  const instant = time.getTime();
  if (!isInstant(instant)) throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: '1970-01-01 – 9999-12-31 (+07:00)' }, field));
  return instant;
}
