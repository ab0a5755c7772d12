/** What a catalogue holds, in figures: procedures, routes, flags, decisions. */
import type { LocalDate, Procedure } from '@lienthong/law';
import { isInForce } from '@lienthong/law';

export type CatalogueSummary = {
  readonly procedures: number; readonly versions: number; readonly inForce: number; readonly typed: number; readonly default: number;
  /** Flag → codes of the procedures that bear it, by their latest version. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly decisions: readonly { readonly procedure: string; readonly validFrom: LocalDate; readonly field: string; readonly published: string; readonly decided: string; readonly reason: string; readonly on: LocalDate }[];
};

export function catalogueSummary(procedures: readonly Procedure[], on: LocalDate): CatalogueSummary {
  const latest = [...Map.groupBy(procedures, (one) => one.code).values()].map((versions) => versions.at(-1)!);
  const routes = latest.map((one) => one.facts?.route ?? 'typed');
  const flags: Record<string, string[]> = {};
  for (const { code, facts } of latest) for (const flag of facts?.flags ?? []) (flags[flag] ??= []).push(code);
  return {
    procedures: latest.length, versions: procedures.length, inForce: latest.filter(({ code }) => procedures.some((one) => one.code === code && isInForce(one, on))).length,
    typed: routes.filter((one) => one === 'typed').length, default: routes.filter((one) => one === 'default').length, flags,
    decisions: latest.flatMap(({ code, validFrom, facts }) => (facts?.decisions ?? []).map((one) => ({ procedure: code, validFrom, ...one }))),
  };
}
