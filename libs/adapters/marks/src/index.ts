export { flushDirectory, MarkFile, readMarks } from './mark-file.ts';
export type { Marks } from './mark-file.ts';
export { fileMark } from './file-mark.ts';
