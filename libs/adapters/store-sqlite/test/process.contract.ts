import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isBehind } from '@lienthong/kernel/ports/world';
import type { SqliteStore } from '../src/index.ts';
import { open, storeDirectory } from './store-directory.ts';
import type { StoreDirectory } from './store-directory.ts';

type Answer = { service: string; id: string; version: number; commit: number };
const rounds = 3;
const answersPerRound = 400;
/** A kill may come a moment too late. */
const maxRounds = 20;
const program = fileURLToPath(new URL('./appending-process.ts', import.meta.url));

/** The program, with a file for its answers: a file takes them at once and keeps them when the program is killed. */
function start(directory: StoreDirectory) {
  const answers = `${directory.root}/answers-${Math.random()}`;
  const out = openSync(answers, 'w');
  const child = spawn(process.execPath, [program, directory.path, directory.marksPath], { stdio: ['ignore', out, 'inherit'] });
  closeSync(out);
  return { child, printed: () => readFileSync(answers, 'utf8') };
}

const lines = (printed: string): string[] => printed.slice(0, printed.lastIndexOf('\n') + 1).split('\n').slice(0, -1);

async function until(condition: () => boolean, everyMs = 5): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, everyMs));
}

/** Whether pages of the log are being copied into the file, or were when the process died: what it set out to copy and what it copied, https://sqlite.org/walformat.html. */
function isCopying({ path }: StoreDirectory): boolean {
  if (!existsSync(`${path}-shm`)) return false;
  const words = Buffer.alloc(132), file = openSync(`${path}-shm`, 'r');
  try { readSync(file, words, 0, words.length, 0); } finally { closeSync(file); }
  return words.readUInt32LE(128) > words.readUInt32LE(96);
}

/** Runs the program until its time has come, then kills it without warning. */
async function answersUntilKilled(directory: StoreDirectory, hasCome: (printed: () => string) => boolean = (printed) => lines(printed()).length > answersPerRound): Promise<Answer[]> {
  const { child, printed } = start(directory);
  await until(() => hasCome(printed) || child.exitCode !== null, 1);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return lines(printed()).map((line) => {
    const [service, id, version, commit] = line.split(' ') as [string, string, string, string];
    return { service, id, version: Number(version), commit: Number(commit) };
  });
}

async function expectAllThere(store: SqliteStore, answers: readonly Answer[]): Promise<void> {
  for (const { service, id, version, commit } of answers) {
    const namespace = store.namespace(service);
    const folder = (await namespace.load(id))!;
    expect(folder.version).toBeGreaterThanOrEqual(version);
    expect(new TextDecoder().decode(folder.segments[version - 1])).toContain(`${service} ${id} ${version};`);
    expect(folder.segments).toHaveLength(folder.version);
    expect(await namespace.find('last', `${id}@${folder.version}`, 9)).toEqual([id]);
    const [lastCommit, mark] = [await namespace.lastCommit(), store.mark(service)!];
    expect(lastCommit).toBeGreaterThanOrEqual(commit);
    expect(mark.commit).toBeGreaterThanOrEqual(commit);
    expect(isBehind({ incarnation: await namespace.incarnation(), commit: lastCommit }, mark)).toBe(false);
  }
}

test(`${rounds} times killed while writing: everything answered is there, at every service, and marked`, async () => {
  const directory = storeDirectory();
  for (let round = 0; round < rounds; round++) {
    const answers = await answersUntilKilled(directory);
    expect(answers.length).toBeGreaterThan(answersPerRound);
    const store = open(directory);
    const last = new Map(answers.map((answer) => [`${answer.service} ${answer.id}`, answer]));
    await expectAllThere(store, [...answers.slice(-100), ...last.values()]);
    expect(await store.check()).toEqual([]);
    await store.close();
  }
});

test('killed while the log is being copied into the file: everything answered is there, and the log is copied by the next start', async () => {
  const directory = storeDirectory();
  let answers: Answer[] = [];
  for (let round = 0; round === 0 || !isCopying(directory); round++) {
    expect(round).toBeLessThan(maxRounds);
    answers = await answersUntilKilled(directory, () => isCopying(directory));
  }
  const store = open(directory);
  await expectAllThere(store, [...new Map(answers.map((answer) => [`${answer.service} ${answer.id}`, answer])).values()]);
  expect(await store.check()).toEqual([]);
  await store.close();
  expect(existsSync(`${directory.path}-wal`)).toBe(false);
});

test('a second process is refused, naming the first; when the first is killed the way is free', async () => {
  const directory = storeDirectory();
  const { child, printed } = start(directory);
  await until(() => lines(printed()).length > 0);
  const refusal = expect.objectContaining({ code: 'STORE_BUSY', file: directory.path, cause: expect.objectContaining({ message: expect.stringContaining(String(child.pid)) }) });
  expect(() => open(directory)).toThrow(refusal);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await open(directory).namespace('intake').lastCommit()).toBeGreaterThan(0);
});

test('the same process is refused as well, until it has closed', async () => {
  const directory = storeDirectory();
  const store = open(directory);
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_BUSY' }));
  await store.close();
  open(directory);
});
