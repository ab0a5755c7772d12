/** Looking a result up: by the code of its dossier and its number, or by the digest of its file. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { intake } from '@lienthong/contract';
import { resultPage, resultPath } from './result-page.ts';
import { knownError, languageOf, sendAnswer, sendPage, statusOf, textOfField } from './route-tools.ts';
import type { Failed } from './route-tools.ts';
import { words } from './words.ts';

export type LookUp = (request: intake.CheckResultRequest, peer: string) => Promise<intake.CheckResultResponse>;
type Query = { Querystring: { lang?: string }; Body: Partial<Record<'code' | 'number' | 'digest', unknown>> | undefined };
type Request = FastifyRequest<Query>;

export function resultRoutes(app: FastifyInstance, lookUp: LookUp, failed: Failed): void {
  app.get<Query>(resultPath, (request, reply) => sendPage(reply, 200, resultPage({ language: languageOf(request), code: '', number: '', digest: '' })));
  app.post<Query>(resultPath, (request, reply) => showResult(lookUp, failed, request, reply));
  app.post<Query>('/api/v1/result', (request, reply) => sendResult(lookUp, failed, request, reply));
}

function askedFor({ body }: Request): intake.CheckResultRequest {
  return { code: textOfField(body, 'code'), number: textOfField(body, 'number'), digest: textOfField(body, 'digest') };
}

async function showResult(lookUp: LookUp, failed: Failed, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const language = languageOf(request), asked = askedFor(request);
  try {
    return sendPage(reply, 200, resultPage({ language, ...asked, answer: await lookUp(asked, request.ip) }));
  } catch (error) {
    const known = knownError(failed, error), t = words[language];
    const problem = known.code === 'TOO_MANY_TRIES' ? t.wait : known.code === 'RESULT_NOT_FOUND' ? t.noResult : known.row.status === 'INVALID_ARGUMENT' ? t.resultAsk : t.broken;
    return sendPage(reply, statusOf(known), resultPage({ language, ...asked, problem }));
  }
}

function sendResult(lookUp: LookUp, failed: Failed, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  return sendAnswer(failed, request, reply, async () => intake.CheckResultResponse.toJSON(await lookUp(askedFor(request), request.ip)));
}
