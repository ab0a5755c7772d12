export { createOversight } from './service.ts';
