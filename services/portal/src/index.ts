export { createPortal } from './server.ts';
export type { Portal, PortalPorts } from './server.ts';
