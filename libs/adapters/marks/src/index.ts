export { flushDirectory, MarkFile, readMarks } from './mark-file.ts';
export type { Marks } from './mark-file.ts';
export { readSharedMark, sharedMark } from './shared-mark.ts';
export type { SharedMark } from './shared-mark.ts';
