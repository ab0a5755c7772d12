/** Whether containers can be started here. */
import { spawnSync } from 'node:child_process';

/** A daemon that does not answer in this time is as good as none. */
const answerWithinMs = 10_000;

let answer: { readonly missing: string | undefined } | undefined;

/** Why containers cannot be started, or undefined when they can. Asked once per process. */
export function dockerMissing(): string | undefined {
  return (answer ??= { missing: ask() }).missing;
}

function ask(): string | undefined {
  const { error, status } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: answerWithinMs, stdio: 'ignore' });
  if (error !== undefined) return 'code' in error && error.code === 'ENOENT' ? 'docker is not installed' : `docker does not answer (${error.message})`;
  return status === 0 ? undefined : 'no Docker daemon answers';
}
