/** The postman's page over HTTP. It records nothing itself: every form is one call of the post's contract, in the name of the post office that has entered. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { postal } from '@lienthong/contract';
import { guessLimit } from '@lienthong/dossier-service';
import { asHubError, textOf } from '@lienthong/kernel';
import { errandsPage, loginPage, parcelPage } from './post-pages.ts';
import type { Errands } from './post-pages.ts';
import { postSessions } from './post-session.ts';
import type { Postman, PostSessions } from './post-session.ts';
import { postWords } from './post-words.ts';
import { knownError, languageOf, sendPage, statusOf, textOfField } from './route-tools.ts';
import type { Failed } from './route-tools.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export type PostCaller = Pick<Postman, 'office' | 'officer'> & { readonly peer: string };
/** The post, as the office that has entered; `keys`: which offices may, and with what. */
export type PostPort = {
  readonly keys: ReadonlyMap<string, string>;
  list(request: postal.ListConsignmentsRequest, by: PostCaller): Promise<postal.ListConsignmentsResponse>;
  scan(request: postal.ScanConsignmentRequest, by: PostCaller): Promise<unknown>;
  deliver(request: postal.DeliverConsignmentRequest, by: PostCaller): Promise<unknown>;
  fail(request: postal.FailConsignmentRequest, by: PostCaller): Promise<unknown>;
};

/** Consignments on one page of a phone. */
export const maxShown = 200;

type Form = Readonly<Record<string, string | undefined>>;
/** What a form may say; anything but text is passed over. */
const formOf = (body: unknown): Form => Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === 'string'));
type Asked = FastifyRequest<{ Params: { number: string; what: string }; Querystring: { lang?: string; done?: string; rehearsal?: string }; Body: unknown }>;
/** `failed`: what is a defect, never a refusal. */
type Serving = { readonly port: PostPort; readonly sessions: PostSessions; readonly limit: ReturnType<typeof guessLimit>; readonly failed: Failed };

const callerOf = ({ office, officer }: Postman, request: Asked): PostCaller => ({ office, officer, peer: request.ip });

