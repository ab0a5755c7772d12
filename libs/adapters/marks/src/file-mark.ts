/** The high-water mark of one store that is no file of this machine. */
import type { HighWaterMark } from '@lienthong/kernel/ports/world';
import { MarkFile } from './mark-file.ts';

/** `path`: made when absent; belongs to one process. Throws STORE_DAMAGED. */
export function fileMark(path: string, service: string): HighWaterMark & { close(): void } {
  const file = new MarkFile(path);
  return { read: () => file.get(service), raise: (mark) => file.raise(new Map([[service, mark]])), close: () => file.close() };
}
