/** What the services' effects reach: a bank that gives money back, a post that numbers. They do what they are told each time, unless they are asked first. */
import { finalEnding, stamped } from '@lienthong/law';
import type { Draft } from '@lienthong/law';
import type { Effect, EffectCall } from '@lienthong/kernel';
import type { FolderState } from '@lienthong/dossier-service';
import type { Random } from './random.ts';
import type { Weather } from './weather.ts';

/** Longest time of one order, in milliseconds; now and then it takes longer than anybody waits. */
const orderMs = 800, stuckMs = 25_000;

export class OutsideWorld {
  readonly #random: Random;
  readonly #weather: () => Weather;
  /** Orders carried out, by idempotency key, with the answer that each got. */
  readonly done = new Map<string, string[]>();

  constructor(random: Random, weather: () => Weather) {
    this.#random = random;
    this.#weather = weather;
  }

  /** What was answered to an order with this key; undefined: none was carried out. */
  asked(key: string): string | undefined { return this.done.get(key)?.[0]; }

  carryOut(key: string): string {
    const answers = this.done.get(key) ?? [];
    const answer = `${key}#${answers.length + 1}`;
    this.done.set(key, [...answers, answer]);
    return answer;
  }

  /** Milliseconds that it takes, and whether it fails before or after it was carried out; it never fails once all is well. */
  drawCourse(): { readonly ms: number; readonly fails: 'before' | 'after' | '' } {
    const bad = this.#weather().lossPercent > 0;
    const fails = bad && this.#random.percent(15) ? this.#random.pick(['before', 'after'] as const) : '';
    return { ms: bad && this.#random.percent(5) ? stuckMs : this.#random.below(orderMs), fails };
  }
}

type Later = (ms: number, run: () => void) => void;

/** The effects of the till and of the post. */
export function outsideEffects(outside: OutsideWorld, later: Later): Readonly<Record<'refund-charge' | 'accept-consignment', Effect<FolderState>>> {
  const order = async (call: EffectCall<FolderState>): Promise<string> => {
    const known = call.askFirst ? outside.asked(call.idempotencyKey) : undefined;
    if (known !== undefined) return known;
    const { ms, fails } = outside.drawCourse();
    if (fails === 'before') throw new Error('the other side does not answer');
    const answer = outside.carryOut(call.idempotencyKey);
    await new Promise<void>((done) => later(ms, done));
    if (fails === 'after') throw new Error('the answer was lost');
    return answer;
  };
  return {
    'refund-charge': {
      run: async (call) => {
        const { dossier } = call.view.state;
        const charge = dossier.charges.get((call.input as { readonly charge: string }).charge);
        if (charge === undefined || charge.status !== 'paid') return { drafts: [] };
        const ground = finalEnding(dossier) ?? 'withdrawn', { amount } = charge.plan;
        await order(call);
        return { drafts: stamped(dossier, [{ item: charge.id, kind: 'charge-refunded', ends: true, body: { amount, ground } } satisfies Draft]) };
      },
    },
    'accept-consignment': {
      run: async (call) => {
        const { dossier } = call.view.state;
        const { consignment } = call.input as { readonly consignment: string };
        const number = await order(call);
        return { drafts: stamped(dossier, [{ item: consignment, kind: 'consignment-accepted', body: { number } } satisfies Draft]) };
      },
    },
  };
}
