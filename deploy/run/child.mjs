/** Runs one program as a child: passes signals on, answers its exit code, and lets it notice when this process is gone. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** SIGHUP is left alone, so that nohup works. */
const forwardedSignals = ['SIGTERM', 'SIGINT'];
const parentPollMs = 200;

/**
 * Runs `command` with the terminal's input and output. The answer is its exit code, or 128 + n when signal n ended it.
 * `lifeline`: an IPC channel lies open between the two; it closes when this process dies, however it dies, and the child stops itself then.
 * With a lifeline the death of npm, when npm started us, counts as a SIGTERM: npm killed outright cannot tell us.
 */
export function runProgram(command, args, { env, lifeline = false, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: lifeline ? [stdio, stdio, stdio, 'ipc'] : stdio });
    const release = forwardSignals(child);
    const unwatch = lifeline ? whenNpmDies(() => child.kill('SIGTERM')) : () => {};
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      release();
      unwatch();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Hands signals to `child` for as long as it runs; the answer takes the handlers away. */
function forwardSignals(child) {
  const handlers = forwardedSignals.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Calls `act` once when the npm that started this process is gone. Does nothing when npm did not: a shell may leave a hub running. */
function whenNpmDies(act) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const line = lineToNpm();
  const timer = setInterval(() => {
    if (lineToNpm() === line) return;
    clearInterval(timer);
    act();
  }, parentPollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The processes between this one and npm: npm itself, or the shell in which npm runs a script and npm. An orphan gets another parent. */
function lineToNpm() {
  const parent = process.ppid;
  return isScriptShell(parent) ? `${parent} ${parentOf(parent)}` : `${parent}`;
}

function isScriptShell(pid) {
  const [program = '', flag = ''] = readProcess(pid, 'cmdline').split('\0');
  return /(^|\/)(sh|bash|dash|ash|zsh)$/.test(program) && flag === '-c';
}

function parentOf(pid) {
  return /^PPid:\s+(\d+)/m.exec(readProcess(pid, 'status'))?.[1] ?? '';
}

/** A file of /proc; '' where there is no /proc, and for a process that is gone. */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
