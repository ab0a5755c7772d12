/** `FolderExchange`: what other processes may ask the services of this one about their copies. */
import { folder as contract } from '@lienthong/contract';
import { decodeHeads, encodeHeads, encodeSealed, HubError, isAuthorId, isFolderId, updateFromMessage, updateToMessage } from '@lienthong/kernel';
import type { Call, FolderUpdate, PeerService, RpcService, ServiceName } from '@lienthong/kernel';
import { firstPage } from './pull-pages.ts';
import { learned, told } from './trust.ts';
import type { Trust } from './trust.ts';

/** What is asked of a service; every participant is one. */
export type ExchangeParty = {
  readonly peerService: PeerService;
  /** Resolves when all is durable. */
  receive(updates: readonly FolderUpdate[]): Promise<void>;
};

const maxFoldersPerCall = 1_000;
const maxUpdatesPerPush = 1_000;
const maxAsidesPerPull = 256;

/** `parties`: the services of this process by name. `trust`: learns what callers show, and is shown to them. Callers name their incarnation in metadata; it must be the one of the request. */
export function folderExchangeService(parties: ReadonlyMap<ServiceName, ExchangeParty>, trust?: Trust): RpcService<typeof contract.FolderExchangeService> {
  const partyOf = (service: ServiceName): ExchangeParty => {
    const found = parties.get(service);
    if (found === undefined) throw new HubError('UNKNOWN_SERVICE', { service }, { field: 'service' });
    return found;
  };
  const push = (request: contract.PushRequest, call: Call): Promise<contract.PushResponse> => take(partyOf(request.service), request.updates, call);
  return {
    definition: contract.FolderExchangeService,
    handlers: {
      async hello({ service, caller }, call) {
        const { author, mark } = caller ?? { author: '', mark: 0 };
        checkAuthor(author, call, 'caller.author');
        learned(trust, caller?.rootCertificates ?? []);
        const answer = await partyOf(service).peerService.hello({ author, mark });
        return {
          identity: { service, author: answer.author, keyId: '', publicKey: new Uint8Array(), certificates: [], mark: answer.mark, rootCertificates: told(trust) },
          yourMark: answer.seen?.commit ?? 0, yourAuthor: answer.seen?.author ?? '', nowMs: answer.now,
        };
      },
      async heads({ service, author, folders }, call) {
        checkAuthor(author, call);
        check(folders.length <= maxFoldersPerCall && folders.every(isFolderId), 'folders');
        const answer = await partyOf(service).peerService.heads(author, folders);
        return { author: answer.author, folders: answer.folders.map(({ folder, heads }) => ({ folder, heads: encodeHeads(heads) })) };
      },
      push,
      async *streamPush(requests, call) {
        for await (const request of requests) yield await push(request, call);
      },
      async pull({ service, author, folder, heads }, call) {
        checkAuthor(author, call);
        check(isFolderId(folder), 'folder');
        check(heads.every(isHead), 'heads');
        const pulled = await partyOf(service).peerService.pull(author, folder, decodeHeads(heads));
        const page = firstPage(pulled.entries);
        return { author: pulled.author, heads: encodeHeads(pulled.heads), entries: page.map(encodeSealed), more: page.length < pulled.entries.length, mark: pulled.mark, partial: pulled.partial };
      },
      async pullAsides({ service, author, folder, item, names }, call) {
        checkAuthor(author, call);
        check(isFolderId(folder), 'folder');
        check(names.length <= maxAsidesPerPull, 'names');
        const found = await partyOf(service).peerService.pullAsides(author, folder, item, names);
        return { asides: found.flatMap(({ name, bytes }) => bytes === null ? [] : [{ name, content: bytes }]) };
      },
      async seal({ service, author, predecessor, pageToken }, call) {
        checkAuthor(author, call);
        check(isAuthorId(predecessor), 'predecessor');
        const answer = await partyOf(service).peerService.seal(author, predecessor, pageToken);
        return {
          author: answer.author, sealedAuthors: [...answer.sealed], nextPageToken: answer.next, predecessorMark: answer.mark,
          folders: answer.shown.map(({ folder, heads }) => ({ folder, heads: heads.flatMap((head) => encodeHeads({ [predecessor]: head })) })),
        };
      },
    },
  };
}

/** What cannot be read is rejected, the rest made durable; then whoever wants a reply gets what it lacks. */
async function take(party: ExchangeParty, messages: readonly contract.FolderUpdate[], call: Call): Promise<contract.PushResponse> {
  check(messages.length <= maxUpdatesPerPush, 'updates');
  const updates: FolderUpdate[] = [];
  const rejections: contract.Rejection[] = [];
  for (const message of messages) {
    try {
      updates.push(updateFromMessage(message));
    } catch {
      rejections.push({ folder: message.folder, author: '', seq: 0, reason: contract.RejectionReason.UNDECODABLE });
    }
  }
  for (const { sender } of updates) checkAuthor(sender, call, 'updates.from_author');
  await party.receive(updates);
  const replies: contract.FolderUpdate[] = [];
  for (const { folder, sender, heads } of updates.filter((one) => one.wantsReply)) {
    const lacking = await party.peerService.pull(sender, folder, heads);
    const entries = firstPage(lacking.entries);
    replies.push(updateToMessage({ folder, sender: lacking.author, heads: lacking.heads, entries, wantsReply: false, mark: lacking.mark, ...(entries.length < lacking.entries.length ? { more: true } : {}), ...(lacking.partial ? { partial: true } : {}) }));
  }
  return { replies, rejections };
}

function isHead(head: contract.Head): boolean {
  return isAuthorId(head.author) && head.seq >= 1 && head.hash.byteLength === 32;
}

/** Nobody speaks for another incarnation than its own. */
function checkAuthor(author: string, { caller, method }: Call, field = 'author'): void {
  check(isAuthorId(author), field);
  if (author !== caller.service) throw new HubError('CALLER_NOT_ALLOWED', { caller: caller.service, method }, { field });
}

function check(right: boolean, field: string): void {
  if (!right) throw new HubError('MALFORMED_MESSAGE', { problem: field }, { field });
}
