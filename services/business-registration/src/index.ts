export { createBusinessRegistration } from './service.ts';
