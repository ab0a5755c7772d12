/** What a backup says of itself, as the last file in it: a backup that was cut short has none. */
import { hash } from 'node:crypto';

/** Whose a service's store was, and how far it had come. */
export type ServiceInBackup = { readonly service: string; readonly incarnation: string | null; readonly commit: number };
export type FileInBackup = { readonly name: string; readonly bytes: number; readonly sha256: string };

export type Manifest = {
  readonly format: number;
  /** Of the product that wrote it. */
  readonly version: string;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly schema: number;
  readonly services: readonly ServiceInBackup[];
  /** The store, and the keys when they are in it. Documents are named for their digests. */
  readonly files: readonly FileInBackup[];
  readonly documents: { readonly count: number; readonly bytes: number };
  readonly withKeys: boolean;
};

export const format = 1;
export const manifestName = 'manifest.json';
export const maxManifestBytes = 16 * 1024 * 1024;

/** JSON for people and programs, with a digest over the rest as its last field. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, digest: digestOf(manifest) }, null, 2)}\n`;
}

/** Undefined: no manifest, or one that was changed. Only `format` can be relied on when it is a later one. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const { digest, ...manifest } = JSON.parse(text) as Manifest & { readonly digest: string };
    return digest === digestOf(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(manifest: Manifest): string {
  return hash('sha256', JSON.stringify(manifest), 'hex');
}
