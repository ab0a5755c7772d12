/** Requests that no route takes: whoever asked gets the product's own words, never those of the library beneath. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { HubError } from '@lienthong/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPortal } from '../src/index.ts';
import type { PortalPorts } from '../src/index.ts';

const refused = async (): Promise<never> => { throw new HubError('TRACK_REFUSED', {}); };
const failures: unknown[] = [];
const ports: PortalPorts = { track: refused, checkResult: refused, form: () => { throw new HubError('TRACK_REFUSED', {}); }, confirm: refused, post: null, live: () => true, ready: () => ({ ready: true, parts: [] }), failed: (error) => failures.push(error) };
const portal = createPortal(ports);
let port = 0;
beforeAll(async () => { port = await portal.listen(0); });
afterAll(() => portal.stop());

/** What comes back for these bytes, until the other side closes. */
function answerTo(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
const asked = (method: string, target: string, header = ''): Promise<string> => answerTo(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${header}Connection: close\r\n\r\n`);

describe('a request that no route takes', () => {
  test.each([
    ['a malformed address', 'GET', '/%zz', 400, 'Không đọc được'],
    ['a character that is cut off', 'GET', '/track/%E0%A4%A', 400, 'Không đọc được'],
    ['the same in English', 'GET', '/%zz?lang=en', 400, 'cannot be read'],
    ['a code that is too long', 'GET', `/track/${'a'.repeat(5_000)}`, 414, 'Không đọc được'],
    ['an unknown page', 'GET', '/nothing', 404, 'Không có trang này'],
    ['another method', 'PUT', '/track', 404, 'Không có trang này'],
  ])('%s is answered with a page', async (_case, method, target, status, words) => {
    const answer = await asked(method, target);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('text/html; charset=utf-8');
    expect(answer).toContain("default-src 'none'");
    expect(answer).toContain(words);
    expect(answer).not.toContain('FST_ERR');
  });

  test.each([
    ['a malformed address', 'GET', '/api/v1/%zz', 400, 'MALFORMED_MESSAGE'],
    ['an unknown path', 'GET', '/api/v1/nothing', 404, 'UNKNOWN_PATH'],
    ['another method', 'GET', '/api/v1/track', 404, 'UNKNOWN_PATH'],
    ['an unknown path, said with the name of the server', 'GET', 'http://other.example/api/v1/nothing', 404, 'UNKNOWN_PATH'],
  ])('%s below /api is answered for programs', async (_case, method, target, status, reason) => {
    const answer = await asked(method, target);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({ reason, domain: 'lienthong.vn' });
  });

  test.each([
    ['headers beyond the bound', `X-A: ${'a'.repeat(20_000)}\r\n`, 431],
    ['a header without a name', ': a\r\n', 400],
  ])('%s are answered in our words too', async (_case, header, status) => {
    const answer = await asked('GET', '/', header);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('Không đọc được');
    expect(answer).toContain("default-src 'none'");
  });

  test('has no body where none is asked for', async () => {
    expect((await asked('HEAD', '/%zz')).split('\r\n\r\n')[1]).toBe('');
  });

  test('is no defect of the hub', () => {
    expect(failures).toEqual([]);
  });
});
