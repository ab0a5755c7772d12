export { clusterClient } from './cluster-client.ts';
export { hubClient } from './hub-client.ts';
export type { HubClient } from './hub-client.ts';
export { journeyNames, runJourneys } from './journeys.ts';
export type { JourneyReport } from './report.ts';
export type { Step, Tell } from './walk.ts';
export { Walk } from './walk.ts';
export { uniqueData } from './unique.ts';
export type { Unique } from './unique.ts';
