export { carrierFaults, parseCarrierScript, plainCarrierScript } from './carrier-script.ts';
export type { CarrierFault, CarrierScript } from './carrier-script.ts';
export { roundOf } from './round.ts';
export type { Errand, Round } from './round.ts';
export { SandboxCarrier } from './sandbox-carrier.ts';
export type { CarrierPort, Carried } from './sandbox-carrier.ts';
