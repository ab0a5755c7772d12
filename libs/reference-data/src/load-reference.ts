/** The released reference data, read once per process. */
import type { Reference } from '@lienthong/law';
import { buildReference } from './build-reference.ts';
import { canonicalDigest } from './canonical-digest.ts';
import { readDataFiles, releasedData } from './read-data-files.ts';

let released: Reference | undefined;

/**
 * The reference data with its look-ups. The released files are read once per process; another `folder` is read anew each time.
 * @throws Error naming the file and the remedy when a data file is missing or damaged.
 */
export function loadReference(folder: string = releasedData): Reference {
  if (folder !== releasedData) return build(folder);
  released ??= build(folder);
  return released;
}

function build(folder: string): Reference {
  const data = readDataFiles(folder);
  return buildReference(data, canonicalDigest(data));
}
