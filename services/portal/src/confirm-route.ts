/** Where the payment platform confirms (CONFIRM). Its message is passed on as it is; whether it is authentic, and what it means, payments decides. */
import type { FastifyInstance } from 'fastify';
import { payments } from '@lienthong/contract';
import { knownError, requestIdOf, sendRefusal } from './route-tools.ts';
import type { Failed } from './route-tools.ts';

export const confirmPath = '/api/v1/payments/confirm';
/** MaLoi of our answer: taken, also when it was set aside; anything else lets the platform send it again or stop, as the HTTP status says. */
const takenCode = '00', refusedCode = '99';

export type Confirm = (request: payments.ConfirmPaymentRequest, peer: string) => Promise<payments.ConfirmPaymentResponse>;

export function confirmRoute(app: FastifyInstance, confirm: Confirm, failed: Failed): void {
  app.post(confirmPath, async (request, reply) => {
    try {
      const answer = await confirm(requestOf(request.body), request.ip);
      return await reply.send({ MaLoi: takenCode, ...(payments.ConfirmPaymentResponse.toJSON(answer) as object) });
    } catch (error) {
      return sendRefusal(reply, knownError(failed, error), 'vi', { MaLoi: refusedCode });
    }
  });
}

/** The same message is the same request. */
function requestOf(body: unknown): payments.ConfirmPaymentRequest {
  const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.entries(body) : [];
  const fields = Object.fromEntries(given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
  return payments.ConfirmPaymentRequest.fromPartial({ requestId: requestIdOf(fields), fields });
}
