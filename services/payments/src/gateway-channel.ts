/** Paying through the platform: ordered, confirmed, asked about until it is final. Whatever it says goes through one place, so all ways of hearing come to the same. */
import { payments } from '@lienthong/contract';
import { actingFor, commitTo, contextOf, folderOf, markRequest, officeText, readDossier, sideOf, sideOfDossier } from '@lienthong/dossier-service';
import type { RequestMark, Side } from '@lienthong/dossier-service';
import { asHubError, errorOfRefusal, HubError, rowOf } from '@lienthong/kernel';
import type { ErrorCode, GatewayNotice, Handlers, PaymentGateway } from '@lienthong/kernel';
import { chargeRefusal, decideChargeCommand, isRefused, localDate, refuse, wordsFor } from '@lienthong/law';
import type { By, Dong, Dossier, FolderId, Refusal } from '@lienthong/law';
import { folderIn, readMoney, tellMoney } from './books.ts';
import type { Books } from './books.ts';
import { detailsPart } from './payment-given.ts';
import type { PaymentDetails } from './payment-given.ts';
import { moneyOf } from './return-money.ts';
import { emptyMoney, rest } from './rules-money.ts';
import type { Arrival, Claim, Command, Money } from './rules-money.ts';
import { bookedOn, paidCode, plainly, readNotice } from './rules-notice.ts';
import { chargeCommand, settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { spoken } from './spoken.ts';

export type GatewayDesk = Pick<Handlers<typeof payments.PaymentsService>, 'startPayment' | 'startOwnPayment' | 'confirmPayment' | 'getGatewayBill'>;
/** Resolves when who asks has shown the secret of a receipt. Throws TRACK_REFUSED and TOO_MANY_TRIES; `peer`: his address, for slowing down guesses. */
export type ReceiptCheck = (proof: { readonly code: string; readonly secret: string }, peer: string) => Promise<void>;

/** Orders of one charge, one after the other has failed. */
const maxOrders = 20;
/** Fields of a confirmation, and characters of each. */
export const maxFields = 32, maxFieldCharacters = 500;
/** What a platform does not know after this never reached it, in milliseconds. */
const unknownAfterMs = 24 * 3_600_000;
const referenceCharacters = 20;
const sides: readonly Side[] = [sideOf(false), sideOf(true)];

export function gatewayDesk(counterOn: (side: Side) => Counter, receiptCheck: ReceiptCheck): GatewayDesk {
  return {
    async startPayment(request, call) {
      const { host } = counterOn('real').books, mark = markRequest(request.requestId, payments.StartPaymentRequest.encode(request).finish(), host.world), by = actingFor(call, request.office);
      const { reference, url, amount } = await startPayment(counterOn, { ...request, mark, by: () => by });
      return { reference, url, amount };
    },
    async startOwnPayment(request, call) {
      const { host } = counterOn('real').books, mark = markRequest(request.requestId, payments.StartOwnPaymentRequest.encode(request).finish(), host.world);
      await receiptCheck(request, call.caller.peer);
      return startPayment(counterOn, { ...request, mark, by: (dossier) => ({ office: dossier.root!.counter, officer: '' }) });
    },
    confirmPayment: (request) => confirmPayment(counterOn, request),
    async getGatewayBill(request, call) {
      actingFor(call, request.office);
      const { host } = counterOn('real').books, dossier = await folderOf(host, request.code), counter = counterOn(await readDossier(host, request.code, sideOfDossier)), gateway = gatewayOf(counter);
      const source = await moneyOf(counter.books, { dossier, charge: request.charge }), reference = source?.money.order?.reference;
      return { pdf: Buffer.from(reference === undefined ? [] : await spoken(gateway, () => gateway.bill(reference)) ?? []) };
    },
  };
}

export function gatewayOf({ gateway }: Counter): PaymentGateway {
  if (gateway === null) throw new HubError('GATEWAY_ABSENT');
  return gateway;
}

const orderFolder = (books: Books, { name }: PaymentGateway, reference: string): FolderId => folderIn(books, 'money', `order|${name}|${reference}`);

/** What our platform has, or will have, confirmed itself: it would stand twice if an office said it, too. Null: it is no platform of ours. */
export async function ownPlatformRefusal({ books, gateway }: Counter, { gateway: named = '', merchantReference = '' }: PaymentDetails): Promise<Refusal | null> {
  if (gateway === null) return null;
  const isOurs = named.toUpperCase() === gateway.name.toUpperCase() || (await readMoney(books, orderFolder(books, gateway, merchantReference.toUpperCase())))?.order != null;
  return isOurs ? refuse('GATEWAY_CONFIRMS', { gateway: gateway.name }, 'gateway.gateway') : null;
}

// ---------------------------------------------------------------- INIT

type Starting = { readonly claim: Claim; readonly command: Command; readonly procedure: string; readonly name: payments.StartOwnPaymentResponse['name'] };
/** `by`: in whose name, where that is the dossier's to say. */
type Asked = { readonly code: string; readonly charge: string; readonly mark: RequestMark; readonly by: (dossier: Dossier) => By };

async function startPayment(counterOn: (side: Side) => Counter, { code, charge: item, mark, by }: Asked): Promise<payments.StartOwnPaymentResponse> {
  const { host } = counterOn('real').books, dossier = await folderOf(host, code);
  const found = await readDossier(host, code, (state) => {
    const charge = state.charges.get(item), claim: Claim = { code, dossier, charge: item, amount: charge?.plan.amount ?? 1 };
    const command: Command = { id: mark.id, digest: mark.digest, by: by(state), method: 'gateway', reference: '' };
    const outcome = decideChargeCommand(chargeCommand({ claim, command }, ''), state, contextOf(host));
    // Money that has arrived may be recorded after the charge has ended; nobody is asked for it then.
    const closed = charge !== undefined && charge.status !== 'open' ? chargeRefusal('CHARGE_NOT_OPEN', charge.plan.name.vi, charge.status) : null;
    const name = { vi: charge?.plan.name.vi ?? '', en: charge?.plan.name.en ?? '' };
    return { refusal: isRefused(outcome) ? outcome.refusal : closed, side: sideOfDossier(state), starting: { claim, command, procedure: state.root!.body.procedure, name } };
  });
  if (found.refusal !== null) throw errorOfRefusal(found.refusal);
  return orderPayment(counterOn(found.side), found.starting);
}

async function orderPayment(counter: Counter, { claim, command, procedure, name }: Starting): Promise<payments.StartOwnPaymentResponse> {
  const { books } = counter, gateway = gatewayOf(counter), { host } = books;
  const { reference, folder } = await openOrder(books, gateway, claim);
  // A request that settles the charge is the order's own: whoever asked for the page does not wait for the payer.
  const settling: Command = { ...command, id: `gw-${reference}`, digest: host.world.hash(new TextEncoder().encode(`${claim.dossier} ${claim.charge} ${reference}`)) };
  await tellMoney(books, folder, (money) => (money.order === null ? [{ type: 'ordered', gateway: gateway.name, reference, claim, command: settling }] : []));
  const office = officeText(host.environment, command.by.office).vi;
  const { url } = await spoken(gateway, () => gateway.order({ reference, amount: claim.amount, info: claim.code, procedure, office, name: name?.vi ?? '' }));
  await tellMoney(books, folder, (money) => (money.url === url ? [] : [{ type: 'offered', url }]));
  return { reference, url, amount: claim.amount, name };
}

/** The order that is under way, or the next. */
async function openOrder(books: Books, gateway: PaymentGateway, claim: Claim): Promise<{ readonly reference: string; readonly folder: FolderId }> {
  for (let n = 1; n <= maxOrders; n++) {
    const named = books.host.world.hash(new TextEncoder().encode(`order|${gateway.name}|${claim.dossier}|${claim.charge}|${claim.amount}|${n}`));
    const reference = `LT${named.slice(0, referenceCharacters).toUpperCase()}`, folder = orderFolder(books, gateway, reference);
    const money = await readMoney(books, folder);
    if (money === null || money.order === null || money.failed === '') return { reference, folder };
  }
  throw errorOfRefusal(refuse('LIMIT_REACHED', { limit: `${maxOrders} orders` }, 'charge'));
}

// ---------------------------------------------------------------- CONFIRM

async function confirmPayment(counterOn: (side: Side) => Counter, { requestId, fields }: payments.ConfirmPaymentRequest): Promise<payments.ConfirmPaymentResponse> {
  markRequest(requestId, new Uint8Array(), counterOn('real').books.host.world);
  const entries = Object.entries(fields), counters = sides.map(counterOn).filter(({ gateway }) => gateway !== null);
  if (counters.length === 0) throw new HubError('GATEWAY_ABSENT');
  if (entries.length > maxFields || entries.some(([name, value]) => name.length + value.length > maxFieldCharacters)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'fields', problem: `≤ ${maxFields} × ${maxFieldCharacters}` }, 'fields'));
  // Whose secret it bears decides in whose books it stands, whatever it says.
  const counter = counters.find(({ gateway }) => gateway!.confirmation(fields) !== undefined);
  if (counter === undefined) throw errorOfRefusal(refuse('SIGNATURE_WRONG', {}, 'fields.MaXacThuc'));
  const gateway = gatewayOf(counter), notice = plainly(gateway.confirmation(fields)!);
  for (const field of ['reference', 'transaction'] as const) if (notice[field] === '' && (field === 'reference' || notice.code === paidCode)) throw errorOfRefusal(refuse('FIELD_MISSING', { field }, `fields.${field === 'reference' ? 'MaThamChieu' : 'MaGiaoDich'}`));
  const { money, kept } = await hear(counter, gateway, notice, 'callback');
  return outcomeOf(money, notice, kept);
}

