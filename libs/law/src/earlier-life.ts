/** What a dossier brings along that another system had before. */
import type { Dong, Instant, OfficeId, Span } from './types.ts';
import { dayOf, localDate } from './time/index.ts';

/** A stretch in which the clock stood in the system that had the dossier before. */
export type EarlierWait = { readonly cause: 'supplement' | 'payment' | 'posting' | 'consent' | 'consultation' | 'verification-abroad'; readonly from: Instant; readonly to: Instant; readonly ground: string };
/** What a dossier was waiting for when it was brought here. Until then it stands among `waits`; its first leg here opens the request anew and waits on. */
export type EarlierRunning = {
  readonly cause: 'supplement' | 'consent' | 'verification-abroad'; readonly ground: string;
  /** Of a supplement: codes of what was asked for. */ readonly documents?: readonly string[];
  /** When it falls due; absent: a supplement as the procedure has it, the others never. */ readonly until?: Instant;
};
/**
 * What it was waiting for beside that. The clock stood there for a payment and a posting; an opinion is asked within the office's own time and stops none.
 * A field of its own: a release that does not know it reads the entry as before and asks nothing.
 */
export type EarlierPending =
  | { readonly cause: 'posting'; readonly ground: string; /** Last moment of what is posted there. */ readonly until: Instant }
  | { readonly cause: 'consultation'; readonly ground: string; /** Whose opinion is awaited. */ readonly office: OfficeId; readonly until: Instant }
  /** `fee`: code of the charge of the leg, or of a fee of the procedure. */
  | { readonly cause: 'payment'; readonly ground: string; readonly fee: string; readonly amount: Dong };
/** Calendar days until then, at least one. */
export const daysLeft = (until: Instant, now: Instant): Span => `${Math.max(1, dayOf(localDate(until)) - dayOf(localDate(now)))}d`;

/** What another system did with a dossier before it came here. */
export type EarlierSystem = {
  readonly system: string; /** Its code there. */ readonly code: string; /** Names of the legs that were done there. */ readonly done: readonly string[];
  /** Until when the plan of the procedure gave time for them: what was spent there beyond it made the dossier late there. */
  readonly plannedUntil: Instant; readonly waits: readonly EarlierWait[];
  /** Absent: it waited for nothing when it came. */
  readonly running?: EarlierRunning;
  readonly pending?: EarlierPending;
  /** Since when the legs that come next had their turn there: their limits go on. Absent: they begin with the takeover here. */
  readonly legSince?: Instant;
};
