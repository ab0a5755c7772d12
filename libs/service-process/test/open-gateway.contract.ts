/** The platforms of a process, from its settings and the files of their secrets. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signed } from '@lienthong/payment-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGateways } from '../src/index.ts';

let directory: string;
const file = (name: string): string => join(directory, name);
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lienthong-gateways-'));
  for (const [name, text] of [['real', 'khóa thật\n'], ['rehearsal', 'khóa diễn tập'], ['same', ' khóa thật '], ['empty', ' \n']] as const) await writeFile(file(name), text);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const open = (real: string, rehearsal: string): ReturnType<typeof openGateways> => openGateways({
  gatewayUrl: real === '' ? '' : 'https://thanhtoan.example', gatewayName: 'dvcqg', gatewayPartner: 'LIENTHONG', gatewaySecretFile: real === '' ? '' : file(real),
  rehearsalGatewayUrl: rehearsal === '' ? '' : 'http://127.0.0.1:8099', rehearsalGatewaySecretFile: rehearsal === '' ? '' : file(rehearsal),
}, () => 0);

test.each<[string, string, string | null, string | null]>([['', '', null, null], ['real', '', 'dvcqg', null], ['', 'rehearsal', null, 'dien-tap'], ['real', 'rehearsal', 'dvcqg', 'dien-tap']])('"%s" and "%s"', (real, rehearsal, name, rehearsed) => {
  const { gateway, rehearsalGateway } = open(real, rehearsal);
  expect([gateway?.name ?? null, rehearsalGateway?.name ?? null]).toEqual([name, rehearsed]);
});

test('each believes its own secret under its own name, and nothing else', () => {
  const { gateway, rehearsalGateway } = open('real', 'rehearsal');
  const said = (MaDoiTac: string, secret: string): readonly boolean[] => { const message = signed('CONFIRM', { MaLoi: '00', MaDoiTac }, secret); return [gateway, rehearsalGateway].map((one) => one!.confirmation(message) !== undefined); };
  expect([said('LIENTHONG', 'khóa thật'), said('DIENTAP', 'khóa diễn tập'), said('DIENTAP', 'khóa thật'), said('LIENTHONG', 'khóa diễn tập')]).toEqual([[true, false], [false, true], [false, false], [false, false]]);
});

test.each<[string, string, string, RegExp]>([['one secret for both', 'real', 'same', /khóa diễn tập trùng khóa thật/], ['an empty secret', 'empty', '', /no secret in/], ['no file', 'real', 'nowhere', /nowhere/]])('%s is no start', (_what, real, rehearsal, told) => {
  expect(() => open(real, rehearsal)).toThrow(told);
});
