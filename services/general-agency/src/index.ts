export { createGeneralAgency } from './service.ts';
