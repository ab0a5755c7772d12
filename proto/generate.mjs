/**
 * Generates libs/contract/src/gen from the protos in this folder: TypeScript, and the descriptor set that server reflection shows.
 * `node proto/generate.mjs [--out DIR]`; DIR defaults to the committed place. Lints first. Works offline; needs nothing but the installed packages.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const protos = dirname(fileURLToPath(import.meta.url));
const root = dirname(protos);
const binaries = join(root, 'node_modules', '.bin');

/** Runs buf in the folder of the protos. Ends the process with buf's own message when it fails. */
function buf(...args) {
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` };
  const { status, error } = spawnSync(join(binaries, 'buf'), args, { cwd: protos, stdio: 'inherit', env });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * What a strict decoder must refuse and ts-proto lets pass: an impossible tag ends the message silently, a nested message may overrun its length,
 * bytes that are no UTF-8 turn into replacement characters. Every other language's decoder refuses these, and copies must agree on what is well-formed.
 */
const stricter = [
  [
    'if ((tag & 7) === 4 || tag === 0) {\n          break;\n        }',
    'if ((tag & 7) === 4 || tag >>> 3 === 0) {\n          throw new globalThis.RangeError(`impossible tag ${tag}`);\n        }',
  ],
  [
    '      }\n      return message;\n    } finally {',
    '      }\n      if (reader.pos !== end) {\n        throw new globalThis.RangeError("a message overruns its length");\n      }\n      return message;\n    } finally {',
  ],
];

/** Applies `stricter` to each decoder of a generated file; fails when the generator's output no longer has the expected shape. */
function harden(file) {
  const decoders = /^ {2}decode\(input: .*\{$/gm;
  let text = readFileSync(file, 'utf8');
  const expected = text.match(decoders)?.length ?? 0;
  for (const [found, wanted] of stricter) {
    const parts = text.split(found);
    if (parts.length - 1 !== expected) throw new Error(`${file}: ${expected} decoders, but ${parts.length - 1} times: ${found}`);
    text = parts.join(wanted);
  }
  writeFileSync(file, text.replaceAll('reader.string()', 'reader.string(true)'));
}

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'libs', 'contract', 'src', 'gen') } } });
const out = resolve(values.out);
const fresh = `${out}.new`;

buf('lint');
rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
buf('generate', '--output', fresh);
for (const file of globSync('{google,lienthong}/**/*.ts', { cwd: fresh })) harden(join(fresh, file));
buf('build', '--as-file-descriptor-set', '--exclude-source-info', '--output', join(fresh, 'descriptors.binpb'));
// Only what was generated as a whole takes the place of what was there.
rmSync(out, { recursive: true, force: true });
renameSync(fresh, out);
