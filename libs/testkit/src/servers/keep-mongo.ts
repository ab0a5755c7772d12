/** Keeps the MongoDB that all files of one test run share: `keep-mongo.ts <file for the note> <pid of the run> <LIENTHONG_TEST_SERVERS>`. */
import type { ServersSetting } from './choose-servers.ts';
import { keepServer } from './keep-server.ts';
import { startMongo } from './start-mongo.ts';

const [, , file, runner, servers] = process.argv;
await keepServer(file!, Number(runner), () => startMongo({ servers: servers as ServersSetting }), ({ uri }) => ({ uri }));
