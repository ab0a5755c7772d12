/** Callers who do not wait for answers are refused before they fill the memory; what was taken is answered, and afterwards there is room again. */
import { maxSegmentBytes } from '@lienthong/kernel/ports/folder-store';
import { expect, test } from 'vitest';
import { author, change, open, storeDirectory } from './store-directory.ts';

test('more than 256 MiB that wait are refused, and nothing of it is written', async () => {
  const store = open(storeDirectory()).namespace('land'), segment = Buffer.alloc(maxSegmentBytes), missing = 7;
  await store.setIncarnation(author);
  // Of folders that are not there: each is looked at and none is written, so that only the waiting costs anything.
  const answers = await Promise.allSettled(Array.from({ length: 34 }, (_one, n) => store.append(change(`f${n}`, missing, { segment }))));
  const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as { readonly code: string; readonly remedy: object }] : []));
  expect(refused.length).toBeGreaterThanOrEqual(2);
  for (const one of refused) expect(one).toMatchObject({ code: 'STORE_OVERLOADED', remedy: { vi: expect.any(String), en: expect.any(String) } });
  expect(answers.filter((one) => one.status === 'fulfilled').map((one) => one.value)).toEqual(Array.from({ length: answers.length - refused.length }, () => ({ ok: false, conflict: 'version' })));
  expect(await store.append(change('after', 0))).toMatchObject({ ok: true });
  expect(await store.load('f33')).toBeUndefined();
});
