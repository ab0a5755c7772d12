/** The public pages over HTTP. Holds no truth: everything is asked of intake. */
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { intake } from '@lienthong/contract';
import { confirmRoute } from './confirm-route.ts';
import type { Confirm } from './confirm-route.ts';
import { homePage, messagePage } from './home-page.ts';
import { style } from './layout.ts';
import { openapi } from './openapi.ts';
import { payRoutes } from './pay-route.ts';
import type { PayPort } from './pay-route.ts';
import { postRoutes } from './post-routes.ts';
import type { PostPort } from './post-routes.ts';
import { resultRoutes } from './result-route.ts';
import type { LookUp } from './result-route.ts';
import { isTroubled, knownError, languageOf, sendAnswer, sendPage, statusOf, textOfField } from './route-tools.ts';
import type { Failed } from './route-tools.ts';
import { trackPage } from './track-page.ts';
import { answerUntaken, inOurWords, protectingHeaders } from './untaken-requests.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export type PortalPorts = {
  /** `peer`: address of who asks, for slowing down guesses. */
  track(request: intake.TrackDossierRequest, peer: string): Promise<intake.TrackDossierResponse>;
  readonly checkResult: LookUp;
  form(request: intake.GetFormRequest, peer: string): AsyncIterable<intake.GetFormResponse>;
  /** What the payment platform says. */
  readonly confirm: Confirm;
  /** The applicant pays online; null or absent: there is no payment platform. */
  readonly pay?: PayPort | null;
  /** For postmen; null: no post office has a key, and there is no such page. */
  readonly post: PostPort | null;
  live(): boolean;
  ready(): { readonly ready: boolean; readonly parts: unknown };
  /** Called for what is a defect, never for a refusal; who asked is told `id` alone. */
  failed(error: unknown, id: string): void;
};

/** `trustedProxies`: addresses or CIDR ranges of proxies in front of the pages. Only what they say of who asks is believed; without any, whoever connects is who asks. `publicUrl`: where people reach the pages; '' or absent: where they listen. */
export type PortalSettings = { readonly trustedProxies: readonly string[]; readonly publicUrl?: string };

export type Portal = {
  /** `host`: address to listen at; absent: 127.0.0.1. Resolves with the port. */
  listen(port: number, host?: string): Promise<number>;
  stop(): Promise<void>;
};

/** Bytes of a request body; milliseconds for one request. */
export const maxBodyBytes = 16 * 1024;
export const requestTimeoutMs = 15_000;

export function createPortal(ports: PortalPorts, { trustedProxies, publicUrl = '' }: PortalSettings = { trustedProxies: [] }): Portal {
  const app = fastify({ bodyLimit: maxBodyBytes, requestTimeout: requestTimeoutMs, logger: false, ...inOurWords, trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies] });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))));
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(protectingHeaders);
  });
  publicRoutes(app, ports);
  const failed: Failed = (error, id) => ports.failed(error, id);
  resultRoutes(app, ports.checkResult, failed);
  if (ports.post !== null) postRoutes(app, ports.post, failed, publicUrl.startsWith('https:'));
  confirmRoute(app, ports.confirm, failed);
  if (ports.pay != null) payRoutes(app, ports.pay.start, failed);
  answerUntaken(app, failed);
  return {
    async listen(port, host = '127.0.0.1') {
      await app.listen({ port, host });
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    stop: () => app.close(),
  };
}

type Query = { Querystring: Partial<Record<'lang' | 's' | 'signed', unknown>>; Params: { code: string; form?: string }; Body: Partial<Record<'code' | 'last4' | 'secret', unknown>> | null | undefined };
type Request = FastifyRequest<Query>;

