import { describe, expect, test } from 'vitest';
import { faults, isAuthentic, parseScript, parseTime, plainScript, printTime, signed } from '../src/index.ts';
import { drawn } from '../src/fault-script.ts';
import { faultOf } from '../src/sandbox-script.ts';

const secret = 'bí mật', message = signed('CONFIRM', { MaLoi: '00', MaDoiTac: 'LT', MaThamChieu: 'LT1', SoTien: '50000', MaTienTe: 'VND', MaGiaoDich: 'GD1', MaNganHang: 'VCB', ThoiGianGD: '20261128153000', ThongTinGiaoDich: 'H47-1' }, secret);

describe('a message', () => {
  test('is authentic as it was signed, and by no other secret', () => {
    expect([isAuthentic(message, secret), isAuthentic(message, 'another')]).toEqual([true, false]);
  });

  test.each(Object.keys(message).filter((field) => field !== 'MaXacThuc'))('is not, when %s is another', (field) => {
    expect(isAuthentic({ ...message, [field]: `${message[field]}0` }, secret)).toBe(false);
  });

  test.each([['no mark', { MaXacThuc: '' }], ['half a mark', { MaXacThuc: message['MaXacThuc']!.slice(0, 32) }], ['a field that could be two', { SoTien: '5|0' }], ['no kind', { LoaiBanTin: 'PAY' }]])('with %s is refused', (_what, more) => {
    expect(isAuthentic({ ...message, ...more }, secret)).toBe(false);
  });

  test('whose fields were moved over the line between them is another', () => {
    const one = signed('CONFIRM', { ...message, MaGiaoDich: 'AB', MaNganHang: '' }, secret), other = signed('CONFIRM', { ...message, MaGiaoDich: 'A', MaNganHang: 'B' }, secret);
    expect(one['MaXacThuc']).not.toBe(other['MaXacThuc']);
  });
});

test.each([['2026-11-28T08:30:00Z', '20261128153000'], ['2026-11-28T17:00:00Z', '20261129000000'], ['2026-11-28T04:59:59Z', '20261128115959']])('%s is %s: Vietnamese time, 24 hours', (iso, text) => {
  expect([printTime(Date.parse(iso)), parseTime(text)]).toEqual([text, Date.parse(iso)]);
});
test.each(['', '2026112815300', '20261328153000', '20261128250000', 'x'.repeat(14)])('"%s" is no time', (text) => expect(parseTime(text)).toBeNull());

describe('a script', () => {
  test('draws the same faults for the same seed, each about as often as its share says', () => {
    const script = { ...plainScript, seed: 7, rules: faults.map((fault) => ({ fault, share: 1 / faults.length })) };
    const all = Array.from({ length: 1_000 * faults.length }, (_one, n) => faultOf(script, n + 1));
    expect(Array.from({ length: 100 }, (_one, n) => faultOf(script, n + 1))).toEqual(all.slice(0, 100));
    expect(Array.from({ length: 100 }, (_one, n) => faultOf({ ...script, seed: 8 }, n + 1))).not.toEqual(all.slice(0, 100));
    for (const fault of faults) expect(Math.abs(all.filter((one) => one === fault).length - 1_000)).toBeLessThan(150);
    expect(drawn(7, 1)).toBe(drawn(7, 1));
  });

  test('names one order before any share', () => {
    expect(faultOf({ ...plainScript, rules: [{ fault: 'over', share: 1 }, { fault: 'mute', nth: 3 }] }, 3)).toBe('mute');
  });

  test.each(['{', '[]', '{"seed":0.5}', '{"rules":[{"fault":"eaten","share":1}]}', '{"rules":[{"fault":"over"}]}', '{"rules":[{"fault":"over","share":0.6},{"fault":"short","share":0.6}]}', '{"delayMs":-1}', '{"payafter":1}', '{"rules":[{"fault":"over","nth":0}]}'])('%s is none', (text) => {
    expect(() => parseScript(text)).toThrow();
  });
});
