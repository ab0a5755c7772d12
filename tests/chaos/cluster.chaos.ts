/** The production shape suffers real faults under load, heals, and one checker goes over all that is left. Which faults come depends on the seed of the run. */
import { clusterMissing, runChaos } from '@lienthong/operator';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { expect, inject, test } from 'vitest';

const seconds = 40 * inject('size'), seed = inject('seed'), mix = seed % 2 === 0 ? 'deep' : 'many';
/** Start and healing on a busy machine take far longer than the faults. */
const testMs = 900_000 + seconds * 5_000;

const servers = inject('servers');
const missing = clusterMissing(servers);

describeWith(missing === undefined ? {} : { skipped: missing }, 'a cluster under chaos', () => {
  test(`${seconds} s of faults, seed ${seed}, mix ${mix}: nothing is lost, doubled, reordered or stuck`, async () => {
    const past: string[] = [];
    const { violations, ...figures } = await runChaos({ seconds, seed, mix, servers, note: (line) => { past.push(line); } });
    // Who looks at a red run elsewhere has nothing else of it.
    if (violations.length > 0) process.stdout.write(`${past.join('\n')}\n`);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(violations).toEqual([]);
    expect(figures.acknowledged).toBeGreaterThan(0);
    expect(Object.keys(figures.faults).length).toBeGreaterThan(0);
    expect(figures.ok).toBe(true);
  }, testMs);
});
