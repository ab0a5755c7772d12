/** People while the hub suffers: they submit, decide, ask, pay and change their minds, whatever state things are in. */
import type { Dossier, FolderId } from '@lienthong/law';
import type { Asking } from './clients.ts';
import { correction, drawRootSaying, nextScan, onCharge, onConsignment, onRoot } from './citizen-commands.ts';
import type { Hub } from './hub.ts';
import { drawParcel, drawSaying, heldBy, onLeg } from './officer-commands.ts';
import type { SimService } from './sim-service.ts';
import { drawSubmission } from './submissions.ts';


export class People {
  readonly #hub: Hub;
  readonly #folders: FolderId[] = [];
  #said = 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  submit(): void {
    const { random, queue, journal, plan, clients } = this.#hub;
    const { folder, asking, request } = drawSubmission(random, this.#folders.length + 1, queue.now, plan.startsAt < Date.UTC(2025, 6, 1));
    this.#folders.push(folder);
    journal.folders.add(folder);
    void clients.send(this.#hub.at(plan.layout.hosts.intake), folder, asking, { id: request });
  }

  /** Somebody does something to some dossier, at some service or this one. */
  async act(at?: SimService): Promise<void> {
    const { random, clients } = this.#hub;
    if (this.#folders.length === 0) return;
    const folder = random.pick(this.#folders), service = at ?? random.pick(this.#hub.services);
    const asking = await this.#hub.read(service, folder, (dossier) => this.#draw(service, folder, dossier));
    if (asking != null) void clients.send(service, folder, asking, { impatient: random.percent(15) });
  }

  #draw(service: SimService, folder: FolderId, dossier: Dossier): Asking | null {
    const { random, environment, plan: { layout: { hosts } } } = this.#hub;
    const request = `s${++this.#said}`;
    const legs = [...dossier.legs.values()].filter((leg) => heldBy(service.name, dossier, leg));
    const open = legs.filter((leg) => leg.status === 'open' || leg.status === 'addressed');
    if (service.name === hosts.intake && random.percent(50)) return random.percent(6) ? correction(request) : onRoot(drawRootSaying(random, dossier), request);
    const charge = service.name === hosts.money ? [...dossier.charges.values()].find((one) => one.status === 'open') : undefined;
    if (charge !== undefined && random.percent(60)) return onCharge({ kind: 'pay', charge: charge.id, amount: charge.plan.amount, method: 'cash', receipt: request }, request);
    const scan = service.name === hosts.post ? [...dossier.consignments.values()].map((one) => nextScan(one.id, dossier)).find((one) => one !== null) : undefined;
    if (scan != null && random.percent(60)) return onConsignment(scan, request);
    if (legs.length === 0) return null;
    const leg = random.pick(open.length > 0 && random.percent(75) ? open : legs);
    return onLeg(folder, leg.id, drawSaying(random, dossier, leg, environment.reference), leg.office, request, drawParcel(random));
  }
}
