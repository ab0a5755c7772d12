/** One limit for all doors: the door may not change how long the law gives the office. Where the published doors differ, one is chosen, with its reason. */
import type { Channel, Span } from '@lienthong/law';

/** Land law lets remote communes take ten days more; national records show that as another door's limit. */
const REMOTE_DAYS = 10;

export type Door = { readonly channel: Channel; readonly span: Span };

/** `reason`: null where the doors agree. Spans have their units; at least one door. */
export function oneLimit(doors: readonly Door[]): { readonly span: Span; readonly reason: string | null } {
  const count = ({ span }: Door): number => Number.parseInt(span, 10);
  const [first] = doors;
  if (first === undefined) throw new RangeError('no door');
  if (doors.every(({ span }) => span === first.span)) return { span: first.span, reason: null };
  const base = doors.find((one) => doors.some((other) => count(other) === count(one) + REMOTE_DAYS));
  if (base !== undefined) return { span: base.span, reason: `Two doors differ by exactly ${REMOTE_DAYS} days, which is the extension for remote communes entered in the wrong column: the base limit holds for every door; the extension is not applied.` };
  const shared = doors.find((one) => doors.filter(({ span }) => span === one.span).length > 1);
  if (shared !== undefined) return { span: shared.span, reason: 'Two doors agree; the third value has no ground in the text. The door may not change how long the law gives the office.' };
  const shortest = doors.reduce((least, one) => (count(one) < count(least) ? one : least));
  return { span: shortest.span, reason: 'The doors differ without a reason in the text: the shortest holds, so that nobody is late by the law and on time by the board.' };
}
