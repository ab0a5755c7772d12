export { directoryDocuments } from './directory-documents.ts';
export { memoryDocuments } from './memory-documents.ts';
