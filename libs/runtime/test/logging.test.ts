import { describe, expect, it, test } from 'vitest';
import { createLogger, redact, redactText } from '../src/index.ts';
import type { Logger } from '../src/index.ts';

function logged(act: (log: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  act(createLogger({ level: 'info', write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('is one JSON object with level, time, facts and a constant sentence', () => {
    const [line] = logged((log) => log.info({ dossier: '000.00.01.H47-250612-000007', office: 'land-hoi-an' }, 'leg taken over'));
    expect(line).toMatchObject({ level: 'info', dossier: '000.00.01.H47-250612-000007', office: 'land-hoi-an', msg: 'leg taken over' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('below the level is not written', () => expect(logged((log) => log.debug('noise'))).toEqual([]));

  it('shows no particulars: not as field, not in depth, not in the sentence, not in an error, not in a child logger', () => {
    const secrets = ['Nguyễn Thị Sáu', '049190001234', '0905123456', 'Thôn 3, Trà Giang'];
    const lines = logged((log) => {
      log.info({ applicant: { full_name: secrets[0] } }, 'received');
      log.info({ request: { parts: [{ identityNumber: secrets[1], address: secrets[3] }] } }, 'received');
      log.info(`citizen ${secrets[1]} called from ${secrets[2]}`);
      log.error({ err: new Error(`no row for ${secrets[1]}`, { cause: { phone: secrets[2] } }) }, 'failed for %s', secrets[1]);
      log.child({ fullName: secrets[0], dossier: 'D' }).warn('still waiting');
    });
    expect(lines).toHaveLength(5);
    for (const secret of secrets) expect(JSON.stringify(lines)).not.toContain(secret);
    expect(lines[4]).toMatchObject({ dossier: 'D', fullName: '[particulars]' });
  });

  it('of an error keeps its type, message, stack and what caused it', () => {
    const [line] = logged((log) => log.error({ err: new TypeError('bad', { cause: new Error('worse') }) }, 'failed'));
    expect(line?.['err']).toMatchObject({ type: 'TypeError', message: 'bad', cause: { type: 'Error', message: 'worse' } });
    expect(String((line?.['err'] as { stack: string }).stack)).toContain('logging.test');
  });
});

describe('redaction', () => {
  test.each([
    ['049190001234', '[particulars]'],
    ['gọi 0905123456.', 'gọi [particulars].'],
    ['"0905123456",', '"[particulars]",'],
    ['gọi 0905123456', 'gọi [particulars]'],
    ['1.013831', '1.013831'],
    ['000.00.01.H47-250612-000007', '000.00.01.H47-250612-000007'],
    ['intake~00112233445566aa', 'intake~00112233445566aa'],
    ['1756000000000', '1756000000000'],
  ])('of %s is %s', (text, shown) => expect(redactText(text)).toBe(shown));

  it('bounds what is long, deep or circular, and never writes bytes', () => {
    const circle: Record<string, unknown> = { bytes: new Uint8Array(9), text: 'x'.repeat(10_000), list: Array.from({ length: 500 }, (_, i) => i) };
    circle['self'] = circle;
    const shown = redact(circle) as Record<string, unknown>;
    expect(shown).toMatchObject({ bytes: '[9 bytes]', self: '[shown above]' });
    expect((shown['text'] as string).length).toBe(4_001);
    expect(shown['list']).toHaveLength(100);
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), 'end');
    expect(JSON.stringify(redact(deep))).toContain('[deeper]');
  });
});
