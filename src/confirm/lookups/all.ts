import type { Lookups } from '../lookup.ts';
import { balancerLookups } from './balancer.ts';
import { cacheLookups } from './cache.ts';
import { databaseLookups } from './database.ts';
import { ecsLookups } from './ecs.ts';
import { gatewayLookups } from './gateway.ts';
import { logLookups } from './logs.ts';
import { nameLookups } from './names.ts';
import { networkLookups } from './network.ts';
import { privateNameLookups } from './private-names.ts';

/** How each fact is learned. */
export const lookups: Lookups = {
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
