/** Keeps the Kafka that all files of one test run share: `keep-kafka.ts <file for the note> <pid of the run> <LIENTHONG_TEST_SERVERS>`. */
import type { ServersSetting } from './choose-servers.ts';
import { keepServer } from './keep-server.ts';
import { startKafka } from './start-kafka.ts';

const [, , file, runner, servers] = process.argv;
await keepServer(file!, Number(runner), () => startKafka({ nodes: 1, servers: servers as ServersSetting }), ({ bootstrap }) => ({ bootstrap }));
