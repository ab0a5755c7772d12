/** All journeys by name, in the order in which they are told. */
import { birthChain, birthChainWrongCertificate } from './birth-chain.ts';
import { communeMerged, communeSplit } from './commune-disappears.ts';
import type { HubClient } from './hub-client.ts';
import { landTransfer } from './land-transfer.ts';
import type { JourneyReport } from './report.ts';
import { uniqueData } from './unique.ts';
import { Walk } from './walk.ts';
import type { Tell } from './walk.ts';

type Journey = (walk: Walk) => Promise<JourneyReport>;

const journeys: Readonly<Record<string, Journey>> = {
  'land-transfer': landTransfer, 'birth-chain': birthChain, 'birth-chain-wrong-certificate': birthChainWrongCertificate, 'commune-merged': communeMerged, 'commune-split': communeSplit,
};

export const journeyNames: readonly string[] = Object.keys(journeys);

/** Runs journeys one after the other; one that fails is reported and the others go on. */
export async function runJourneys(hub: HubClient, names: readonly string[], tell: Tell): Promise<JourneyReport[]> {
  const unique = uniqueData();
  const reports: JourneyReport[] = [];
  for (const name of names) {
    const walk = new Walk(name, hub, unique, tell);
    reports.push(await journeys[name]!(walk).catch((error: unknown) => failed(walk, error)));
  }
  return reports;
}

function failed(walk: Walk, error: unknown): JourneyReport {
  return { name: walk.name, dossier: walk.code, entries: 0, legs: [], offices: [], suspensions: 0, handoffs: 0, result: '', ok: false, problem: error instanceof Error ? error.message : String(error) };
}
