/** Installs from the lockfile when what is installed does not match it. Silent unless it fails. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { modules, pinnedNode, root, scratch } from './places.mjs';

/** The package manager that wrote the lockfile; fetched by npx, so nothing has to be there but npm. */
const packageManager = 'pnpm@12.21.0';
const stamp = join(modules, '.installed-for');

/** What node_modules has to match: the lockfile, the workspace's settings, and the machine that binaries were chosen for. */
function wanted() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file))).update('\0');
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();
}

/** After it, node_modules matches pnpm-lock.yaml. Two scripts started at once install once. Throws with the installer's output when it fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  mkdirSync(scratch, { recursive: true });
  await exclusively(join(scratch, 'install.lock'), async () => {
    if (isInstalled()) return;
    const before = wanted();
    await install();
    mkdirSync(modules, { recursive: true });
    writeFileSync(stamp, before);
  });
}

async function install() {
  const { code, output } = await captured('npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
  if (code === 0) return;
  const remedy = `installing from pnpm-lock.yaml failed (exit ${code}); check the network and "npm config get registry", then try again`;
  throw new Error(`${output.trimEnd()}\n${remedy}`);
}

/** Exit code and joined output of a program. `CI=true` keeps it from asking; npm's own log level must not mute the reason of a failure. */
function captured(command, args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CI: 'true' };
    delete env.npm_config_loglevel;
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
