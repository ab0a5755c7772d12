/** A breach of a rule, told so that it can be mended: where, what, and what to do instead. */
export type Finding = { readonly file: string; readonly line: number; readonly what: string; readonly remedy: string };

/** One line a finding; [] when there is none, so that a test can compare with [] and show the rest. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ file, line, what, remedy }) => `${file}:${line}: ${what} → ${remedy}`);
}
