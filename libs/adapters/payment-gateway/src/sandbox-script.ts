/** What a sandbox does to orders, as a file says it. The same script and the same orders give the same faults, on every machine. */

/**
 * `pays`: what was asked for, confirmed once. `duplicate`: confirmed three times. `delayed`: confirmed late. `short`, `over`: another amount was paid. `twice`: two payments.
 * `currency`: paid in dollars. `dossier`: for another dossier. `fails`: nothing was paid. `fails-then-pays`: it says failed, then paid. `contradicts`: it says two amounts for
 * one payment. `silent`: never confirmed, found by asking. `pending`: asked, it says pending a few times. `mute`: never confirmed and no question is answered: it stands in the file alone.
 * `stranger`: besides, somebody pays under a reference that nobody ordered. `forged`: besides, a confirmation with a wrong mark.
 */
export const faults = ['pays', 'duplicate', 'delayed', 'short', 'over', 'twice', 'currency', 'dossier', 'fails', 'fails-then-pays', 'contradicts', 'silent', 'pending', 'mute', 'stranger', 'forged'] as const;
export type Fault = (typeof faults)[number];

export type Rule = { readonly fault: Fault; /** Share of orders, 0 to 1; those that no rule takes are paid. */ readonly share?: number; /** This order of the run, from 1; goes before shares. */ readonly nth?: number };
export type SandboxScript = {
  /** Any whole number. */
  readonly seed: number; readonly rules: readonly Rule[];
  /** Milliseconds until an order is paid and confirmed, and how much later a delayed one is. */
  readonly payAfterMs: number; readonly delayMs: number;
};

export const plainScript: SandboxScript = { seed: 1, rules: [], payAfterMs: 500, delayMs: 20_000 };
export const maxDelayMs = 86_400_000;

/** Throws a RangeError that names what is wrong, or the SyntaxError of JSON. */
export function parseScript(text: string): SandboxScript {
  const given = JSON.parse(text) as Partial<SandboxScript>;
  const wrong = (what: string): never => { throw new RangeError(`kịch bản sai / script: ${what}`); };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return wrong('không phải đối tượng JSON / no JSON object');
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(plainScript, key));
  if (unknown !== undefined) wrong(unknown);
  const script = { ...plainScript, ...given };
  if (!Number.isSafeInteger(script.seed)) wrong('seed');
  for (const key of ['payAfterMs', 'delayMs'] as const) if (!Number.isSafeInteger(script[key]) || script[key] < 0 || script[key] > maxDelayMs) wrong(key);
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

/** What happens to the n-th order, from 1. */
export function faultOf({ seed, rules }: SandboxScript, nth: number): Fault {
  const named = rules.find((rule) => rule.nth === nth);
  if (named !== undefined) return named.fault;
  let left = drawn(seed, nth);
  for (const { fault, share = 0 } of rules) { if (left < share) return fault; left -= share; }
  return 'pays';
}
