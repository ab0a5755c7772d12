/** When everything has healed, and everybody works to the end, one more store is lost: that of a service as soon as it has changed a register, whose records travel behind what was decided. */
import type { Dossier } from '@lienthong/law';
import { startLater } from './disasters.ts';
import type { Hub } from './hub.ts';
import { heldBy } from './officer-commands.ts';
import { mixed, Random } from './random.ts';
import type { SimService } from './sim-service.ts';

const latelyLostPercent = 15, stepMs = 10, answerMs = 1_000;

export class LateLoss {
  readonly #hub: Hub;
  #due: boolean;
  readonly #which: 'any' | 'empty';

  /** Drawn apart: what else a seed draws stays what it is. */
  constructor(hub: Hub, seed: number) {
    const random = new Random(mixed(seed, latelyLostPercent));
    this.#hub = hub;
    this.#due = random.percent(latelyLostPercent);
    this.#which = random.percent(50) ? 'any' : 'empty';
  }

  /** Runs for `ms` milliseconds, and looks all the time whether it is time. */
  async run(ms: number): Promise<void> {
    const { queue } = this.#hub, until = queue.now + ms;
    while (this.#due && queue.now < until) {
      await queue.run(Math.min(until, queue.now + stepMs));
      const service = await this.#changed();
      if (service === undefined) continue;
      this.#due = false;
      this.#hub.note(`lose ${service.name} lately`);
      this.#hub.journal.count('lost lately');
      service.restore(this.#which, false, this.#hub.services.filter((one) => one !== service));
      startLater(this.#hub, service);
    }
    await queue.run(until);
  }

  /** Who holds the leg of a dossier that is open, and by which a register was changed, where another service has heard so: that comes back. */
  async #changed(): Promise<SimService | undefined> {
    const hub = this.#hub;
    for (const folder of hub.journal.folders) for (const teller of hub.services) {
      const found = await hub.outcome(hub.read(teller, folder, (dossier) => hub.services.find((one) => one !== teller && isChangedBy(one, dossier))), answerMs);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function isChangedBy({ name }: SimService, dossier: Dossier): boolean {
  return dossier.root!.closing === null && [...dossier.legs.values()].some((leg) => leg.status === 'complete' && leg.applied !== null && heldBy(name, dossier, leg));
}
