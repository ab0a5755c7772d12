/** The sandbox itself, without a network: what was ordered, what was really paid, what it says about that and when. */
import { isAuthentic, isKind, okCode, printTime, signed } from './messages.ts';
import type { Message } from './messages.ts';
import { faultOf } from './sandbox-script.ts';
import type { Fault, SandboxScript } from './sandbox-script.ts';

export type SandboxSettings = { readonly script: SandboxScript; readonly partner: string; readonly secret: string; readonly now: () => number; /** Address of the pages on which is paid. */ readonly pages: string;
  /** Absent: `script`. */
  readonly payer?: Payer };
/** Who pays: the script by itself, or whoever answers on the page of an order. */
export type Payer = 'script' | 'page';
/** What the page of an order shows. `under-way`: paid or failed in a moment. */
export type Payable = { readonly reference: string; readonly info: string; readonly name: string; readonly amount: number; readonly state: 'waiting' | 'under-way' | 'paid' | 'failed' | 'cancelled' };
/** What a payer may answer. */
export type PayerAnswer = 'pay' | 'cancel';
/** A confirmation to be sent at a time. */
export type Delivery = { readonly at: number; readonly message: Message };

type Paid = { readonly transaction: string; readonly amount: string; readonly currency: string; readonly info: string; readonly at: number };
type Order = { readonly nth: number; readonly reference: string; readonly amount: number; readonly info: string; readonly name: string; readonly fault: Fault; readonly paid: Paid[]; asked: number; /** Whether a file that should have had it was sent. */ filed: boolean; /** Undefined: the payer has not. */ answered?: { readonly answer: PayerAnswer; /** When that shows. */ readonly at: number } };
/** `made`: what really went, in đồng. */
type Refund = { readonly made: number; readonly key: string; readonly reference: string; readonly transaction: string; readonly amount: string; readonly at: number };

/** How often `pending` says so, and how much is missing or over. */
const pendingAnswers = 3, misfitDong = 1_000;
const failedCode = '24';

/** What really goes of a refund. */
function madeOf(amount: number, fault: Fault | undefined): number {
  switch (fault) {
    case 'forgets-refund': return 0;
    case 'halves-refund': return Math.ceil(amount / 2);
    case 'doubles-refund': return amount * 2;
    default: return amount;
  }
}

/** How much later each time it is said that nobody paid, in milliseconds; none: it is not said by itself. */
function refusalsOf(fault: Fault, delayMs: number): readonly number[] {
  switch (fault) {
    case 'silent': case 'pending': case 'mute': return [];
    case 'duplicate': return [0, 0, delayMs];
    case 'delayed': return [delayMs];
    default: return [0];
  }
}

const pdf = (order: Order): string => Buffer.from(`%PDF-1.4\n% ${order.reference} ${order.amount}\n%%EOF\n`).toString('base64');

export class SandboxBank {
  readonly #settings: SandboxSettings;
  readonly #orders = new Map<string, Order>();
  /** The first order of each dossier; the order of each payment; the refunds of each payment. */
  readonly #byInfo = new Map<string, Order>();
  readonly #byTransaction = new Map<string, Order>();
  readonly #refundsOf = new Map<string, Refund[]>();
  readonly #strangers: (Paid & { readonly reference: string })[] = [];
  readonly #refunds = new Map<string, Refund>();
  #deliveries: Delivery[] = [];

