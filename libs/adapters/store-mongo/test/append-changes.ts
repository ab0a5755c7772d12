/** Changes as short as a test wants to say them. */
import type { Append } from '@lienthong/kernel/ports/folder-store';

export const author = 'land~00000000000000a1';
export const otherAuthor = 'land~00000000000000b2';

export const change = (id: string, expectedVersion: number, more: Partial<Append> = {}): Append => ({ id, expectedVersion, incarnation: author, segment: Buffer.from(`${id} ${expectedVersion}`), wakeAt: null, unsettled: false, ...more });
