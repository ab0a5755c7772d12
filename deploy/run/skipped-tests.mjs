/** Tests that did not run: each by its name, with the reason that its name gives. */

/** `… [skipped: no Kafka: …]`: what it needs is missing here. */
const missing = /\[skipped: ([^\]]*)\]/;
/** `… [does not apply: no tag yet]`: there is nothing to test. */
const notApplying = /\[does not apply: ([^\]]*)\]/;

/** Of the runner's report. `counts`: something is missing that should be there. Those that were only left out by a filter of names have no reason. */
export function skippedTests(results) {
  return results.testResults.flatMap((file) => file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => {
    const reason = missing.exec(fullName)?.[1];
    const none = notApplying.exec(fullName)?.[1];
    return { name: fullName.replace(missing, '').replace(notApplying, '').replace(/ +/g, ' ').trim(), reason: reason ?? none ?? 'without a reason', counts: none === undefined };
  }));
}

/** One paragraph per reason. */
export function toldSkipped(skipped, strict) {
  if (skipped.length === 0) return '';
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  const lines = [...byReason].flatMap(([reason, tests]) => [`  ${reason}:`, ...tests.map(({ name }) => `    ${name}`)]);
  return `\n${skipped.length} skipped${strict ? ' (CI=true: what is missing counts as failed)' : ''}\n${lines.join('\n')}\n`;
}
