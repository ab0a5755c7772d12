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
  // Runs under whatever Node is there, 20 among them: no newer grouping.
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  const lines = reasons.flatMap((reason) => [`  ${reason}:`, ...skipped.filter((one) => one.reason === reason).map(({ name }) => `    ${name}`)]);
  return `\n${skipped.length} skipped${strict ? ' (CI=true: what is missing counts as failed)' : ''}\n${lines.join('\n')}\n`;
}
