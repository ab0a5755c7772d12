/** Python with the packages of a list, in a virtual environment of this repository of its own; made when it is not there. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages are fetched with whatever index pip is set to; milliseconds. */
const maxInstallMs = 300_000;

/** The interpreter, or why there can be none here. Throws when there is Python and its packages cannot be had. */
export function pythonEnvironment(list = 'requirements.txt', name = 'python'): { readonly python: string } | { readonly missing: string } {
  const requirements = fileURLToPath(new URL(`./${list}`, import.meta.url)), directory = fileURLToPath(new URL(`../../.tmp/${name}`, import.meta.url));
  const python = join(directory, 'bin', 'python'), stamp = join(directory, 'installed-for');
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return { python };
  rmSync(directory, { recursive: true, force: true });
  const made = spawnSync('python3', ['-m', 'venv', directory], { encoding: 'utf8' });
  if (made.error !== undefined) return { missing: 'python3 is not installed' };
  if (made.status !== 0) return { missing: `python3 cannot make a virtual environment (Debian: python3-venv): ${made.stdout}${made.stderr}`.trim() };
  const installed = spawnSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], { encoding: 'utf8', timeout: maxInstallMs });
  if (installed.status !== 0) throw new Error(`pip: ${installed.stdout}${installed.stderr}`);
  copyFileSync(requirements, stamp);
  return { python };
}
