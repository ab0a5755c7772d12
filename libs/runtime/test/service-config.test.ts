import { describe, expect, it } from 'vitest';
import { ConfigFaults, readConfigOf, readServiceConfig } from '../src/index.ts';

const faultsOf = (environment: Record<string, string>, read: (environment: Record<string, string>) => unknown = readServiceConfig): readonly string[] => {
  try { read(environment); } catch (error) { if (error instanceof ConfigFaults) return error.faults; throw error; }
  return [];
};

describe('the settings of a service that runs apart', () => {
  it('have defaults for one machine', () => {
    const config = readServiceConfig({});
    expect({ ...config, peers: [...config.peers] }).toMatchObject({ grpcHost: '127.0.0.1', grpcPort: 50_051, kafka: ['127.0.0.1:9092'], mongo: 'mongodb://127.0.0.1:27017', peers: [], namespace: 'lienthong', keysDir: '' });
  });

  it('name peers, each with one instance or several', () => {
    const { peers, kafka } = readServiceConfig({ LIENTHONG_PEERS: 'land=a:1|b:2, intake=c:3', LIENTHONG_KAFKA: 'k1:9092, k2:9092' });
    expect([...peers]).toEqual([['land', 'a:1,b:2'], ['intake', 'c:3']]);
    expect(kafka).toEqual(['k1:9092', 'k2:9092']);
  });

  it.each([
    ['a peer twice', { LIENTHONG_PEERS: 'land=a:1,land=b:2' }, /LIENTHONG_PEERS.*one twice/],
    ['a peer without address', { LIENTHONG_PEERS: 'land' }, /LIENTHONG_PEERS/],
    ['a peer without port', { LIENTHONG_PEERS: 'land=host' }, /LIENTHONG_PEERS.*host:port/],
    ['a broker without port', { LIENTHONG_KAFKA: 'kafka' }, /LIENTHONG_KAFKA.*host:port/],
    ['another database', { LIENTHONG_MONGO: 'postgres://x' }, /LIENTHONG_MONGO.*mongodb/],
    ['a name to listen at', { LIENTHONG_GRPC_HOST: 'localhost' }, /LIENTHONG_GRPC_HOST.*IPv4/],
    ['a namespace with a dot', { LIENTHONG_NAMESPACE: 'a.b' }, /LIENTHONG_NAMESPACE/],
    ['an unknown setting', { LIENTHONG_KAFKAS: 'k:1' }, /LIENTHONG_KAFKAS.*LIENTHONG_KAFKA may be meant/],
    ['a force time below the grace time', { LIENTHONG_STOP_GRACE_MS: '9', LIENTHONG_STOP_FORCE_MS: '5' }, /STOP_FORCE_MS=5 is not above/],
  ])('refuse %s, naming it', (_what, environment, message) => {
    expect(faultsOf(environment)).toEqual([expect.stringMatching(message)]);
  });

  it('name all that is wrong at once', () => expect(faultsOf({ LIENTHONG_MONGO: 'x', LIENTHONG_KAFKA: 'y' })).toHaveLength(2));

  const peers = { LIENTHONG_PEERS: 'intake=a:1,postal=b:2' }, ofLand = (environment: Record<string, string>): unknown => readConfigOf('land', environment);
  it.each([
    ['a keeper that no service is', { ...peers, LIENTHONG_KEEPERS: 'land=intak' }, [/^LIENTHONG_KEEPERS names intak, .*LIENTHONG_PEERS$/]],
    ['somebody who is kept for and no service', { ...peers, LIENTHONG_KEEPERS: 'lnad=intake' }, [/^LIENTHONG_KEEPERS names lnad, /]],
    ['each such name once', { ...peers, LIENTHONG_KEEPERS: 'land=x,x=y,intake=y' }, [/names x, /, /names y, /]],
    ['all of them where no peer is named', { LIENTHONG_KEEPERS: 'land=intake' }, [/names intake, /]],
    ['nothing where all are known', { ...peers, LIENTHONG_KEEPERS: 'land=intake,intake=land,postal=intake' }, []],
    ['nothing more where the table itself is wrong', { ...peers, LIENTHONG_KEEPERS: 'land=land' }, [/^LIENTHONG_KEEPERS=.* keep its own records/]],
    ['nothing more where the peers are wrong', { LIENTHONG_PEERS: 'x', LIENTHONG_KEEPERS: 'land=intake' }, [/^LIENTHONG_PEERS=/]],
  ])('of a service refuse %s', (_what, environment, messages) => {
    expect(faultsOf(environment, ofLand)).toEqual(messages.map((message) => expect.stringMatching(message)));
  });

  it('are read for tools without asking who is a service: they need no keeper', () => expect(readServiceConfig({ LIENTHONG_KEEPERS: 'land=intake' }).keepers).toEqual({ land: 'intake' }));
});
