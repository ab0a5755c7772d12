import { HubError, problemOf } from '@lienthong/kernel';
import type { PaymentGateway } from '@lienthong/kernel';

/** What goes wrong between here and the platform may be tried again: GATEWAY_FAILED. */
export async function spoken<T>({ name }: PaymentGateway, call: () => Promise<T>): Promise<T> {
  try { return await call(); } catch (cause) { throw cause instanceof HubError ? cause : new HubError('GATEWAY_FAILED', { gateway: name, problem: problemOf(cause) }, { cause }); }
}
