/** Which servers a test runs against, and what it says when there are none. */
import { describe, expect, test } from 'vitest';
import { chooseServers } from '../src/servers/choose-servers.ts';
import type { ServersSetting } from '../src/servers/choose-servers.ts';

describe('servers for tests', () => {
  // setting, why no docker, why not local, what is taken
  test.each<[ServersSetting, string | undefined, string | undefined, string]>([
    ['auto', undefined, undefined, 'docker'],
    ['auto', undefined, 'no java', 'docker'],
    ['auto', 'no daemon', undefined, 'local'],
    ['auto', 'no daemon', 'no java', 'no Kafka: in Docker: no daemon; local: no java'],
    ['local', undefined, undefined, 'local'],
    ['local', undefined, 'no java', 'no Kafka: in Docker: LIENTHONG_TEST_SERVERS=local; local: no java'],
    ['docker', undefined, undefined, 'docker'],
    ['docker', 'no daemon', undefined, 'no Kafka: in Docker: no daemon; local: LIENTHONG_TEST_SERVERS=docker'],
    ['none', undefined, undefined, 'no Kafka: LIENTHONG_TEST_SERVERS=none'],
  ])('%s; no docker: %s; not local: %s → %s', (setting, docker, local, taken) => {
    const choice = chooseServers(setting, 'Kafka', { docker: () => docker, local: () => local });
    expect(typeof choice === 'string' ? choice : choice.skipped).toBe(taken);
  });

  test('nothing is looked for that the setting rules out', () => {
    const never = (): never => { throw new RangeError('looked for'); };
    expect(chooseServers('local', 'Kafka', { docker: never, local: () => undefined })).toBe('local');
    expect(chooseServers('docker', 'Kafka', { docker: () => undefined, local: never })).toBe('docker');
    expect(chooseServers('none', 'Kafka', { docker: never, local: never })).toMatchObject({ skipped: expect.any(String) });
  });
});
