export { createPostal } from './service.ts';
