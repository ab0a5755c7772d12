/** The national payment platform, or whatever speaks its contract: orders, confirmations, questions, money back, the file of a day. Amounts as it said them. */

/** What it says about a payment. `code` `00`: paid. `info`: what was given with the order. */
export type GatewayNotice = {
  readonly reference: string; readonly code: string; readonly transaction: string; readonly amount: string; readonly currency: string; readonly bank: string; /** Null: it named no time that can be read. */ readonly paidAt: number | null; readonly info: string;
};
/** `reference`: ours; the same again is the same order. `info`: code of the dossier. */
export type GatewayOrder = { readonly reference: string; readonly amount: number; readonly info: string; readonly procedure: string; readonly office: string; readonly name: string };
export type GatewayAnswer = { readonly state: 'paid' | 'pending' | 'failed' | 'unknown'; readonly notices: readonly GatewayNotice[] };
/** A row of the file of a day. `reference` of a refund: the key under which it was ordered. */
export type GatewayRow = { readonly kind: 'payment' | 'refund'; readonly reference: string; readonly transaction: string; readonly amount: string; readonly currency: string; readonly info: string; readonly paidAt: number };
/** A confirmation as it arrived, by the names of the platform. */
export type GatewayMessage = Readonly<Record<string, string>>;

export type PaymentGateway = {
  readonly name: string;
  /** INIT. Resolves with the page on which is paid. */
  order(order: GatewayOrder): Promise<{ readonly url: string }>;
  /** QUERY. */
  ask(reference: string): Promise<GatewayAnswer>;
  /** GET_BILL, a PDF; undefined: it has none. */
  bill(reference: string): Promise<Uint8Array | undefined>;
  /** The same key again moves no money again. */
  giveBack(order: { readonly key: string; readonly reference: string; readonly transaction: string; readonly amount: number }): Promise<{ readonly paidAt: number }>;
  /** What it has of a day, `YYYY-MM-DD`. */
  file(date: string): Promise<readonly GatewayRow[]>;
  /** CONFIRM. Undefined: it was not authenticated with our secret. */
  confirmation(message: GatewayMessage): GatewayNotice | undefined;
};