/** `encrypted`: people reach the pages by https. */
export function postRoutes(app: FastifyInstance, port: PostPort, failed: Failed, encrypted: boolean): void {
  const serving: Serving = { port, failed, sessions: postSessions(port.keys, Date.now, encrypted), limit: guessLimit(Date.now) };
  const entered = (serve: (request: Asked, reply: FastifyReply, postman: Postman) => Promise<FastifyReply>) => (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | FastifyReply => {
    const asked = request as Asked, postman = serving.sessions.read(request.headers.cookie);
    return postman === undefined ? sendPage(reply, request.method === 'GET' ? 200 : 403, loginPage(languageOf(asked))) : serve(asked, reply, postman);
  };
  app.post('/post/login', (request, reply) => enter(serving, request as Asked, reply));
  app.post('/post/logout', (request, reply) => reply.header('set-cookie', serving.sessions.closed).redirect(`/post${tail(request as Asked)}`, 303));
  app.get('/post', entered(async (request, reply, postman) => {
    try {
      return sendPage(reply, 200, errandsPage(languageOf(request), postman.office, await errandsOf(serving, request, postman), { done: request.query.done === '1', problem: '' }));
    } catch (error) { return refusedPage(serving, request, reply, postman, error); }
  }));
  app.get('/post/:number', entered((request, reply, postman) => showParcel(serving, request, reply, postman)));
  app.post('/post/:number/:what', entered((request, reply, postman) => record(serving, request, reply, postman)));
}

const tail = (request: Asked): string => (languageOf(request) === 'en' ? '?lang=en' : '');

async function enter({ sessions, limit }: Serving, request: Asked, reply: FastifyReply): Promise<FastifyReply> {
  const form = formOf(request.body), given = { office: textOfField(form, 'office'), officer: textOfField(form, 'officer'), place: textOfField(form, 'place') }, { key = '' } = form, language = languageOf(request);
  const refused = (status: number, problem: string): FastifyReply => sendPage(reply, status, loginPage(language, problem, given));
  try {
    const cookie = await limit.attempt({ thing: `office:${given.office}`, peer: request.ip }, async () => (given.place === '' ? undefined : sessions.open(given, key)));
    return cookie === undefined ? refused(403, postWords[language].wrong) : reply.header('set-cookie', cookie).redirect(`/post${tail(request)}`, 303);
  } catch (error) { return refused(statusOf(asHubError(error)), words[language].wait); }
}

async function errandsOf({ port }: Serving, request: Asked, postman: Postman): Promise<Errands> {
  const list = (errand: postal.Errand, rehearsal: boolean): Promise<postal.ListConsignmentsResponse> => port.list(postal.ListConsignmentsRequest.create({ errand, rehearsal, pageSize: maxShown }), callerOf(postman, request));
  const [collect, deliver, rehearsedToCollect, rehearsedToDeliver] = await Promise.all([list(postal.Errand.COLLECT, false), list(postal.Errand.DELIVER, false), list(postal.Errand.COLLECT, true), list(postal.Errand.DELIVER, true)]);
  return {
    collect: [...collect.consignments, ...rehearsedToCollect.consignments], deliver: [...deliver.consignments, ...rehearsedToDeliver.consignments],
    more: [collect, deliver, rehearsedToCollect, rehearsedToDeliver].some((one) => one.nextPageToken !== ''),
  };
}

function problemOf({ failed }: Serving, error: unknown, language: Language): { readonly status: number; readonly text: string } {
  const known = knownError(failed, error);
  return { status: statusOf(known), text: known !== error || known.retryable ? words[language].broken : textOf(known, language) };
}

function refusedPage(serving: Serving, request: Asked, reply: FastifyReply, postman: Postman, error: unknown): FastifyReply {
  const language = languageOf(request), { status, text } = problemOf(serving, error, language);
  return sendPage(reply, status, errandsPage(language, postman.office, { collect: [], deliver: [], more: false }, { done: false, problem: text }));
}

async function showParcel(serving: Serving, request: Asked, reply: FastifyReply, postman: Postman, problem = '', status = 200): Promise<FastifyReply> {
  const language = languageOf(request);
  try {
    const errands = await errandsOf(serving, request, postman), isIt = (one: postal.PostalConsignment): boolean => one.consignment!.number === request.params.number;
    const errand = errands.collect.some(isIt) ? 'collect' : 'deliver', parcel = errands[errand].find(isIt);
    if (parcel === undefined) return sendPage(reply, 404, errandsPage(language, postman.office, errands, { done: false, problem: problem || postWords[language].gone }));
    return sendPage(reply, status, parcelPage(language, { parcel, errand, request: randomUUID(), problem }));
  } catch (error) { return refusedPage(serving, request, reply, postman, error); }
}

async function record(serving: Serving, request: Asked, reply: FastifyReply, postman: Postman): Promise<FastifyReply> {
  const say = Object.hasOwn(sayings, request.params.what) ? sayings[request.params.what as keyof typeof sayings] : undefined;
  if (say === undefined) return showParcel(serving, request, reply, postman, words[languageOf(request)].notFound, 404);
  try {
    const { params: { number } } = request, body = formOf(request.body);
    await say(serving.port, { requestId: body['request'] ?? '', office: '', number, place: postman.place }, body, callerOf(postman, request));
    return await reply.redirect(`/post${languageOf(request) === 'en' ? '?lang=en&done=1' : '?done=1'}`, 303);
  } catch (error) {
    const { status, text } = problemOf(serving, error, languageOf(request));
    return showParcel(serving, request, reply, postman, text, status);
  }
}

type Common = Pick<postal.ScanConsignmentRequest, 'requestId' | 'office' | 'number' | 'place'>;
type Saying = (port: PostPort, common: Common, form: Form, by: PostCaller) => Promise<unknown>;
const paid = (form: Form): number => Number(form['paid'] ?? 0);
const failing = (kind: postal.FailureKind): Saying => (port, common, form, by) => port.fail(postal.FailConsignmentRequest.create({ ...common, kind, reason: postal.failureReasonFromJSON(Number(form['reason'] ?? 0)) }), by);

const sayings = {
  collect: (port, common, form, by) => port.scan(postal.ScanConsignmentRequest.create({ ...common, state: postal.ScanState.COLLECTED, handoverCode: form['code'] ?? '', signedBy: form['signedBy'] ?? '', codCollected: paid(form) }), by),
  out: (port, common, _form, by) => port.scan(postal.ScanConsignmentRequest.create({ ...common, state: postal.ScanState.OUT_FOR_DELIVERY }), by),
  deliver: (port, common, form, by) => port.deliver(postal.DeliverConsignmentRequest.create({ ...common, handoverCode: form['code'] ?? '', receiverName: form['receiver'] ?? '', signed: form['signed'] === '1', codCollected: paid(form) }), by),
  attempt: failing(postal.FailureKind.ATTEMPT), returned: failing(postal.FailureKind.RETURNED),
} as const satisfies Readonly<Record<string, Saying>>;
