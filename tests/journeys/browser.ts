/** The browser of the system; none is downloaded. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Why the pages cannot be looked at here; '' when they can. */
export const noBrowser = program === undefined ? 'chromium is not installed (Debian: chromium)' : '';

/** Without its sandbox: it sees nothing but the hub's own pages, and in containers there is none to be had. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: program!, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