function outcomeOf(money: Money, notice: GatewayNotice, kept: boolean): payments.ConfirmPaymentResponse {
  const { ConfirmOutcome } = payments;
  const held = money.held.get(notice.transaction), odd = money.unfit.findLast((one) => one.transaction === notice.transaction && one.amount === notice.amount && one.currency === notice.currency);
  const reason = odd?.reason ?? held?.reason ?? '';
  if (reason !== '') return { outcome: ConfirmOutcome.SET_ASIDE, reason, message: messageOf(reason, money, notice) };
  if (notice.code !== paidCode) return { outcome: ConfirmOutcome.FAILED, reason: '', message: undefined };
  return { outcome: kept ? ConfirmOutcome.KEPT : ConfirmOutcome.SETTLED, reason: '', message: undefined };
}

/** What a reason says of money that is set aside. */
export function messageOf(reason: string, money: Pick<Money, 'claim'>, { reference, amount, currency }: Pick<GatewayNotice, 'reference' | 'amount' | 'currency'>): payments.ConfirmPaymentResponse['message'] {
  const code = money.claim?.code ?? '', meta = { reference, amount, currency, due: String(money.claim?.amount ?? 0), ...chargeRefusal('CHARGE_NOT_OPEN', code, 'settled').meta }, row = rowOf(reason as ErrorCode);
  return { vi: wordsFor(row, meta, 'vi').message, en: wordsFor(row, meta, 'en').message };
}

