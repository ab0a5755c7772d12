export { callMs, gatewayOver, httpGateway } from './http-gateway.ts';
export type { GatewaySettings } from './http-gateway.ts';
export { isAuthentic, parseTime, printTime, signed } from './messages.ts';
export type { Message } from './messages.ts';
export { SandboxBank } from './sandbox-bank.ts';
export { startSandbox } from './sandbox-server.ts';
export type { SandboxServer, SandboxServerSettings } from './sandbox-server.ts';
export { faults, parseScript, plainScript } from './sandbox-script.ts';
export type { Fault, SandboxScript } from './sandbox-script.ts';
