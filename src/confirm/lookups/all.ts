import type { ChangeFact, FactName } from '../facts.ts';
import type { SomeLookups } from '../lookup.ts';
import { balancerLookups } from './balancer.ts';
import { cacheLookups } from './cache.ts';
import { databaseLookups } from './database.ts';
import { ecsLookups } from './ecs.ts';
import { gatewayLookups } from './gateway.ts';
import { logLookups } from './logs.ts';
import { nameLookups } from './names.ts';
import { networkLookups } from './network.ts';
import { privateNameLookups } from './private-names.ts';

/** How each fact is learned, except for changes, which functions do not load: changes.ts. */
export const lookups: SomeLookups<Exclude<FactName, ChangeFact>> = {
  ...balancerLookups,
  ...ecsLookups,
  ...nameLookups,
  ...privateNameLookups,
  ...networkLookups,
  ...databaseLookups,
  ...cacheLookups,
  ...gatewayLookups,
  ...logLookups,
};

/** What a decisive fact comes from. */
export const lookupOf = (name: FactName) => lookups[name as Exclude<FactName, ChangeFact>];
