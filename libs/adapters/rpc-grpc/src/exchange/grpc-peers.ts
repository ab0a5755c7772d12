/** How a service reaches the services of other processes. */
import { folder as contract } from '@lienthong/contract';
import { decodeHeads, decodeSealed, encodeHeads, errorCatalogue, HubError, isAuthorId, problemOf, serviceOf } from '@lienthong/kernel';
import type { AuthorId, Head } from '@lienthong/folder';
import type { ErrorCode, Peer, Peers, Pulled, SealedEntry, ServiceName } from '@lienthong/kernel';
import { CallError } from '../client/call-error.ts';
import { grpcClient } from '../client/grpc-client.ts';
import type { GrpcClient } from '../client/grpc-client.ts';
import { advanced } from './pull-pages.ts';
import { learned, told } from './trust.ts';
import type { Trust } from './trust.ts';

export type GrpcPeers = Peers & {
  /** Ends all connections. */
  close(): void;
};

type Exchange = GrpcClient<typeof contract.FolderExchangeService>;

/** A folder has at most 64 authors with 256 entries of 64 KiB: more pages than this are no answer. */
const maxPagesPerPull = 300;

/** `addressOf`: address of the process that hosts a service, or of several instances as grpcClient takes them; undefined: not registered. `trust`: is shown to peers, and learns what they show. */
export function grpcPeers(addressOf: (service: ServiceName) => string | undefined, trust?: Trust): GrpcPeers {
  const clients = new Map<string, Exchange>();
  const clientOf = (address: string): Exchange => {
    let found = clients.get(address);
    if (found === undefined) clients.set(address, found = grpcClient(contract.FolderExchangeService, address));
    return found;
  };
  return {
    to(service) {
      const address = addressOf(service);
      if (address === undefined) throw new HubError('UNKNOWN_SERVICE', { service });
      return peerAt(clientOf(address), service, trust);
    },
    close() {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}

function peerAt(client: Exchange, service: ServiceName, trust: Trust | undefined): Peer {
  const asked = <R>(deadlineMs: number, answer: Promise<R>): Promise<R> => answer.catch((error: unknown) => { throw hubErrorOf(error, service, deadlineMs); });
  return {
    hello: (hello, deadlineMs) => asked(deadlineMs, client.hello({ service, caller: identityOf(hello.author, hello.mark, trust) }, { service: hello.author, deadlineMs }).then((answer) => {
      learned(trust, answer.identity?.rootCertificates ?? []);
      const author = authorIn(answer.identity?.author, service);
      const seen = answer.yourMark === 0 ? undefined : { author: answer.yourAuthor, commit: answer.yourMark };
      return { author, mark: answer.identity?.mark ?? 0, seen, now: answer.nowMs };
    })),
    heads: (from, folders, deadlineMs) => asked(deadlineMs, client.heads({ service, author: from, folders: [...folders] }, { service: from, deadlineMs }).then((answer) => ({
      author: authorIn(answer.author, service), folders: answer.folders.map(({ folder, heads }) => ({ folder, heads: decodeHeads(heads) })),
    }))),
    pull: (from, folder, have, deadlineMs) => asked(deadlineMs, pullAll(client, service, from, folder, have, deadlineMs)),
    pullAsides: (from, folder, item, names, deadlineMs) => asked(deadlineMs, client.pullAsides({ service, author: from, folder, item, names: [...names] }, { service: from, deadlineMs })
      .then(({ asides }) => asides.map(({ name, content }) => ({ name, bytes: content })))),
    seal: (from, author, page, deadlineMs) => asked(deadlineMs, client.seal({ service, author: from, predecessor: author, pageSize: 0, pageToken: page }, { service: from, deadlineMs }).then((answer) => ({
      author: authorIn(answer.author, service), sealed: answer.sealedAuthors, next: answer.nextPageToken, mark: answer.predecessorMark,
      shown: answer.folders.map(({ folder, heads }) => ({ folder, heads: heads.map((head) => headIn(head, author)) })),
    }))),
  };
}

/** Page after page, within one deadline. */
async function pullAll(client: Exchange, service: ServiceName, from: AuthorId, folder: string, have: Pulled['heads'], deadlineMs: number): Promise<Pulled> {
  const until = Date.now() + deadlineMs;
  const entries: SealedEntry[] = [];
  for (let page = 0; page < maxPagesPerPull; page++) {
    const answer = await client.pull({ service, author: from, folder, heads: encodeHeads(have) }, { service: from, deadlineMs: until - Date.now() });
    const brought = answer.entries.map(decodeSealed);
    entries.push(...brought);
    if (!answer.more) return { author: authorIn(answer.author, service), heads: decodeHeads(answer.heads), entries, mark: answer.mark ?? 0, ...(answer.partial ? { partial: true } : {}) };
    have = advanced(have, brought);
  }
  throw new HubError('PEER_UNREACHABLE', { service, problem: `a pull without end: ${maxPagesPerPull} pages` });
}

function identityOf(author: AuthorId, mark: number, trust: Trust | undefined): contract.ServiceIdentity {
  return { service: serviceOf(author), author, keyId: '', publicKey: new Uint8Array(), certificates: [], mark, rootCertificates: told(trust) };
}

function authorIn(author: string | undefined, service: ServiceName): AuthorId {
  if (author === undefined || !isAuthorId(author) || serviceOf(author) !== service) throw new HubError('MALFORMED_MESSAGE', { problem: `author of ${service}` });
  return author;
}

function headIn(head: contract.Head, author: AuthorId): Head {
  const found = decodeHeads([head])[author];
  if (found === undefined) throw new HubError('MALFORMED_MESSAGE', { problem: 'heads' });
  return found;
}

/** The error as the other side threw it; what came from the way there is PEER_UNREACHABLE or DEADLINE_EXCEEDED. */
export function hubErrorOf(error: unknown, service: ServiceName, deadlineMs: number): unknown {
  if (!(error instanceof CallError)) return error;
  if (error.reason in errorCatalogue) {
    const { remedy: _remedy, next: _next, field = '', ...meta } = error.metadata;
    return new HubError(error.reason as ErrorCode, meta, { field, cause: error });
  }
  if (error.status === 'DEADLINE_EXCEEDED') return new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(deadlineMs) }, { cause: error });
  return new HubError('PEER_UNREACHABLE', { service, problem: problemOf(error) }, { cause: error });
}
