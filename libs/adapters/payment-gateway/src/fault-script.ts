/** The form that the scripts of all sandboxes have: rules that say how often, or to which, a fault happens. */

export type FaultRule<F extends string> = { readonly fault: F; /** Share of all, 0 to 1; what no rule takes goes as it should. */ readonly share?: number; /** This one alone, from 1; goes before shares. */ readonly nth?: number };
export type FaultScript<F extends string> = { /** Any whole number. */ readonly seed: number; readonly rules: readonly FaultRule<F>[] };

export const maxDelayMs = 86_400_000;

/** What the text leaves out is as in `plain`; `durations`: its fields in milliseconds. Throws a RangeError that names what is wrong, or the SyntaxError of JSON. */
export function parseFaultScript<F extends string, S extends FaultScript<F>>(text: string, plain: S, faults: readonly F[], durations: readonly (keyof S & string)[]): S {
  const given = JSON.parse(text) as Partial<S>;
  const wrong = (what: string): never => { throw new RangeError(`kịch bản sai / script: ${what}`); };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return wrong('không phải đối tượng JSON / no JSON object');
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(plain, key));
  if (unknown !== undefined) wrong(unknown);
  const script: S = { ...plain, ...given };
  if (!Number.isSafeInteger(script.seed)) wrong('seed');
  for (const key of durations) { const ms: unknown = script[key]; if (!Number.isSafeInteger(ms) || (ms as number) < 0 || (ms as number) > maxDelayMs) wrong(key); }
  if (!Array.isArray(script.rules)) wrong('rules');
  for (const rule of script.rules) {
    if (!(faults as readonly string[]).includes(rule.fault)) wrong(`fault "${rule.fault}"; có / there are: ${faults.join(', ')}`);
    if ((rule.share === undefined) === (rule.nth === undefined)) wrong('share | nth');
    if (rule.share !== undefined && !(rule.share >= 0 && rule.share <= 1)) wrong('share');
    if (rule.nth !== undefined && !(Number.isSafeInteger(rule.nth) && rule.nth >= 1)) wrong('nth');
  }
  if (script.rules.reduce((sum, { share = 0 }) => sum + share, 0) > 1 + 1e-9) wrong('share > 1');
  return script;
}

/** A number from 0 to below 1 for the n-th draw of a seed (mulberry32). */
export function drawn(seed: number, nth: number): number {
  let t = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(nth, 0x6d2b79f5)) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

/** What happens to the n-th, from 1. */
export function drawnFault<F extends string>({ seed, rules }: FaultScript<F>, nth: number, plain: F): F {
  const named = rules.find((rule) => rule.nth === nth);
  if (named !== undefined) return named.fault;
  let left = drawn(seed, nth);
  for (const { fault, share = 0 } of rules) { if (left < share) return fault; left -= share; }
  return plain;
}
