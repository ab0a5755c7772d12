/** What the kernel tells whoever runs it. Never personal data: ids, codes, counts. */
import type { AuthorId, FolderId, Fork, Rejection } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import type { HubError } from './errors.ts';

/** Bytes of one update that are no entries, by the first of them; kept nowhere else. */
export type DeadLetter = { readonly service: ServiceName; readonly folder: FolderId; readonly sender: string; readonly bytes: Uint8Array; readonly cause: string; readonly count: number };

export type Reports = {
  /** Somebody should look: the row of the error says what to do. */
  alarm(error: HubError, folder: FolderId | null): void;
  /** Two entries of one author with one number: both are kept. */
  fork(folder: FolderId, fork: Fork): void;
  rejected(folder: FolderId, rejections: readonly Rejection[]): void;
  deadLetter(letter: DeadLetter): void;
  /** Updates that came together and were passed over, for nobody has a certificate of their senders; `sender` is that of the first. */
  strangers(sender: AuthorId, count: number): void;
  /** The store was behind; a new incarnation takes over. */
  succession(event: SuccessionReport): void;
};

export type SuccessionReport = {
  readonly service: ServiceName;
  /** `forced`: an operator let it go on without `waitsFor`. `returned`: those came back and have been gone through. `inspected`: what came back was compared with what was done upon it elsewhere; what is missing is listed. */
  readonly step: 'begun' | 'forced' | 'sealed' | 'recovered' | 'returned' | 'inspected';
  readonly author: string;
  readonly predecessors: readonly string[];
  /** Services whose seal is still missing. */
  readonly waitsFor: readonly ServiceName[];
};

export const silent: Reports = { alarm() {}, fork() {}, rejected() {}, deadLetter() {}, strangers() {}, succession() {} };
