/** What the checker found wrong, by the promise that it breaks. */
export const findingKinds = ['lost', 'duplicated', 'reordered', 'diverged', 'stuck'] as const;

/**
 * `lost`: what was acknowledged or decided has no effect. `duplicated`: an effect more than once, or by two holders. `reordered`: before what it depends on, or a gap in a log.
 * `diverged`: copies, or readings of one copy, differ. `stuck`: something does not end.
 */
export type FindingKind = (typeof findingKinds)[number];
export type Finding = { readonly kind: FindingKind; readonly what: string };

export const asFindings = (kind: FindingKind, found: readonly string[]): readonly Finding[] => found.map((what) => ({ kind, what }));
