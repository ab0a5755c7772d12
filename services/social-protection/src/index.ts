export { createSocialProtection } from './service.ts';