function publicRoutes(app: FastifyInstance, ports: PortalPorts): void {
  app.get('/health/live', (_request, reply) => reply.code(ports.live() ? 200 : 503).send({ live: ports.live() }));
  app.get('/health/ready', (_request, reply) => { const health = ports.ready(); return reply.code(health.ready ? 200 : 503).send(health); });
  app.get('/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
  app.get('/openapi.json', (_request, reply) => reply.send(openapi));
  app.get<Query>('/', (request, reply) => sendPage(reply, 200, homePage(languageOf(request))));
  app.get<Query>('/track/:code', (request, reply) => (request.query.s === undefined ? sendPage(reply, 200, homePage(languageOf(request), request.params.code)) : showDossier(ports, request, reply, request.params.code, { secret: textOfField(request.query, 's') })));
  app.post<Query>('/track', (request, reply) => showDossier(ports, request, reply, textOfField(request.body, 'code'), { last4: textOfField(request.body, 'last4') }));
  app.get<Query>('/receipt/:code', (request, reply) => sendForm(ports, request, reply, 'receipt'));
  app.get<Query>('/form/:code/:form', (request, reply) => sendForm(ports, request, reply, request.params.form ?? ''));
  app.post<Query>('/api/v1/track', (request, reply) => sendStatus(ports, request, reply));
}

type Proof = { readonly secret: string } | { readonly last4: string };

function requestOf(code: string, proof: Proof): intake.TrackDossierRequest {
  return { code: code.trim().toUpperCase(), proof: 'secret' in proof ? { $case: 'secret', value: proof.secret } : { $case: 'identityLast4', value: proof.last4 } };
}

async function showDossier(ports: PortalPorts, request: Request, reply: FastifyReply, code: string, proof: Proof): Promise<FastifyReply> {
  const language = languageOf(request);
  try {
    const { status, reads, readsUnavailable } = await ports.track(requestOf(code, proof), request.ip);
    return sendPage(reply, 200, trackPage({ status: status!, reads, readsUnavailable, language, proof, now: new Date(), payOnline: (status!.rehearsal ? ports.pay?.rehearsals : ports.pay?.real) ?? false }));
  } catch (error) {
    const known = knownError((cause, id) => ports.failed(cause, id), error);
    const text = known.code === 'TOO_MANY_TRIES' ? words[language].wait : isTroubled(known) ? words[language].broken : words[language].refused;
    return sendPage(reply, statusOf(known), homePage(language, code, text));
  }
}

/** A paper of the dossier; who has the secret of its receipt may have them all. */
async function sendForm(ports: PortalPorts, request: Request, reply: FastifyReply, form: string): Promise<FastifyReply> {
  const language = languageOf(request), { code } = request.params;
  try {
    const chunks: Uint8Array[] = [];
    for await (const { chunk } of ports.form({ code, secret: textOfField(request.query, 's'), form, language, signed: request.query.signed === '1' }, request.ip)) chunks.push(chunk);
    return reply.type('application/pdf').header('content-disposition', `inline; filename="${fileName(code)}${form === 'receipt' ? '' : `-${fileName(form)}`}.pdf"`).send(Buffer.concat(chunks));
  } catch (error) {
    const known = knownError((cause, id) => ports.failed(cause, id), error);
    const text = isTroubled(known) ? words[language].broken : withoutForm.has(known.code) ? words[language].noForm : words[language].refused;
    return sendPage(reply, statusOf(known), messagePage(language, text));
  }
}

/** Said only to who has shown the secret. */
const withoutForm: ReadonlySet<string> = new Set(['FORM_NOT_ISSUED', 'FORM_NOT_IN_EDITION', 'FORM_NOT_SIGNED']);
const fileName = (text: string): string => text.replace(/[^A-Za-z0-9.-]/g, '');

function sendStatus(ports: PortalPorts, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const { body } = request, code = textOfField(body, 'code'), proof = body?.secret === undefined ? { last4: textOfField(body, 'last4') } : { secret: textOfField(body, 'secret') };
  return sendAnswer((cause, id) => ports.failed(cause, id), request, reply, async () => intake.TrackDossierResponse.toJSON(await ports.track(requestOf(code, proof), request.ip)));
}
