/** `node tests/architecture/write-ratchet.ts`: lowers the rows of ratchet.json to what is left today. It never raises one and never adds one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { exceptions } from './ratchet.ts';
import type { Ratchet } from './ratchet.ts';
import { handWritten } from './the-tree.ts';

const file = new URL('./ratchet.json', import.meta.url);
const old = JSON.parse(readFileSync(file, 'utf8')) as Ratchet;
const today = exceptions(handWritten);
const lowered = Object.entries(old).flatMap(([key, allowed]) => (today[key] === undefined ? [] : [[key, Math.min(allowed, today[key])] as const]));
writeFileSync(file, `${JSON.stringify(Object.fromEntries(lowered.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
