export { createPortal } from './server.ts';
export type { Portal, PortalPorts } from './server.ts';
export { parsePostKeys } from './post-keys.ts';
export type { PostCaller, PostPort } from './post-routes.ts';
export { payPort } from './pay-route.ts';
export type { Pay, PayPort } from './pay-route.ts';
