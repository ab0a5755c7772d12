/** Where the servers that the files of one test run share are noted. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serversScratch } from './scratch.ts';

/** What is noted of one shared server: who keeps it, and what its users need to know. */
export type Noted<T> = { readonly keeper: number; readonly server: T | { readonly skipped: string } };

/** Folder of the run whose main process is `runner`. */
export const folderOfRun = (runner: number): string => join(serversScratch, `run-${runner}`);

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Undefined while nothing is noted. */
export function readNote<T>(file: string): Noted<T> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Noted<T>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Readers see all of it or nothing. */
export function writeNote<T>(file: string, noted: Noted<T>): void {
  writeFileSync(`${file}.new`, JSON.stringify(noted));
  renameSync(`${file}.new`, file);
}

/** Processes that keep a server of this run. */
export function keepersOf(runner: number): number[] {
  const folder = folderOfRun(runner);
  let files: string[];
  try { files = readdirSync(folder); } catch { return []; }
  return files.filter((file) => file.endsWith('.json')).flatMap((file) => readNote(join(folder, file))?.keeper ?? []);
}
