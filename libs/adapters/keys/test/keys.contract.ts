import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkKnown, openKeys, sha256, systemWorld } from '../src/index.ts';

let path: string;
beforeEach(() => { path = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys'); });
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

const hash = sha256(new TextEncoder().encode('an entry'));
const otherHash = sha256(new TextEncoder().encode('another entry'));

describe('incarnations', () => {
  test('a service keeps its incarnation over restarts, and each service has its own', () => {
    const land = openKeys(path).incarnationOf('land');
    const again = openKeys(path);
    expect(land).toMatch(/^land~[0-9a-f]{16}$/);
    expect([again.incarnationOf('land'), openKeys(path).incarnationOf('land')]).toEqual([land, land]);
    expect(again.incarnationOf('land-tax')).toMatch(/^land-tax~[0-9a-f]{16}$/);
    expect(again.incarnationOf('land')).toBe(land);
  });

  test('a new incarnation may succeed all that came before, newest first; nobody else may', () => {
    const keys = openKeys(path);
    const [first, other] = [keys.incarnationOf('land'), keys.incarnationOf('intake')];
    const second = keys.newIncarnation('land');
    const third = keys.newIncarnation('land');
    const again = openKeys(path);
    expect(again.incarnationOf('land')).toBe(third);
    expect(again.predecessorsOf(third)).toEqual([second, first]);
    expect([[third, second], [third, first], [second, first], [first, second], [third, third], [third, other], [other, first], ['land~0000000000000000', first]].map(([successor, predecessor]) => again.maySucceed(successor!, predecessor!)))
      .toEqual([true, true, true, false, false, false, false, false]);
  });

  test('a private key that is gone is told at the start, not with the first signature', () => {
    const land = openKeys(path).incarnationOf('land'), file = join(path, 'private', `${land}.pem`);
    rmSync(file);
    expect(() => openKeys(path).incarnationOf('land')).toThrow(expect.objectContaining({ code: 'KEYS_MISSING', file }));
  });

  test('a private key that is not the one of its certificate is told at the start: one letter turned, or the file of another service', () => {
    const keys = openKeys(path), [land, intake] = [keys.incarnationOf('land'), keys.incarnationOf('intake')], file = join(path, 'private', `${land}.pem`), lines = readFileSync(file, 'utf8').split('\n');
    const turned = lines.map((line, at) => (at === 1 ? `${line.slice(0, 40)}${line[40] === 'A' ? 'B' : 'A'}${line.slice(41)}` : line)).join('\n');
    for (const text of [turned, readFileSync(join(path, 'private', `${intake}.pem`), 'utf8')]) {
      rmSync(file);
      writeFileSync(file, text);
      expect(() => openKeys(path).incarnationOf('land')).toThrow(expect.objectContaining({ code: 'KEYS_DAMAGED', file }));
    }
    expect(openKeys(path).incarnationOf('intake')).toBe(intake);
  });

  test('a store that nobody here knows is refused, and nothing is made in the place of the lost keys', () => {
    const land = openKeys(path).incarnationOf('land'), elsewhere = join(path, '..', 'lost');
    checkKnown(path, [land]);
    checkKnown(elsewhere, []);
    for (const [directory, writer] of [[path, 'land~00000000000000ff'], [elsewhere, land]] as const) expect(() => checkKnown(directory, [writer])).toThrow(expect.objectContaining({ code: 'KEYS_MISSING' }));
    expect(existsSync(elsewhere)).toBe(false);
  });

  test('an incarnation whose keys were lost can be succeeded by name', () => {
    const keys = openKeys(path);
    const lost = 'land~00000000000000ff';
    expect(keys.maySucceed(keys.newIncarnation('land', [lost]), lost)).toBe(true);
  });

  test('instances of one service over one directory follow each other: no two succeed the same incarnation', () => {
    const one = openKeys(path), other = openKeys(path);
    const first = one.incarnationOf('land');
    expect(other.incarnationOf('land')).toBe(first);
    const second = one.newIncarnation('land');
    expect(other.incarnationOf('land')).toBe(second);
    const third = one.newIncarnation('land'), fourth = other.newIncarnation('land');
    expect(other.predecessorsOf(fourth)).toEqual([third, second, first]);
    expect([one.incarnationOf('land'), openKeys(path).incarnationOf('land')]).toEqual([fourth, fourth]);
    expect(other.verify(third, hash, one.sign(third, hash))).toBe(true);
  });

  test('a lock that its holder left behind is taken over', () => {
    const keys = openKeys(path);
    const lock = join(path, 'land.lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    expect(keys.incarnationOf('land')).toMatch(/^land~/);
    expect(existsSync(lock)).toBe(false);
  });

  test('a key that a dead process left unfinished does not stay; one that is being written does', () => {
    openKeys(path);
    const left = [join(path, 'root.pem.4711.part'), join(path, 'private', 'land~00000000000000ff.pem.4712.part')], fresh = join(path, 'private', 'intake~00000000000000ff.pem.4713.part');
    for (const file of [...left, fresh]) writeFileSync(file, 'half a key');
    for (const file of left) utimesSync(file, new Date(0), new Date(0));
    openKeys(path);
    expect([...left, fresh].map((file) => existsSync(file))).toEqual([false, false, true]);
  });

  test('a crash between key and certificate leaves the old incarnation in place', () => {
    const keys = openKeys(path);
    const first = keys.incarnationOf('land');
    const second = keys.newIncarnation('land');
    rmSync(join(path, 'certificates', `${second}.json`));
    const again = openKeys(path);
    expect(again.incarnationOf('land')).toBe(first);
    expect(again.predecessorsOf(again.newIncarnation('land'))).toEqual([first]);
  });
});

describe('signatures', () => {
  test('what an author signed is verified by whoever holds its certificate, and nothing else is', () => {
    const keys = openKeys(path);
    const [land, intake] = [keys.incarnationOf('land'), keys.incarnationOf('intake')];
    const proof = keys.sign(land, hash);
    const spoilt = { ...proof, signature: proof.signature.map((byte, at) => (at === 10 ? byte ^ 1 : byte)) };
    const cases: [boolean, boolean][] = [
      [keys.verify(land, hash, proof), true],
      [openKeys(path).verify(land, hash, proof), true],
      [keys.verify(land, otherHash, proof), false],
      [keys.verify(intake, hash, proof), false],
      [keys.verify(intake, hash, { ...proof, keyId: keys.sign(intake, hash).keyId }), false],
      [keys.verify(land, hash, { ...proof, keyId: 'ffffffffffffffff' }), false],
      [keys.verify(land, hash, spoilt), false],
      [keys.verify(land, hash, { ...proof, signature: proof.signature.subarray(1) }), false],
      [keys.verify(land, 'not a hash', proof), false],
      [keys.verify('land~0000000000000000', hash, proof), false],
    ];
    expect(cases.map(([given]) => given)).toEqual(cases.map(([, expected]) => expected));
  });

  test('an old incarnation still verifies after its succession', () => {
    const keys = openKeys(path);
    const first = keys.incarnationOf('land');
    const proof = keys.sign(first, hash);
    keys.newIncarnation('land');
    expect(openKeys(path).verify(first, hash, proof)).toBe(true);
  });

  test('only a hash is signed, and only with a key that is here', () => {
    const keys = openKeys(path);
    const land = keys.incarnationOf('land');
    expect(() => keys.sign(land, 'lienthong certificate v1')).toThrow(RangeError);
    rmSync(join(path, 'private', `${land}.pem`));
    expect(() => openKeys(path).sign(land, hash)).toThrow(expect.objectContaining({ code: 'KEYS_MISSING', remedy: { vi: expect.stringContaining('lienthong -- restore --from'), en: expect.stringContaining('lienthong -- restore --from') } }));
  });
});

describe('files', () => {
  test('private keys are readable by their owner alone, in PKCS#8', () => {
    openKeys(path).incarnationOf('land');
    const secrets = [join(path, 'root.pem'), ...readdirSync(join(path, 'private')).map((name) => join(path, 'private', name))];
    expect(secrets).toHaveLength(2);
    for (const file of secrets) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    }
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['another predecessor', (text: string) => text.replace('"predecessors": []', '"predecessors": ["land~00000000000000ff"]')],
    ['another author', (text: string) => text.replace(/land~/, 'bank~')],
    ['another signature', (text: string) => text.replace(/"signature": ".{4}/, '"signature": "AAAA')],
    ['no certificate at all', () => '{}'],
    ['garbage', () => 'PEM?'],
  ])('a certificate with %s is refused, naming the file', (_, spoil) => {
    const author = openKeys(path).incarnationOf('land');
    const file = join(path, 'certificates', `${author}.json`);
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o644);
    writeFileSync(file, spoil(before));
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    expect(() => openKeys(path)).toThrow(expect.objectContaining({ code: 'KEYS_DAMAGED', file }));
  });

  test('without the root\'s private key all goes on, but no incarnation is made', () => {
    const land = openKeys(path).incarnationOf('land');
    rmSync(join(path, 'root.pem'));
    const keys = openKeys(path);
    expect(keys.verify(land, hash, keys.sign(land, hash))).toBe(true);
    expect(() => keys.newIncarnation('land')).toThrow(expect.objectContaining({ code: 'KEYS_NO_ROOT' }));
    expect(keys.incarnationOf('land')).toBe(land);
    expect(existsSync(join(path, 'root.pem'))).toBe(false);
  });

  test('a machine learns certificates of the same root, and of no other', () => {
    const keys = openKeys(path);
    const land = keys.incarnationOf('land');
    const [certificate] = keys.certificates();
    const stranger = openKeys(join(path, '..', 'stranger'));
    expect(stranger.learn(certificate)).toBe(false);
    expect(stranger.verify(land, hash, keys.sign(land, hash))).toBe(false);
    rmSync(join(path, 'certificates', `${land}.json`));
    const again = openKeys(path);
    expect([again.learn({ ...certificate, predecessors: ['land~00000000000000ff'] }), again.learn(null), again.learn(certificate), again.learn(certificate)]).toEqual([false, false, true, true]);
    expect(again.verify(land, hash, keys.sign(land, hash))).toBe(true);
    expect(openKeys(path).incarnationOf('land')).toBe(land);
  });
});

test('the world of a process hashes, signs and wakes', async () => {
  const keys = openKeys(path);
  const world = systemWorld(keys);
  expect(world.hash(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(world.verify('land~0', hash, world.sign(keys.incarnationOf('land'), hash))).toBe(false);
  expect([world.randomBytes(16), world.randomBytes(16)].map((bytes) => bytes.length)).toEqual([16, 16]);
  const woken: string[] = [];
  world.later(1, () => woken.push('cancelled'))();
  const farAway = world.later(2 ** 40, () => woken.push('overflowed'));
  await new Promise<void>((resolve) => world.later(5, () => { woken.push('woken'); resolve(); }));
  farAway();
  expect(woken).toEqual(['woken']);
});
