/** Settings for the commands of an operator: the shell in which they are typed may hold those of the embedded hub, and those of a service. */
import { readConfig, variables } from './config.ts';
import type { Config } from './config.ts';
import type { Environment, Variables } from './read-variables.ts';
import { readServiceConfig, serviceVariables } from './service-config.ts';
import type { ServiceConfig } from './service-config.ts';

/** Of the hub, without what only a service knows. Throws ConfigFaults. */
export function readHubConfig(environment: Environment = process.env): Config {
  return readConfig(without(environment, serviceVariables, variables));
}

/** Of the services, without what only the embedded hub knows. Throws ConfigFaults. */
export function readClusterConfig(environment: Environment = process.env): ServiceConfig {
  return readServiceConfig(without(environment, variables, serviceVariables));
}

function without(environment: Environment, foreign: Variables, own: Variables): Environment {
  const kept = new Set(Object.values(own).map(({ name }) => name)), left = new Set(Object.values(foreign).map(({ name }) => name).filter((name) => !kept.has(name)));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !left.has(name)));
}
