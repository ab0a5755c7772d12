export { createLand } from './service.ts';
