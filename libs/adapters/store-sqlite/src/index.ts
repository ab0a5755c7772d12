export { openSqlite, SqliteStore } from './open-sqlite.ts';
export type { SqliteOptions } from './open-sqlite.ts';
export { SqliteNamespace } from './sqlite-namespace.ts';
export { damagedFolders, damagedFoldersApart } from './damaged-folders.ts';
export type { DamagedFolder } from './damaged-folders.ts';
export { foldersChangedIn, readStoreFacts, whileStopped, writeMarks } from './stopped-store.ts';
export type { ChangedFolder, Standing, StoreFacts } from './stopped-store.ts';
export { readMarks } from '@lienthong/marks';
export type { Marks } from '@lienthong/marks';
