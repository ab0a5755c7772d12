/** Where the QR of a form leads. */
import type { Form } from '@lienthong/law';

/** '' for a form that bears none. */
export function trackUrlOf(track: Form['track'], publicUrl: string): string {
  return track === null ? '' : `${publicUrl}/track/${encodeURIComponent(track.code)}?s=${track.secret}`;
}
