import { expect, test } from 'vitest';
import { FolderLocks } from '../src/folder-locks.ts';

test('handlers of one folder run one after the other, of different folders at once; a full queue refuses', async () => {
  const locks = new FolderLocks(1);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async (): Promise<void> => { log.push(name); await new Promise<void>((end) => ends.set(name, end)); };
  const a1 = locks.run('a', work('a1'));
  const a2 = locks.run('a', work('a2'));
  const b1 = locks.run('b', work('b1'));
  await expect(locks.run('a', work('a3'))).rejects.toMatchObject({ code: 'FOLDER_BUSY' });
  const patient = locks.run('a', work('a4'), true);
  expect(log).toEqual(['a1', 'b1']);
  ends.get('a1')!(); await a1;
  expect(log).toEqual(['a1', 'b1', 'a2']);
  ends.get('a2')!(); await a2;
  ends.get('a4')!(); await patient;
  const idle = locks.idle();
  ends.get('b1')!(); await b1;
  await idle;
  expect(locks.held).toBe(0);
});

test('a handler that fails lets the next one in', async () => {
  const locks = new FolderLocks(5);
  const failing = locks.run('a', () => Promise.reject(new Error('no')));
  const next = locks.run('a', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
