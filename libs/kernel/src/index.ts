export * from './ports/folder-store.ts';
export * from './ports/documents.ts';
export * from './ports/world.ts';
