import { expect, test } from 'vitest';
import { isBehind } from '@lienthong/kernel/ports/world';
import { author, change, folderId, otherAuthor, text, wordsOf } from './folder-changes.ts';
import type { StoreClaims, WithStore } from './folder-store-contract.ts';
import { unclaimed } from './unclaimed.ts';

export function durabilityCases(withStore: WithStore, claims: StoreClaims): void {
  test('what was answered is there after closing and opening again', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    await under.store.append(change('a', 0, { segment: text('one'), aux: text('aux'), index: { code: ['c'] }, asides: [{ name: 'p', bytes: text('p') }], wakeAt: 3, unsettled: true }));
    await under.store.append(change('a', 1, { segment: text('two'), wakeAt: 3, unsettled: true }));
    const again = await under.reopen();
    const { segments, aux, ...rest } = (await again.load('a'))!;
    expect([wordsOf(segments), wordsOf([aux])]).toEqual([['one', 'two'], ['aux']]);
    expect(rest).toEqual({ id: 'a', version: 2, commit: 2, incarnation: author, wakeAt: 3, unsettled: true });
    expect([await again.find('code', 'c', 9), await again.due(3, 9), await again.unsettled(9), await again.lastCommit()]).toEqual([['a'], [{ id: 'a', wakeAt: 3 }], ['a'], 2]);
    expect(wordsOf((await again.asides('a', ['p'])).map(({ bytes }) => bytes!))).toEqual(['p']);
  }));

  test('owner, versions and commits go on where they stood', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    await under.store.append(change('a', 0));
    const again = await under.reopen();
    expect(await again.incarnation()).toBe(author);
    expect(await again.append(change('a', 1, { incarnation: otherAuthor }))).toEqual({ ok: false, conflict: 'incarnation' });
    expect(await again.append(change('a', 0))).toEqual({ ok: false, conflict: 'version' });
    expect(await again.append(change('a', 1))).toEqual({ ok: true, version: 2, commit: 2 });
  }));

  test('close waits for what was asked, and takes nothing more', () => withStore(async (under) => {
    const asked = Array.from({ length: 50 }, (_, at) => under.store.append(change(folderId(at), 0)));
    const again = await under.reopen();
    expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
    expect(await again.lastCommit()).toBe(50);
    await expect(under.store.append(change('late', 0))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    await expect(under.store.load(folderId(1))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  }));

  (claims.marks ? test : unclaimed)('the mark is never behind what was answered', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    let behind = 0;
    await Promise.all(Array.from({ length: 20 }, async (_, writer) => {
      for (let version = 0; version < 5; version++) {
        const result = await under.store.append(change(folderId(writer), version));
        const mark = under.mark();
        if (!result.ok || mark?.incarnation !== author || mark.commit < result.commit) behind++;
      }
    }));
    expect(behind).toBe(0);
    expect(under.mark()).toEqual({ incarnation: author, commit: 100 });
    const again = await under.reopen();
    expect(isBehind({ incarnation: await again.incarnation(), commit: await again.lastCommit() }, under.mark())).toBe(false);
  }));

  (claims.marks ? test : unclaimed)('a new owner moves the mark to itself, which keeps how far the owner before had come', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    await under.store.append(change('a', 0));
    await under.store.setIncarnation(otherAuthor);
    expect(under.mark()).toEqual({ incarnation: otherAuthor, commit: 1, before: 1 });
  }));

  (claims.marks ? test : unclaimed)('a restored backup is behind its mark: it takes nothing until it has a new incarnation', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    await under.store.append(change('kept', 0));
    const restore = await under.backup();
    await under.store.append(change('lost', 0));
    const old = await restore();
    expect([await old.load('lost'), await old.incarnation(), await old.lastCommit()]).toEqual([undefined, author, 1]);
    expect(isBehind({ incarnation: await old.incarnation(), commit: await old.lastCommit() }, under.mark())).toBe(true);
    expect(await old.append(change('lost', 0))).toEqual({ ok: false, conflict: 'incarnation' });
    await expect(old.setIncarnation(author)).rejects.toMatchObject({ code: 'STORE_BEHIND' });
    expect(under.mark()).toEqual({ incarnation: author, commit: 2 });
    await old.setIncarnation(otherAuthor);
    expect(under.mark()).toEqual({ incarnation: otherAuthor, commit: 1, before: 2 });
    expect(await old.append(change('kept', 1, { incarnation: otherAuthor }))).toEqual({ ok: true, version: 2, commit: 2 });
  }));

  (claims.marks ? test : unclaimed)('a backup from before a succession does not wake the successor either', () => withStore(async (under) => {
    await under.store.setIncarnation(author);
    const restore = await under.backup();
    await under.store.setIncarnation(otherAuthor);
    await under.store.append(change('a', 0, { incarnation: otherAuthor }));
    const old = await restore();
    for (const past of [author, otherAuthor]) await expect(old.setIncarnation(past)).rejects.toMatchObject({ code: 'STORE_BEHIND' });
    await old.setIncarnation('land~00000000000000c3');
    expect(await old.incarnation()).toBe('land~00000000000000c3');
  }));
}
