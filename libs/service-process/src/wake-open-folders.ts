/** What everybody reckons by has changed: each service looks at the open dossiers that it knows and performs what it owes by it. Looking twice changes nothing. */
import type { ServiceModule } from '@lienthong/dossier-service';

/** Folders asked for at once, and woken side by side. */
const page = 200;

/** False: it was called off. */
export async function wakeOpenFolders(modules: readonly ServiceModule[], signal: AbortSignal): Promise<boolean> {
  for (const { participant } of modules) {
    let after: string | undefined;
    for (;;) {
      const folders = await participant.find('open', '1', page, after);
      if (signal.aborted) return false;
      await Promise.all(folders.map((folder) => participant.wake(folder)));
      after = folders.at(-1);
      if (folders.length < page) break;
    }
  }
  return true;
}
