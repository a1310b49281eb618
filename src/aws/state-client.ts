import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { IncidentStore } from '../incidents/store.ts';
import { createDynamoStore } from '../incidents/stores/dynamodb.ts';

/** Incidents in a table. Loaded only where they are tracked. Keeps its connection open for the next cycle. */
export const openTable = (table: string, config: DynamoDBClientConfig, callMs?: number): IncidentStore =>
  createDynamoStore({ client: new DynamoDBClient(config), table, ...(callMs === undefined ? {} : { callMs }) });
