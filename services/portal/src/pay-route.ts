/** The applicant pays online: with the secret of the receipt, one charge at a time. What is owed, and whether the secret is right, the hub says. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { payments } from '@lienthong/contract';
import { HubError, textOf } from '@lienthong/kernel';
import { payPage, payRefusedPage } from './pay-page.ts';
import { knownError, languageOf, requestIdOf, sendAnswer, sendPage, statusOf, textOfField } from './route-tools.ts';
import type { Failed } from './route-tools.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export type Pay = (request: payments.StartOwnPaymentRequest, peer: string) => Promise<payments.StartOwnPaymentResponse>;
/** `real`, `rehearsals`: for which there is a platform. */
export type PayPort = { readonly start: Pay; readonly real: boolean; readonly rehearsals: boolean };

/** Null: for neither. */
export function payPort({ gatewayUrl, rehearsalGatewayUrl }: { readonly gatewayUrl: string; readonly rehearsalGatewayUrl: string }, start: Pay): PayPort | null {
  const port = { start, real: gatewayUrl !== '', rehearsals: rehearsalGatewayUrl !== '' };
  return port.real || port.rehearsals ? port : null;
}

type Query = { Querystring: { lang?: string }; Body: Partial<Record<'code' | 'secret' | 'charge', unknown>> | undefined };
type Request = FastifyRequest<Query>;

export function payRoutes(app: FastifyInstance, pay: Pay, failed: Failed): void {
  app.post<Query>('/pay', (request, reply) => showOrder(pay, failed, request, reply));
  app.post<Query>('/api/v1/payments/start', (request, reply) => sendOrder(pay, failed, request, reply));
}

/** The same charge is the same request: while an order is under way it is answered again. */
function askedFor({ body }: Request): payments.StartOwnPaymentRequest {
  const code = textOfField(body, 'code').toUpperCase(), charge = textOfField(body, 'charge');
  return { requestId: requestIdOf([code, charge]), code, secret: textOfField(body, 'secret'), charge };
}

/** Throws GATEWAY_FAILED where the platform names no page of the web. */
async function order(pay: Pay, request: Request): Promise<{ readonly asked: payments.StartOwnPaymentRequest; readonly ordered: payments.StartOwnPaymentResponse }> {
  const asked = askedFor(request), ordered = await pay(asked, request.ip);
  if (!/^https?:$/.test(URL.parse(ordered.url)?.protocol ?? '')) throw new HubError('GATEWAY_FAILED', { gateway: '', problem: 'UrlThanhToan' });
  return { asked, ordered };
}

async function showOrder(pay: Pay, failed: Failed, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const language = languageOf(request);
  try {
    const { asked, ordered } = await order(pay, request);
    return sendPage(reply, 200, payPage(language, asked, ordered));
  } catch (error) {
    const known = knownError(failed, error);
    return sendPage(reply, statusOf(known), payRefusedPage(language, askedFor(request), problemOf(known, language)));
  }
}

function problemOf(known: HubError, language: Language): string {
  const t = words[language];
  if (known.code === 'TRACK_REFUSED') return t.refused;
  if (known.code === 'TOO_MANY_TRIES') return t.wait;
  if (known.code === 'GATEWAY_ABSENT') return t.payNowhere;
  // The secret was right, so there is such a dossier: payments has not heard of it yet.
  if (known.code === 'UNKNOWN_DOSSIER') return t.broken;
  return known.row.next === 'stop' ? textOf(known, language) : t.broken;
}

function sendOrder(pay: Pay, failed: Failed, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  return sendAnswer(failed, request, reply, async () => payments.StartOwnPaymentResponse.toJSON((await order(pay, request)).ordered));
}
