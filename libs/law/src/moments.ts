/** The life of a dossier replayed. */
import type { Instant } from './types.ts';
import { emptyDossier } from './dossier.ts';
import type { Dossier } from './dossier.ts';
import { fold } from './fold.ts';

/** As it stood from each moment on at which something changed, oldest first. `until`: the next such moment; null: it stands so still. `standing` is one dossier that grows: it is to be read before the next moment is asked for. */
export function* moments(dossier: Dossier): Generator<{ readonly from: Instant; readonly until: Instant | null; readonly standing: Dossier }> {
  const entries = [...dossier.entries].sort((a, b) => a.effectiveAt - b.effectiveAt), standing = emptyDossier(dossier.id);
  for (let n = 0; n < entries.length;) {
    const from = entries[n]!.effectiveAt;
    while (n < entries.length && entries[n]!.effectiveAt === from) fold(standing, entries[n++]!);
    yield { from, until: entries[n]?.effectiveAt ?? null, standing };
  }
}
