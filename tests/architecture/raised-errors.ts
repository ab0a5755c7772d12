/** Codes of the catalogue that no code of the product names: whoever integrates would prepare for an answer that never comes. */
type Source = { readonly file: string; readonly text: string };

/** The codes that stand in none of the sources as a text of their own. */
export function unraised(codes: readonly string[], sources: readonly Source[]): readonly string[] {
  const named = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'([A-Z][A-Z0-9_]*)'/g)].map(([, code]) => code)));
  return codes.filter((code) => !named.has(code));
}

/** The codes that none of the sources, which are tests, names: nobody has seen that they are raised, and with what. */
export function untested(codes: readonly string[], tests: readonly Source[]): readonly string[] {
  const named = new Set(tests.flatMap(({ text }) => text.match(/\b[A-Z][A-Z0-9_]*\b/g) ?? []));
  return codes.filter((code) => !named.has(code));
}
