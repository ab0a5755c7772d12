/** What every folder store must do, run against each adapter. */
import { describe } from 'vitest';
import type { OwnedStore } from '@lienthong/kernel/ports/folder-store';
import type { Mark } from '@lienthong/kernel/ports/world';
import { appendCases } from './folder-store-appends.ts';
import { durabilityCases } from './folder-store-durability.ts';
import { queryCases } from './folder-store-queries.ts';

/** One store with nothing in it. */
export type StoreUnderTest = {
  readonly store: OwnedStore;
  /** Closes the store that is open and opens it again on what is durable. */
  reopen(): Promise<OwnedStore>;
  /** Copies the store as it is now. What it answers puts the copy in place of the store, as an operator would, and opens it; the mark stays. */
  backup(): Promise<() => Promise<OwnedStore>>;
  /** What stands outside the store; undefined before the first raise. */
  mark(): Mark | undefined;
  dispose(): Promise<void>;
};

export type StoreClaims = {
  /** Raises a high-water mark before it answers. */
  readonly marks: boolean;
};

export function folderStoreContract(name: string, make: () => Promise<StoreUnderTest>, claims: StoreClaims): void {
  describe(`${name} keeps the promises of a folder store`, () => {
    const withStore = async (body: (under: StoreUnderTest) => Promise<void>): Promise<void> => {
      const under = await make();
      try { await body(under); } finally { await under.dispose(); }
    };
    describe('append', () => appendCases(withStore));
    describe('queries', () => queryCases(withStore));
    describe('durability', () => durabilityCases(withStore, claims));
  });
}

export type WithStore = (body: (under: StoreUnderTest) => Promise<void>) => Promise<void>;
