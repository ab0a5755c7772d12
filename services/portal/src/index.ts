export { createPortal } from './server.ts';
export type { Portal, PortalPorts } from './server.ts';
export { parsePostKeys } from './post-keys.ts';
export type { PostCaller, PostPort } from './post-routes.ts';
