/**
 * Who may import whom. Imports run one way only:
 * folder → law → (reference-data, contract) → kernel → (adapters, runtime) → dossier-service → service-process → services → operator.
 * Change it together with docs/ARCHITECTURE.md and say why in an ADR.
 */
import { packages } from './workspace.ts';

const namesBelow = (folder: string): readonly string[] => packages().filter((one) => one.folder.startsWith(folder)).map(({ name }) => name);

/** One driver each, no policy. */
export const adapters = namesBelow('libs/adapters/');
export const services = namesBelow('services/');

const pure = ['folder', 'law'];
const known = [...pure, 'reference-data', 'contract'];
const memory = ['store-memory', 'bus-memory', 'rpc-memory'];
const everythingBelowServices = [...known, 'kernel', 'runtime', 'dossier-service'];

const each = (names: readonly string[], may: readonly string[]): Record<string, readonly string[]> => Object.fromEntries(names.map((name) => [name, may]));

/** Package → packages of this workspace that its sources may import. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  folder: [],
  law: ['folder'],
  'reference-data': pure,
  contract: [],
  kernel: known,
  ...each(adapters, [...known, 'kernel']),
  // What is taken for a document is examined in one way, wherever it is kept (ADR 0011).
  'store-mongo': [...known, 'kernel', 'documents'],
  // Sandboxes read scripts of one form (ADR 0021).
  'postal-carrier': [...known, 'kernel', 'payment-gateway'],
  runtime: [...known, 'kernel'],
  'dossier-service': [...known, 'kernel'],
  // Where the dossiers of a store stand is marked outside it, by whatever store.
  'store-sqlite': [...known, 'kernel', 'marks'],
  // It puts a process together, so it may choose adapters; services may use it and them in their main.ts alone (import-rules).
  'service-process': [...everythingBelowServices, ...adapters],
  ...each(services, [...everythingBelowServices, 'service-process', ...adapters]),
  // The journeys speak to the hub as the outside does: the contracts and a gRPC client.
  journeys: ['contract', 'rpc-grpc'],
  testkit: [...known, 'kernel', 'dossier-service', ...memory],
  operator: [...everythingBelowServices, ...adapters, 'journeys', 'testkit'],
  // It alone imports all services.
  embedded: [...everythingBelowServices, 'service-process', ...adapters, ...services],
};

/** What the tests inside a package may import besides: suites, and doubles that cost nothing. */
export const testsMayAlsoImport: readonly string[] = ['testkit', ...memory];

/** Packages of others that stand for a technology → packages that may import them. Their types stay there, too. */
export const drivers: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['store-sqlite'],
  'node:worker_threads': ['store-sqlite', 'forms-pdf', 'operator'],
  // The sandbox of the payment platform is a server for integrators, not a part of the hub (ADR 0019).
  'node:http': ['portal', 'payment-gateway'],
  'node:http2': [],
  '@grpc/grpc-js': ['rpc-grpc', 'contract', 'journeys'],
  '@grpc/reflection': ['rpc-grpc'],
  'grpc-health-check': ['rpc-grpc'],
  '@bufbuild/protobuf': ['contract', 'rpc-grpc'],
  fastify: ['portal'],
  kafkajs: ['bus-kafka'],
  mongodb: ['store-mongo'],
  pdfkit: ['forms-pdf'],
  '@bwip-js/node': ['forms-pdf'],
  '@libpdf/core': ['form-signatures'],
  pkijs: ['form-signatures'],
  asn1js: ['form-signatures'],
  qrcode: ['forms-pdf'],
  pino: ['runtime'],
  // Tables that offices keep in Excel are read where they are imported, nowhere else.
  'read-excel-file': ['operator'],
  'csv-stringify': ['operator'],
  vitest: ['testkit'],
  'fast-check': ['testkit'],
};
