export { startHub } from './hub.ts';
export type { Hub, HubOptions } from './hub.ts';
export { serviceNames } from './services.ts';
