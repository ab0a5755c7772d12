/** A database put back byte for byte; whoever writes to it afterwards knows that it is old. */
import { afterEach, expect, inject, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import { copyDatabase, replaceDatabase } from '../src/index.ts';
import { author, change } from './append-changes.ts';
import { TestDatabase } from './test-store.ts';

describeWith(await sharedMongo(inject('servers')), 'a copy of a database', (server) => {
  let database: TestDatabase;
  afterEach(() => database.dispose());

  test('has every document, and put back it is what it was, behind its mark', async () => {
    database = new TestDatabase(server().uri);
    const [first, second] = ['a'.repeat(64), 'b'.repeat(64)] as const, { uri, prefix } = database;
    const before = await database.open();
    await before.setIncarnation(author);
    await before.append(change(first, 0, { asides: [{ name: 'x', bytes: Buffer.from('kept') }], index: { code: ['1'] } }));
    await before.close();
    const copy = await copyDatabase(uri, 'land', prefix);
    const later = await database.open();
    await later.append(change(first, 1));
    await later.append(change(second, 0));
    await later.close();
    expect(await copyDatabase(uri, 'land', prefix)).not.toEqual(copy);
    await replaceDatabase(uri, 'land', copy, prefix);
    expect(await copyDatabase(uri, 'land', prefix)).toEqual(copy);
    const after = await database.open();
    expect((await after.load(first))?.version).toBe(1);
    expect(await after.load(second)).toBeUndefined();
    expect((await after.asides(first, ['x'])).map(({ bytes }) => Buffer.from(bytes!).toString())).toEqual(['kept']);
    expect(await after.find('code', '1', 9)).toEqual([first]);
    expect(await after.append(change(first, 1))).toEqual({ ok: false, conflict: 'incarnation' });
  });
});
