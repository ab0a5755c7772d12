/** The commits that brought a folder's segments, as differences in base 128 (lowest first, high bit: more follows). About three bytes each. */
import type { Commit } from '@lienthong/kernel/ports/folder-store';

/** `list` with `commit` at its end; `last` is the commit before it, 0 when the list is empty. */
export function withCommit(list: Uint8Array, last: Commit, commit: Commit): Uint8Array {
  const digits: number[] = [];
  let rest = commit - last;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128);
  digits.push(rest);
  const longer = new Uint8Array(list.length + digits.length);
  longer.set(list);
  longer.set(digits, list.length);
  return longer;
}

/** In rising order. */
export function commitsOf(list: Uint8Array): Commit[] {
  const commits: Commit[] = [];
  let last = 0;
  for (let at = 0; at < list.length;) {
    let difference = 0;
    for (let weight = 1, more = true; more; weight *= 128, at++) {
      const digit = list[at]!;
      more = digit >= 128;
      difference += (more ? digit - 128 : digit) * weight;
    }
    commits.push(last += difference);
  }
  return commits;
}

export function lastCommit(list: Uint8Array): Commit {
  return commitsOf(list).at(-1) ?? 0;
}
