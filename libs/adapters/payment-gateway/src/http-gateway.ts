/** The platform over HTTP: one address, one JSON message a call, both ways authenticated with the secret of the partner. */
import { HubError } from '@lienthong/kernel';
import type { GatewayMessage, GatewayNotice, GatewayRow, PaymentGateway } from '@lienthong/kernel';
import { isAuthentic, parseTime, printTime, signed, version } from './messages.ts';
import type { Kind, Message } from './messages.ts';

export type GatewaySettings = { readonly name: string; readonly url: string; readonly partner: string; readonly secret: string; /** Present time in milliseconds. */ readonly now: () => number };

/** Bound of one call, in milliseconds. */
export const callMs = 5_000;
/** Bytes of an answer. */
export const maxAnswerBytes = 16 * 1024 * 1024;

type Answer = Message & { readonly error_code?: string };

export function httpGateway(settings: GatewaySettings): PaymentGateway {
  return gatewayOver(settings, (message) => post(settings, message));
}

/** The contract over whatever carries a message and brings its answer. */
export function gatewayOver({ name, partner, secret, now }: Omit<GatewaySettings, 'url'>, carry: (message: Message) => Promise<Message>): PaymentGateway {
  const stamped = (more: Message): Message => ({ PhienBan: version, MaDoiTac: partner, ThoiGianGD: printTime(now()), ...more });
  const say = async (kind: Kind, more: Message): Promise<Answer> => {
    const answer: Answer = await carry(signed(kind, stamped(more), secret));
    if (answer.error_code !== '0') throw notSaid(name, `${kind} ${answer.error_code ?? '?'}`);
    return answer;
  };
  return {
    name,
    async order({ reference, amount, info, procedure, office, name: title }) {
      const answer = await say('INIT', { MaThamChieu: reference, SoTien: String(amount), LoaiHinhThanhToan: 'PAY', MaTienTe: 'VND', ThongTinGiaoDich: info, MaTTHC: procedure, MaDonVi: office, MaHoSo: info, NoiDung: title });
      return { url: answer['UrlThanhToan'] ?? '' };
    },
    async ask(reference) {
      const answer = await say('QUERY', { MaThamChieu: reference });
      const notices = listOf(answer, 'GiaoDich').map((one) => noticeOf(one));
      const states = { 1: 'paid', 3: 'pending', 4: 'failed' } as const;
      return { state: states[answer['TrangThaiGD'] as unknown as keyof typeof states] ?? 'unknown', notices };
    },
    async bill(reference) {
      const { BienLai: encoded } = await say('GET_BILL', { MaThamChieu: reference });
      return encoded === undefined || encoded === '' ? undefined : Buffer.from(encoded, 'base64');
    },
    async giveBack({ key, reference, transaction, amount }) {
      const answer = await say('REFUND', { MaThamChieu: reference, MaGiaoDich: transaction, MaYeuCau: key, SoTien: String(amount), MaTienTe: 'VND' });
      return { paidAt: parseTime(answer['ThoiGianGD'] ?? '') ?? now() };
    },
    file: async (date) => listOf(await say('FILE', { Ngay: date }), 'DongDoiSoat').map((row) => rowOf(row, date)),
    confirmation: (message) => (message['LoaiBanTin'] === 'CONFIRM' && message['MaDoiTac'] === partner && isAuthentic(message, secret) ? noticeOf(message) : undefined),
  };
}

const notSaid = (gateway: string, problem: string): HubError => new HubError('GATEWAY_FAILED', { gateway, problem });

function noticeOf(message: GatewayMessage): GatewayNotice {
  const field = (one: string): string => message[one] ?? '';
  return { reference: field('MaThamChieu'), code: field('MaLoi'), transaction: field('MaGiaoDich'), amount: field('SoTien'), currency: field('MaTienTe'), bank: field('MaNganHang'), paidAt: parseTime(field('ThoiGianGD')), info: field('ThongTinGiaoDich') };
}

/** A row without a time that can be read is of the day of its file. */
function rowOf(row: Message, date: string): GatewayRow {
  const field = (one: string): string => row[one] ?? '';
  return { kind: field('Loai') === 'HOAN' ? 'refund' : 'payment', reference: field('MaThamChieu'), transaction: field('MaGiaoDich'), amount: field('SoTien'), currency: field('MaTienTe'), info: field('ThongTinGiaoDich'), paidAt: parseTime(field('ThoiGianGD')) ?? parseTime(`${date.replaceAll('-', '')}000000`) ?? 0 };
}

/** Lists travel as JSON in a text field, so that every field is a text under one rule. */
function listOf(answer: Answer, field: string): readonly Message[] {
  const list: unknown = JSON.parse(answer[field] ?? '[]');
  if (!Array.isArray(list)) throw new RangeError(`${field} is no list`);
  return list.map((one) => Object.fromEntries(Object.entries(one as object).map(([key, value]) => [key, String(value)])));
}

async function post({ url, name }: GatewaySettings, message: Message): Promise<Message> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), signal: AbortSignal.timeout(callMs), redirect: 'error' });
  const text = await response.text();
  if (text.length > maxAnswerBytes) throw notSaid(name, `${text.length} characters`);
  if (!response.ok) throw notSaid(name, `HTTP ${response.status}`);
  return JSON.parse(text) as Message;
}
