/** Python with the packages of a list, in a virtual environment of this repository of its own; made when it is not there. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./python-packages.sh', import.meta.url));
/** Packages are fetched with whatever index pip is set to; milliseconds. */
const maxInstallMs = 300_000;
const askWithinMs = 20_000;

/** `requirements`: a file as pip reads it. `name`: of the environment. */
export type PythonPackages = { readonly requirements: URL; readonly name: string };

/** Why there can be no such environment here, or undefined when there is one, or can be. */
export function pythonMissing({ requirements, name }: PythonPackages): string | undefined {
  const stamp = join(directoryOf(name), 'installed-for');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return undefined;
  const able = spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore', timeout: askWithinMs });
  return able.status === 0 ? undefined : 'python3 with virtual environments is not installed (Debian: python3-venv)';
}

/** The directory of its programs. Throws with the last words of pip when the packages cannot be had. */
export function pythonPrograms({ requirements, name }: PythonPackages): Promise<string> {
  const directory = directoryOf(name);
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [script, fileURLToPath(requirements), directory], { stdio: ['ignore', 'ignore', 'pipe'], timeout: maxInstallMs });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { told = (told + text).slice(-2_000); });
    child.once('error', reject);
    child.once('close', (code) => { if (code === 0) resolve(join(directory, 'bin')); else reject(new Error(`the Python packages of ${name} could not be installed (exit ${code}): ${told.trim()}`)); });
  });
}

const directoryOf = (name: string): string => fileURLToPath(new URL(`../../../../.tmp/${name}`, import.meta.url));
