export { memoryHub } from './memory-hub.ts';
export type { MemoryHub, MemoryHubConfig } from './memory-hub.ts';
export { testWorld } from './test-world.ts';
export type { TestWorld } from './test-world.ts';
export { askPlainly, copiesEqual, plainIntake, receivePlainly } from './plain-intake.ts';
export type { PlainDossier, PlainSubmission } from './plain-intake.ts';
export { onlyRegisterLegs } from './short-route.ts';
export { testDesk, until } from './test-desk.ts';
export type { TestDesk } from './test-desk.ts';
