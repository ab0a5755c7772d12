/** What the kernel of a service tells whoever runs it goes to the log: ids, codes and counts, never content. */
import type { Reports } from '@lienthong/kernel';
import type { Logger } from '@lienthong/runtime';

/** Of entries that came together and were not taken. */
const maxTold = 20;

export function reportsTo(log: Logger, service: string): Reports {
  return {
    alarm: (error, folder) => { log.error({ service, folder, err: error }, 'somebody should look'); },
    fork: (folder, { author, seq }) => { log.error({ service, folder, author, seq }, 'two entries with one number: both are kept'); },
    rejected: (folder, rejections) => { log.warn({ service, folder, count: rejections.length, rejections: rejections.slice(0, maxTold) }, 'entries not taken'); },
    deadLetter: ({ folder, sender, bytes, cause, count }) => { log.error({ service, folder, sender, size: bytes.byteLength, cause, count }, 'bytes that are no entry'); },
    strangers: (sender, count) => { log.warn({ service, sender, count }, 'updates of senders whom nobody has certified: passed over'); },
    succession: (event) => { log.warn({ ...event }, 'the store was behind; a new incarnation takes over'); },
  };
}
