/** All journeys by name, in the order in which they are told. */
import { CallError } from '@lienthong/rpc-grpc';
import { askedTwice } from './asked-twice.ts';
import { birthChain, birthChainWrongCertificate } from './birth-chain.ts';
import { communeMerged, communeSplit } from './commune-disappears.ts';
import { businessSuspended, businessTerminated, householdBusiness } from './household-business.ts';
import { deathChain } from './death-chain.ts';
import type { HubClient } from './hub-client.ts';
import { landTransfer } from './land-transfer.ts';
import { mortgageAroundTransfer } from './mortgage-around-transfer.ts';
import { Patience } from './patience.ts';
import type { JourneyReport } from './report.ts';
import { resultLost } from './result-lost.ts';
import { beneficiaryMoves, socialAllowance } from './social-allowance.ts';
import { uniqueData } from './unique.ts';
import { Walk } from './walk.ts';
import type { Tell } from './walk.ts';
import { withdrawnMeanwhile } from './withdrawn-meanwhile.ts';
import { wrongTill } from './wrong-till.ts';

type Journey = (walk: Walk) => Promise<JourneyReport>;

const journeys: Readonly<Record<string, Journey>> = {
  'land-transfer': landTransfer, 'household-business': householdBusiness, 'household-business-suspended': businessSuspended, 'household-business-terminated': businessTerminated, 'social-allowance': socialAllowance,
  'social-allowance-moves': beneficiaryMoves, 'birth-chain': birthChain, 'birth-chain-wrong-certificate': birthChainWrongCertificate, 'commune-merged': communeMerged, 'commune-split': communeSplit,
  'asked-twice': askedTwice, 'withdrawn-meanwhile': withdrawnMeanwhile, 'mortgage-around-transfer': mortgageAroundTransfer, 'death-chain': deathChain, 'wrong-till': wrongTill, 'result-lost': resultLost,
};

export const journeyNames: readonly string[] = Object.keys(journeys);

/** Runs journeys one after the other; one that fails is reported and the others go on. A hub that never answered, or went and did not come back, is waited for once, not by each of them. */
export async function runJourneys(hub: HubClient, names: readonly string[], tell: Tell): Promise<JourneyReport[]> {
  const unique = uniqueData(), patience = new Patience();
  const reports: JourneyReport[] = [];
  for (const name of names) {
    const walk = new Walk(name, hub, unique, tell, patience);
    reports.push(await journeys[name]!(walk).catch((error: unknown) => failed(walk, error)));
  }
  return reports;
}

function failed(walk: Walk, error: unknown): JourneyReport {
  return { name: walk.name, dossier: walk.code, entries: 0, legs: [], offices: [], suspensions: 0, handoffs: 0, result: '', ok: false, problem: problemOf(error) };
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof CallError && error.reason === '' ? `${error.address}: ${error.message}` : error.message;
}
