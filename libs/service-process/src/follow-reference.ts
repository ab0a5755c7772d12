/** What an office imports is taken while the hub runs; what cannot be taken is told, and the last good state stays. */
import type { LiveReference } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';

/** How often the office's file is looked at, in milliseconds. */
export const referenceLookMs = 2_000;
/** Findings written to the log; `lienthong catalogue check` tells all. */
const findingsLogged = 5;

/** Looks at once, so that the first dossier finds what was imported. Returns what ends it. */
export function followReference(live: LiveReference, log: Logger): () => void {
  const look = (): void => {
    const found = live.refresh();
    if (found.outcome === 'taken') log.info({ rules: found.digest, procedures: found.procedures, localRules: found.rules }, 'what the office brought is in force');
    if (found.outcome === 'refused') log.error({ findings: found.findings.slice(0, findingsLogged), count: found.findings.length, rules: live.reference.digest }, 'what the office brought is refused; the last good state stays');
  };
  const safely = (): void => {
    // A full disk or a folder that nobody may read is no reason to stop: the hub goes on with what it has.
    try { look(); } catch (error) { log.error({ err: error }, 'what the office brought cannot be looked at'); }
  };
  safely();
  const timer = setInterval(safely, referenceLookMs);
  timer.unref();
  return () => { clearInterval(timer); };
}
