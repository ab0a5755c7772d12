import { describe, expect, it, test } from 'vitest';
import { ConfigFaults, configRows, environmentForChildren, printConfig, publicUrlOf, readConfig, readTestSettings } from '../src/index.ts';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as ConfigFaults).faults;
  }
};

describe('the settings of a hub', () => {
  it('are all there when the environment is empty', () => {
    expect(readConfig({})).toEqual({
      httpPort: 8080, grpcPort: 50051, dataDir: './data', referenceDir: '', logLevel: 'info', rehearsals: 'allow', publicUrl: '', stopGraceMs: 10_000, stopForceMs: 20_000, gatewayUrl: '', gatewayName: 'dvcqg', gatewayPartner: 'LIENTHONG', gatewaySecretFile: '', rehearsalGatewayUrl: '', rehearsalGatewaySecretFile: '', postKeysFile: '', trustedProxies: [], crashAt: null,
    });
  });

  it('come from the environment, where an empty text means the default', () => {
    const config = readConfig({ LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '', LIENTHONG_DATA_DIR: 'elsewhere', LIENTHONG_REHEARSALS: 'refuse', PATH: 'x' });
    expect(config).toMatchObject({ httpPort: 0, grpcPort: 50051, dataDir: 'elsewhere', rehearsals: 'refuse' });
  });

  test.each([
    ['LIENTHONG_HTTP_PORT', '65535', true], ['LIENTHONG_HTTP_PORT', '65536', false], ['LIENTHONG_HTTP_PORT', '-1', false],
    ['LIENTHONG_HTTP_PORT', '80.5', false], ['LIENTHONG_HTTP_PORT', '0x50', false], ['LIENTHONG_HTTP_PORT', '80 ', false],
    ['LIENTHONG_LOG_LEVEL', 'debug', true], ['LIENTHONG_LOG_LEVEL', 'DEBUG', false],
    ['LIENTHONG_REHEARSALS', 'yes', false],
    ['LIENTHONG_DATA_DIR', 'a\0b', false],
    ['LIENTHONG_PUBLIC_URL', 'https://motcua.example/', true], ['LIENTHONG_PUBLIC_URL', 'motcua.example', false],
    ['LIENTHONG_PUBLIC_URL', 'ftp://motcua.example', false], ['LIENTHONG_PUBLIC_URL', 'https://motcua.example/?a', false],
    ['LIENTHONG_STOP_GRACE_MS', '0', true], ['LIENTHONG_STOP_GRACE_MS', '20000', false], ['LIENTHONG_STOP_FORCE_MS', '10001', true],
    ['LIENTHONG_CRASH_AT', 'command-stored', true], ['LIENTHONG_CRASH_AT', 'command-stored:3', true], ['LIENTHONG_CRASH_AT', 'command-stored:0', false], ['LIENTHONG_CRASH_AT', 'nowhere', false],
    ['LIENTHONG_GATEWAY_URL', 'https://thanhtoan.example', false], ['LIENTHONG_GATEWAY_NAME', 'PayGov!', false], ['LIENTHONG_GATEWAY_PARTNER', 'A|B', false], ['LIENTHONG_GATEWAY_SECRET_FILE', 'secret', true],
    ['LIENTHONG_TRUSTED_PROXIES', '10.0.0.0/8, 127.0.0.1,::1,2001:db8::/32', true], ['LIENTHONG_TRUSTED_PROXIES', '10.0.0.0/33', false], ['LIENTHONG_TRUSTED_PROXIES', '10.0.0/8', false], ['LIENTHONG_TRUSTED_PROXIES', 'proxy.example', false],
    ['LIENTHONG_TRUSTED_PROXIES', '10.0.0.0/8/8', false], ['LIENTHONG_TRUSTED_PROXIES', '10.0.0.0/', false], ['LIENTHONG_TRUSTED_PROXIES', 'true', false], ['LIENTHONG_TRUSTED_PROXIES', Array(64).fill('::1').join(), true], ['LIENTHONG_TRUSTED_PROXIES', Array(65).fill('::1').join(), false],
    ['LIENTHONG_TEST_SEED', 'anything', true],
  ])('%s=%s is taken: %s', (name, value, taken) => {
    expect(faultsOf({ [name]: value }).length === 0).toBe(taken);
  });

  it('name no gateway without the file of its secret', () => {
    expect(faultsOf({ LIENTHONG_GATEWAY_URL: 'https://thanhtoan.example' })).toEqual(['LIENTHONG_GATEWAY_URL is set and LIENTHONG_GATEWAY_SECRET_FILE is not']);
    expect(faultsOf({ LIENTHONG_GATEWAY_URL: 'https://thanhtoan.example', LIENTHONG_GATEWAY_SECRET_FILE: 'secret' })).toEqual([]);
  });

  it('let no rehearsal reach the platform that takes money, nor be taken for real', () => {
    const real = { LIENTHONG_GATEWAY_URL: 'https://thanhtoan.example/cong', LIENTHONG_GATEWAY_SECRET_FILE: 'secret' }, sandbox = { LIENTHONG_REHEARSAL_GATEWAY_URL: 'http://127.0.0.1:8099', LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE: 'other' };
    expect([faultsOf(sandbox), faultsOf({ ...real, ...sandbox })]).toEqual([[], []]);
    expect(faultsOf({ ...real, ...sandbox, LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE: '' })).toEqual(['LIENTHONG_REHEARSAL_GATEWAY_URL is set and LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE is not']);
    expect(faultsOf({ ...real, ...sandbox, LIENTHONG_REHEARSAL_GATEWAY_URL: 'https://THANHTOAN.example/cong/' })).toEqual(['LIENTHONG_REHEARSAL_GATEWAY_URL is LIENTHONG_GATEWAY_URL: rehearsals would be paid for real']);
    expect(faultsOf({ ...real, ...sandbox, LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE: 'secret' })).toEqual(['LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE is LIENTHONG_GATEWAY_SECRET_FILE: a rehearsal could be taken for real']);
    expect(faultsOf({ LIENTHONG_GATEWAY_PARTNER: 'DIENTAP', LIENTHONG_GATEWAY_NAME: 'dien-tap' })).toEqual(['LIENTHONG_GATEWAY_PARTNER=DIENTAP is the name of rehearsals', 'LIENTHONG_GATEWAY_NAME=dien-tap is the name of rehearsals']);
  });

  it('that are wrong are all named at once, with the value and what would be right', () => {
    const faults = faultsOf({ LIENTHONG_HTTP_PORT: 'http', LIENTHONG_REHEARSALS: 'no', LIENTHONG_DATA_DRI: 'x' });
    expect(faults).toEqual([
      'LIENTHONG_HTTP_PORT="http" is not a whole number from 0 to 65535',
      'LIENTHONG_REHEARSALS="no" is not one of allow, refuse',
      'LIENTHONG_DATA_DRI is not a setting of the hub; LIENTHONG_DATA_DIR may be meant',
    ]);
  });

  it('fail with a message that names every fault and the command that lists the settings', () => {
    expect(() => readConfig({ LIENTHONG_HTTP_PORT: 'a', LIENTHONG_GRPC_PORT: 'b' })).toThrow(/LIENTHONG_HTTP_PORT[^]*LIENTHONG_GRPC_PORT[^]*lienthong -- config/);
  });

  it('are printed with value, default, unit and purpose in both languages, wrong ones with what is wrong', () => {
    const text = printConfig({ LIENTHONG_GRPC_PORT: '6000', LIENTHONG_LOG_LEVEL: 'loud' });
    for (const row of configRows({})) {
      expect(text).toContain(row.name);
      expect(text).toContain(row.unit);
      expect(text).toContain(row.purpose.vi);
      expect(text).toContain(row.purpose.en);
    }
    expect(text).toContain('LIENTHONG_GRPC_PORT=6000\n');
    expect(text).toContain('LIENTHONG_LOG_LEVEL=loud\n');
    expect(text).toContain('SAI / WRONG: is not one of fatal');
    expect(text).toContain('LIENTHONG_HTTP_PORT=8080   (mặc định / default)');
  });

  it('lead the outside to the bound port unless there is a public address', () => {
    expect(publicUrlOf(readConfig({}), 41234)).toBe('http://127.0.0.1:41234');
    expect(publicUrlOf(readConfig({ LIENTHONG_PUBLIC_URL: 'https://motcua.example/' }), 41234)).toBe('https://motcua.example');
  });
});

it('a child with settings of its own inherits everything but the settings of the hub', () => {
  expect(environmentForChildren({ PATH: '/bin', LIENTHONG_HTTP_PORT: '1', HOME: undefined })).toEqual({ PATH: '/bin' });
});

describe('the settings of the test suites', () => {
  it('are seed 1, size 1 and whatever servers there are unless given', () => expect(readTestSettings({})).toEqual({ seed: 1, size: 1, servers: 'auto' }));
  it('are read from the environment', () => expect(readTestSettings({ LIENTHONG_TEST_SEED: '20260101', LIENTHONG_TEST_SIZE: '4', LIENTHONG_TEST_SERVERS: 'local' })).toEqual({ seed: 20_260_101, size: 4, servers: 'local' }));
  it('do not accept what they cannot mean', () => expect(() => readTestSettings({ LIENTHONG_TEST_SEED: 'x', LIENTHONG_TEST_SIZE: '0', LIENTHONG_TEST_SERVERS: 'some' })).toThrow(/SEED[^]*SIZE[^]*SERVERS/));
});
