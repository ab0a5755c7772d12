/** What an office imports is taken while the hub runs; what cannot be taken is told, and the last good state stays. */
import type { LiveReference } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';
import { followChanges } from './follow-changes.ts';
import type { Follower } from './follow-changes.ts';

/** How often the office's file is looked at, in milliseconds. */
export const referenceLookMs = 2_000;
/** Findings written to the log; `lienthong catalogue check` tells all. */
const findingsLogged = 5;

/** The first dossier finds what was imported before the start. */
export function followReference(live: LiveReference, log: Logger): Follower {
  const look = (): boolean => {
    const found = live.refresh();
    if (found.outcome === 'taken') log.info({ rules: found.digest, procedures: found.procedures, localRules: found.rules }, 'what the office brought is in force');
    if (found.outcome === 'refused') log.error({ findings: found.findings.slice(0, findingsLogged), count: found.findings.length, rules: live.reference.digest }, 'what the office brought is refused; the last good state stays');
    return false;
  };
  return followChanges({ everyMs: referenceLookMs, look, failed: { look: 'what the office brought cannot be looked at' } }, log);
}
