/** Journeys where no hub is: they end soon and say so, all of them. */
import { expect, test } from 'vitest';
import { hubClient, journeyNames, runJourneys } from '../src/index.ts';
import { maxRetryMs, Patience } from '../src/patience.ts';

test('a hub that was never reached is told for every journey, without the wait for one that comes back', async () => {
  // Port 1 is nobody's.
  const hub = hubClient('127.0.0.1:1');
  try {
    const reports = await runJourneys(hub, journeyNames, () => {});
    expect(reports.map(({ name, ok }) => [name, ok])).toEqual(journeyNames.map((name) => [name, false]));
    for (const { problem } of reports) expect(problem).toContain('127.0.0.1:1');
  } finally {
    hub.close();
  }
});

test('a hub that has answered is waited for when it goes, once, and again when it came back', () => {
  const patience = new Patience();
  expect(patience.ms).toBeLessThan(maxRetryMs);
  patience.answered();
  expect(patience.ms).toBe(maxRetryMs);
  patience.givenUp();
  expect(patience.ms).toBe(0);
  patience.answered();
  expect(patience.ms).toBe(maxRetryMs);
});
