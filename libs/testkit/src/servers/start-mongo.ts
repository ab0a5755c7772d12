/** A real server for MongoDB's driver, for tests. */
import { chooseServers } from './choose-servers.ts';
import type { ServersSetting } from './choose-servers.ts';
import { dockerMissing } from './docker-available.ts';
import { localMongoMissing, startLocalMongo } from './local-mongo.ts';

/** One node with its data. */
export type MongoServer = {
  /** With a place for the database after the last slash. */
  readonly uri: string;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on its own data and at the same address; resolves when it serves. */
  start(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  pause(): void | Promise<void>;
  resume(): void | Promise<void>;
  /** Ends it, and removes its data where it was not started to keep them. */
  stop(): Promise<void>;
};

/** `directory`: where a server on this machine keeps its data and finds them again. Absent, and in a container: they end with it. */
export type MongoOptions = { readonly servers: ServersSetting; readonly directory?: string };

/** Starts a server; whoever starts it stops it. `skipped` says why there is none. */
export async function startMongo(options: MongoOptions): Promise<MongoServer | { readonly skipped: string }> {
  const { servers } = options;
  const choice = chooseServers(servers, 'MongoDB', { docker: dockerMissing, local: localMongoMissing });
  if (typeof choice === 'object') return choice;
  try {
    return choice === 'docker' ? await (await import('./docker-mongo.ts')).startDockerMongo() : await startLocalMongo(options.directory);
  } catch (cause) {
    // Docker was only the first choice: what is local may still start.
    if (choice === 'docker' && servers === 'auto') return startMongo({ ...options, servers: 'local' });
    return { skipped: `no MongoDB: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}
