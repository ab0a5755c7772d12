/**
 * The high-water mark of a store that several instances share. Each has a file of its own in one directory beside the keys, which all of them see:
 * nobody writes into another's, and whoever starts reads all.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { furthest } from '@lienthong/kernel/ports/world';
import type { HighWaterMark, Keys, Mark } from '@lienthong/kernel/ports/world';
import { MarkFile, readMarks } from './mark-file.ts';

export type SharedMark = HighWaterMark & { close(): void };

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * `instance`: the same after each start, and no other's, such as the ordinal or name of a pod; a name used once leaves its file behind.
 * Throws STORE_DAMAGED, here or from `read`, when a file is not what was written. `crashPoint`: of tests.
 */
export function sharedMark(directory: string, service: string, instance: string, keys: Pick<Keys, 'predecessorsOf'>, crashPoint?: CrashPoint): SharedMark {
  for (const name of [service, instance]) if (!namePattern.test(name)) throw new RangeError(`an instance is named by at most 63 lowercase letters, digits and hyphens, not "${name}"`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const own = new MarkFile(join(directory, `${service}.${instance}`), crashPoint);
  return {
    read: () => readSharedMark(directory, service, keys),
    raise: (mark) => own.raise(new Map([[service, mark]])),
    close: () => own.close(),
  };
}

/** What its instances have marked. Undefined: nothing yet. Throws STORE_DAMAGED. */
export function readSharedMark(directory: string, service: string, keys: Pick<Keys, 'predecessorsOf'>): Mark | undefined {
  return highest(marksOf(directory, service), keys);
}

function marksOf(directory: string, service: string): Mark[] {
  return readdirSync(directory).filter((name) => name.startsWith(`${service}.`)).flatMap((name) => readMarks(join(directory, name)).get(service) ?? []);
}

/** Of the incarnation that none of the others succeeds. An instance that has been down for long still marks an older one. */
function highest(marks: readonly Mark[], keys: Pick<Keys, 'predecessorsOf'>): Mark | undefined {
  const succeeded = new Set(marks.flatMap(({ incarnation }) => keys.predecessorsOf(incarnation)));
  const present = marks.filter(({ incarnation }) => !succeeded.has(incarnation)).sort((one, other) => other.commit - one.commit)[0];
  const before = Math.max(0, ...marks.map((one) => (one.incarnation === present?.incarnation ? one.before ?? 0 : furthest(one))));
  return present === undefined || before === 0 ? present : { ...present, before };
}
