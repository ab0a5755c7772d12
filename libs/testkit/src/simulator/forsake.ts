/** A service is away for long, or for good, while another loses its store: an operator lets that one go on. */
import type { Hub } from './hub.ts';
import type { People } from './people.ts';
import type { SimService } from './sim-service.ts';

const awayMs = [20_000, 120_000, 3_600_000] as const, looksEveryMs = 3_000, maxLooks = 40, downMs = 4_000, actsMeanwhile = 6, forGoodPercent = 25, toldApartPercent = 60;

/** `absent` stays down until it is called back; `service` loses its store, or has it put back. */
export function forsake(hub: Hub, people: People, service: SimService, absent: SimService): void {
  const { random, queue, journal } = hub, others = hub.services.filter((one) => one !== service);
  journal.count('forsaken');
  hub.note(`forsaken ${absent.name}`);
  // What the lost service says last, it says to nobody else.
  const apart = random.percent(toldApartPercent) ? random.below(downMs) : 0;
  for (let n = 0; n < actsMeanwhile; n++) queue.later(random.below(downMs), () => { void people.act(service); });
  if (apart > 0) hub.network.cut([service.name, absent.name], others.map(({ name }) => name).filter((name) => name !== absent.name), apart);
  queue.later(apart, () => {
    if (hub.healed || !absent.leave()) return;
    if (random.percent(forGoodPercent)) absent.restore('empty', false, hub.services.filter((one) => one !== absent));
    service.restore(random.pick(['empty', 'empty', 'any']), false, others);
    queue.later(random.below(downMs), () => service.start());
    queue.later(random.pick(awayMs), () => { hub.note(`back ${absent.name}`); absent.comeBack(); });
    operate(hub, service, absent, maxLooks);
  });
}

/** Looks now and then whether it still waits for the one that is away, and says that it need not. */
function operate(hub: Hub, service: SimService, absent: SimService, looks: number): void {
  if (looks === 0 || absent.up) return;
  hub.queue.later(looksEveryMs, () => {
    const life = service.anyLife();
    if (life?.participant.status().waitsFor.includes(absent.name) === true) {
      const request = `without ${absent.name} ${service.author}`;
      life.participant.forceSuccession({ request, without: [absent.name], reason: 'nó không trở lại' }).then(() => hub.journal.count('forced'), () => {});
    }
    operate(hub, service, absent, looks - 1);
  });
}
