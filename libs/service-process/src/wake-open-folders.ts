/** What everybody reckons by has changed: each service looks at the open dossiers that it knows and performs what it owes by it. Looking twice changes nothing. */
import type { ServiceModule } from '@lienthong/dossier-service';

/** Folders asked for at once. */
const page = 200;
/** Folders woken side by side: few, for whoever calls meanwhile waits behind them. */
const sideBySide = 16;

/** False: it was called off. */
export async function wakeOpenFolders(modules: readonly ServiceModule[], signal: AbortSignal): Promise<boolean> {
  for (const { participant } of modules) {
    let after: string | undefined;
    for (;;) {
      const folders = await participant.find('open', '1', page, after);
      for (let n = 0; n < folders.length; n += sideBySide) {
        if (signal.aborted) return false;
        await Promise.all(folders.slice(n, n + sideBySide).map((folder) => participant.wake(folder)));
      }
      after = folders.at(-1);
      if (folders.length < page) break;
    }
  }
  return true;
}