export type Heard = { readonly folder: FolderId; readonly money: Money; /** It is good, and not settled yet. */ readonly kept: boolean };

/** Keeps what the platform said, and settles the charge where it fits. */
export async function hear(counter: Counter, gateway: PaymentGateway, notice: GatewayNotice, via: Extract<Arrival['via'], 'callback' | 'query' | 'file'>): Promise<Heard> {
  const { books } = counter, { world } = books.host;
  const ordered = orderFolder(books, gateway, notice.reference), order = await readMoney(books, ordered), isOurs = order !== null;
  const folder = isOurs ? ordered : folderIn(books, 'money', `foreign|${gateway.name}|${notice.reference}|${notice.transaction}`);
  const day = bookedOn(notice.paidAt, { now: world.now(), since: isOurs ? order.orderedAt : null });
  const { commitment, aside } = commitTo(detailsPart, { gateway: gateway.name, reference: notice.transaction, merchantReference: notice.reference, ...(notice.bank === '' ? {} : { bank: notice.bank }), ...(notice.paidAt === null ? {} : { paidAt: notice.paidAt }) }, world);
  await tellMoney(books, folder, (money) => readNotice(money, notice, { gateway: gateway.name, via, day, details: commitment }), [aside]);
  let kept = false;
  try { await settleMoney(counter, folder, notice.transaction); } catch (cause) {
    // What cannot be settled now is owed, and is tried again.
    kept = true;
    if (asHubError(cause).code === 'INTERNAL') throw cause;
  }
  return { folder, money: await readMoney(books, folder) ?? emptyMoney(), kept };
}

// ---------------------------------------------------------------- QUERY

/** Asks about an order that is not final. `times`: how often at most. */
export async function askGateway(counter: Counter, folder: FolderId, times: number): Promise<void> {
  const { books, gateway } = counter, money = await readMoney(books, folder), order = money?.order;
  if (money == null || order == null || gateway === null) return;
  const answer = await gateway.ask(order.reference).catch(() => null);
  for (const notice of answer?.notices ?? []) await hear(counter, gateway, notice, 'query');
  const state = answer === null ? 'unreachable' : answer.state;
  const now = books.host.world.now(), day = localDate(now);
  await tellMoney(books, folder, (after) => {
    if (after.held.size > 0 || after.unfit.length > 0 || after.failed !== '') return [];
    if (state === 'failed') return [{ type: 'failed', problem: 'QUERY' }];
    if (state === 'unknown' && now - after.orderedAt >= unknownAfterMs) return [{ type: 'failed', problem: 'UNKNOWN' }];
    const asked = { type: 'asked', answer: state === 'paid' ? 'pending' : state } as const;
    // Nobody asks for ever: a person does, then.
    return after.asks + 1 < times ? [asked] : [asked, { type: 'unfit', transaction: order.reference, amount: String(order.claim.amount), currency: 'VND', reason: 'GATEWAY_FAILED', day }];
  });
}

/** What of a record is set aside, in đồng. */
export function leftAside(money: Money, transaction: string): Dong {
  const held = money.held.get(transaction);
  return held === undefined || held.reason === '' ? 0 : rest(held);
}
