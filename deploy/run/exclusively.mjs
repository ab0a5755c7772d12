/** A lock between processes that is let go even when its holder is killed: the holder keeps touching the file, and a file left untouched is free. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const touchEveryMs = 1_000;
/** Longer than any pause of a busy machine between two touches. */
const abandonedAfterMs = 15_000;
const pollMs = 250;
const giveUpAfterMs = 20 * 60_000;

/** Runs `work` while no other process on this machine runs the work of the same lock file. Throws after 20 minutes of waiting. */
export async function exclusively(file, work) {
  const token = randomUUID();
  const deadline = Date.now() + giveUpAfterMs;
  while (!take(file, token)) {
    clearAbandoned(file, token);
    if (Date.now() > deadline) throw new Error(`another process holds ${file}; delete it if there is none`);
    await sleep(pollMs);
  }
  const touching = setInterval(() => touch(file), touchEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    if (contents(file) === token) rmSync(file, { force: true });
  }
}

function take(file, token) {
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes an abandoned lock file out of the way; puts it back when somebody took the lock between the look and the move. */
function clearAbandoned(file, token) {
  const seen = contents(file);
  if (seen === undefined || ageMs(file) < abandonedAfterMs) return;
  const aside = `${file}.${token}`;
  try {
    renameSync(file, aside);
    if (contents(aside) !== seen) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function contents(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function ageMs(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}
