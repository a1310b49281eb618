import type { IncidentStore } from '../incidents/store.ts';
import { lambdaAwsConfig } from './lambda-config.ts';
import { awsLimits } from './limits.ts';
import { type Environment, variable } from './variable.ts';

const tableVariable = 'SYNTHETICS_STATE_TABLE';

/** The table named in the environment. Null if there is none: then nothing is remembered. */
export const tableIn = (env: Environment): string | null => variable(env, tableVariable);

/** The table named in the environment. @throws if there is none */
export const stateTable = (env: Environment): string => {
  const table = tableIn(env);
  if (table === null) throw new Error(`Incidents are not stored: ${tableVariable} names no DynamoDB table`);
  return table;
};

let opened: { readonly table: string; readonly store: IncidentStore } | null = null;

/** Shared by all invocations in this environment, so the connection outlives the cycle. */
export const openStore = async (table: string): Promise<IncidentStore> => {
  if (opened?.table === table) return opened.store;
  const { openTable } = await import('./state-client.ts');
  const config = { ...lambdaAwsConfig, maxAttempts: awsLimits.stateAttempts };
  opened = { table, store: openTable(table, config, awsLimits.stateMs) };
  return opened.store;
};
