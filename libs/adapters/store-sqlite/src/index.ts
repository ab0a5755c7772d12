export { openSqlite, SqliteStore } from './open-sqlite.ts';
export type { SqliteOptions } from './open-sqlite.ts';
export { SqliteNamespace } from './sqlite-namespace.ts';
