export { directoryDocuments } from './directory-documents.ts';
export { Examination } from './examination.ts';
export { memoryDocuments } from './memory-documents.ts';