  constructor(settings: SandboxSettings) { this.#settings = settings; }

  /** Answers a message of the platform; undefined: no answer comes, ever. */
  answer(message: Message): Message | undefined {
    const { partner, secret } = this.#settings, kind = message['LoaiBanTin'];
    if (!isKind(kind) || message['MaDoiTac'] !== partner || !isAuthentic(message, secret)) return { error_code: '97' };
    switch (kind) {
      case 'INIT': return this.#init(message);
      case 'QUERY': return this.#query(message);
      case 'GET_BILL': return this.#bill(message);
      case 'REFUND': return this.#refund(message);
      case 'FILE': return this.#file(message['Ngay'] ?? '');
      case 'CONFIRM': return { error_code: '98' };
    }
  }

  /** Confirmations whose time has come, each once. */
  due(): readonly Message[] {
    const now = this.#settings.now(), due = this.#deliveries.filter(({ at }) => at <= now);
    this.#deliveries = this.#deliveries.filter(({ at }) => at > now);
    return due.map(({ message }) => message);
  }

  /** When the next is due; null: none waits. */
  nextAt(): number | null {
    return this.#deliveries.length === 0 ? null : Math.min(...this.#deliveries.map(({ at }) => at));
  }

  /** What it got and gave back, in đồng: what the other side's books must come to. */
  get takings(): number {
    const sum = (all: Iterable<{ readonly amount: string; readonly currency?: string }>): number => [...all].reduce((total, one) => total + ((one.currency ?? 'VND') === 'VND' ? Number(one.amount) : 0), 0);
    return sum([...this.#orders.values()].flatMap((one) => one.paid)) + sum(this.#strangers) - [...this.#refunds.values()].reduce((total, { made }) => total + made, 0);
  }

  /** What was done to the order of a dossier; undefined: there is none. */
  faultOf(info: string): Fault | undefined {
    return this.#byInfo.get(info)?.fault;
  }

  #init(message: Message): Message {
    const reference = message['MaThamChieu'] ?? '', amount = Number(message['SoTien']);
    if (reference === '' || !Number.isSafeInteger(amount) || amount < 1 || message['MaTienTe'] !== 'VND') return { error_code: '03' };
    const known = this.#orders.get(reference);
    if (known !== undefined && known.amount !== amount) return { error_code: '02' };
    if (known === undefined) {
      const nth = this.#orders.size + 1;
      const order: Order = { nth, reference, amount, info: message['ThongTinGiaoDich'] ?? '', name: message['NoiDung'] ?? '', fault: faultOf(this.#settings.script, nth), paid: [], asked: 0, filed: false };
      this.#orders.set(reference, order);
      if (!this.#byInfo.has(order.info)) this.#byInfo.set(order.info, order);
      if (this.#settings.payer !== 'page') this.#pay(order);
    }
    return { error_code: '0', UrlThanhToan: `${this.#settings.pages}/${encodeURIComponent(reference)}` };
  }

  /** Undefined: nobody ordered it. */
  payable(reference: string): Payable | undefined {
    const order = this.#orders.get(reference);
    if (order === undefined) return undefined;
    const { info, name, amount, fault, answered } = order, shows = (answered?.at ?? 0) <= this.#settings.now();
    const state = answered === undefined ? 'waiting' : !shows ? 'under-way' : answered.answer === 'cancel' ? 'cancelled' : fault === 'fails' ? 'failed' : 'paid';
    return { reference, info, name, amount, state };
  }

  /** The first answer of a payer counts; later ones, and those about what nobody ordered, change nothing. */
  answered(reference: string, answer: PayerAnswer): void {
    const order = this.#orders.get(reference);
    if (order === undefined || order.answered !== undefined) return;
    if (answer === 'pay') this.#pay(order); else this.#cancel(order);
  }

  #cancel(order: Order): void {
    const now = this.#settings.now();
    order.answered = { answer: 'cancel', at: now };
    for (const later of refusalsOf(order.fault, this.#settings.script.delayMs)) this.#deliveries.push({ at: now + later, message: this.#unpaid(order) });
  }

  #unpaid({ reference, amount, info }: Order): Message {
    return this.#confirmation(reference, { transaction: '', amount: String(amount), currency: 'VND', info, at: 0 }, failedCode);
  }

  /** What the payer does, and what is said about it. */
  #pay(order: Order): void {
    const { payAfterMs, delayMs } = this.#settings.script, { fault, amount, info } = order;
    const at = this.#settings.now() + payAfterMs;
    order.answered = { answer: 'pay', at };
    const paid = (more: Partial<Paid> = {}, n = 1): Paid => ({ transaction: `GD${order.reference}${n}`, amount: String(amount), currency: 'VND', info, at, ...more });
    const tell = (one: Paid, when = at, code = okCode): void => { this.#deliveries.push({ at: when, message: this.#confirmation(order.reference, one, code) }); };
    const real = (one: Paid): Paid => { order.paid.push(one); this.#byTransaction.set(one.transaction, order); return one; };
    switch (fault) {
      case 'pays': case 'files-late': tell(real(paid())); return;
      case 'duplicate': { const one = real(paid()); tell(one); tell(one); tell(one, at + delayMs); return; }
      case 'delayed': tell(real(paid()), at + delayMs); return;
      case 'short': tell(real(paid({ amount: String(Math.max(1, amount - misfitDong)) }))); return;
      case 'vanishes': tell(paid()); return;
      case 'gives-back': {
        const one = real(paid()), key = `HT${order.reference}`;
        tell(one);
        this.#keep({ key, reference: order.reference, transaction: one.transaction, amount: one.amount, made: amount, at });
        return;
      }
      case 'over': case 'forgets-refund': case 'halves-refund': case 'doubles-refund': tell(real(paid({ amount: String(amount + misfitDong) }))); return;
      case 'twice': tell(real(paid())); tell(real(paid({}, 2))); return;
      case 'currency': tell(real(paid({ currency: 'USD' }))); return;
      case 'dossier': tell(real(paid({ info: `${info}-X` }))); return;
      case 'fails': tell(paid(), at, failedCode); return;
      case 'fails-then-pays': tell(paid(), at, failedCode); tell(real(paid({}, 2)), at + delayMs); return;
      case 'contradicts': tell(paid({ amount: String(amount + misfitDong) })); tell(real(paid()), at + delayMs); return;
      case 'silent': case 'pending': case 'mute': real(paid()); return;
      case 'stranger': { tell(real(paid())); const one = { ...paid({ info: '' }, 9), reference: `LA${order.reference}` }; this.#strangers.push(one); this.#deliveries.push({ at, message: this.#confirmation(one.reference, one, okCode) }); return; }
      case 'forged': tell(real(paid())); this.#deliveries.push({ at, message: { ...this.#confirmation(order.reference, paid({}, 7), okCode), MaXacThuc: '0'.repeat(64) } }); return;
    }
  }

  #confirmation(reference: string, { transaction, amount, currency, info, at }: Paid, code: string): Message {
    const { partner, secret } = this.#settings;
    return signed('CONFIRM', { MaLoi: code, MaDoiTac: partner, MaThamChieu: reference, SoTien: amount, MaTienTe: currency, MaGiaoDich: transaction, MaNganHang: 'SANDBOX', ThoiGianGD: printTime(at), ThongTinGiaoDich: info }, secret);
  }

  #query(message: Message): Message | undefined {
    const order = this.#orders.get(message['MaThamChieu'] ?? '');
    if (order === undefined) return { error_code: '0', TrangThaiGD: '0' };
    if (order.fault === 'mute') return undefined;
    if (order.answered === undefined) return { error_code: '0', TrangThaiGD: '3' };
    order.asked += 1;
    if (order.fault === 'pending' && order.asked <= pendingAnswers) return { error_code: '0', TrangThaiGD: '3' };
    if (order.fault === 'fails' || order.answered.answer === 'cancel') return { error_code: '0', TrangThaiGD: '4', GiaoDich: JSON.stringify([this.#unpaid(order)]) };
    const paid = order.paid.filter(({ at }) => at <= this.#settings.now());
    if (paid.length === 0) return { error_code: '0', TrangThaiGD: '3' };
    return { error_code: '0', TrangThaiGD: '1', GiaoDich: JSON.stringify(paid.map((one) => this.#confirmation(order.reference, one, okCode))) };
  }

  #bill(message: Message): Message {
    const order = this.#orders.get(message['MaThamChieu'] ?? '');
    return { error_code: '0', BienLai: order === undefined || order.paid.length === 0 ? '' : pdf(order) };
  }

  #refund(message: Message): Message {
    const { MaThamChieu: reference = '', MaGiaoDich: transaction = '', MaYeuCau: key = '', SoTien: amount = '' } = message;
    const known = this.#refunds.get(key);
    if (known !== undefined) return known.amount === amount && known.transaction === transaction ? { error_code: '0', ThoiGianGD: printTime(known.at) } : { error_code: '02' };
    const order = this.#byTransaction.get(transaction);
    const paid = (order?.paid ?? this.#strangers).find((one) => one.transaction === transaction), earlier = this.#refundsOf.get(transaction) ?? [];
    const before = earlier.reduce((sum, one) => sum + one.made, 0);
    if (paid === undefined || Number(amount) < 1 || before + Number(amount) > Number(paid.amount)) return { error_code: '04' };
    const refund: Refund = { key, reference, transaction, amount, made: madeOf(Number(amount), earlier.length === 0 ? order?.fault : undefined), at: this.#settings.now() };
    this.#keep(refund);
    return { error_code: '0', ThoiGianGD: printTime(refund.at) };
  }

  #keep(refund: Refund): void {
    this.#refunds.set(refund.key, refund);
    this.#refundsOf.set(refund.transaction, [...this.#refundsOf.get(refund.transaction) ?? [], refund]);
  }

  /** What of an order is in a file that should have `paid` of it. */
  #filed(order: Order, paid: readonly Paid[]): readonly Paid[] {
    const late = order.fault === 'files-late' && !order.filed;
    order.filed ||= paid.length > 0;
    return late ? [] : paid;
  }

  #file(date: string): Message {
    const on = ({ at }: { readonly at: number }): boolean => printTime(at).slice(0, 8) === date.replaceAll('-', '');
    const row = (Loai: string, reference: string, one: { readonly transaction: string; readonly amount: string; readonly currency?: string; readonly info?: string; readonly at: number }): Message =>
      ({ Loai, MaThamChieu: reference, MaGiaoDich: one.transaction, SoTien: one.amount, MaTienTe: one.currency ?? 'VND', ThongTinGiaoDich: one.info ?? '', ThoiGianGD: printTime(one.at) });
    const rows = [
      ...[...this.#orders.values()].flatMap((order) => this.#filed(order, order.paid.filter(on)).map((one) => row('NOP', order.reference, one))), ...this.#strangers.filter(on).map((one) => row('NOP', one.reference, one)),
      ...[...this.#refunds.values()].filter((one) => one.made > 0 && on(one)).map((one) => row('HOAN', one.key, { ...one, amount: String(one.made) })),
    ];
    return { error_code: '0', DongDoiSoat: JSON.stringify(rows) };
  }
}
