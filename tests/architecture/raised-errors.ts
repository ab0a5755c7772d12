/** Codes of the catalogue that no code of the product names: whoever integrates would prepare for an answer that never comes. */
type Source = { readonly file: string; readonly text: string };

/** The codes that stand in none of the sources as a text of their own. */
export function unraised(codes: readonly string[], sources: readonly Source[]): readonly string[] {
  const named = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'([A-Z][A-Z0-9_]*)'/g)].map(([, code]) => code)));
  return codes.filter((code) => !named.has(code));
}
