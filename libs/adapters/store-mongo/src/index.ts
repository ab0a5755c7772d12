export { openMongo, ownerOf, provisionMongo } from './open-mongo.ts';
export type { MongoOptions } from './open-mongo.ts';
export { copyDatabase, heldIn, replaceDatabase } from './database-copy.ts';
export type { DatabaseCopy, HeldFolder } from './database-copy.ts';
export { MongoStore } from './mongo-store.ts';
export { MongoDocuments, openMongoDocuments } from './mongo-documents.ts';
export type { MongoDocumentsOptions } from './mongo-documents.ts';
