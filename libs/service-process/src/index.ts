export { followCalendar } from './follow-calendar.ts';
export { openReference } from './open-reference.ts';
export { explained, PortTaken } from './start-failure.ts';
export { followReference } from './follow-reference.ts';
export { processRpcs } from './process-rpcs.ts';
export type { ProcessFacts, ProcessParts } from './process-rpcs.ts';
export { reportsTo } from './reports.ts';
export { runProcess } from './run-process.ts';
export type { ProcessStart } from './run-process.ts';
