import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { IncidentStore } from '../../src/incidents/store.ts';
import { createDynamoStore } from '../../src/incidents/stores/dynamodb.ts';
import { type AwsGateway, startAwsGateway } from './aws-gateway.ts';
import { type Moto, startMoto } from './moto-server.ts';

export const stateTableName = 'hokusai-synthetics-incidents';

/** moto with the table of states, and a gateway that counts what a function asks. Each test gets an empty table. */
export interface StateTable {
  readonly gateway: AwsGateway;
  readonly moto: Moto;
  /** Past the gateway, so it is not counted. */
  readonly client: DynamoDBClient;
  readonly store: IncidentStore;
}

/** Call it in a `describe`. The parts exist from the first `beforeEach` on. */
export const useStateTable = (): StateTable => {
  let moto: Moto;
  let gateway: AwsGateway;
  let client: DynamoDBClient;

  beforeAll(async () => {
    moto = await startMoto();
    client = new DynamoDBClient({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
  });
  afterAll(() => moto.close());

  beforeEach(async () => {
    await moto.reset();
    gateway = await startAwsGateway(moto.endpoint);
    await client.send(
      new CreateTableCommand({
        TableName: stateTableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
      }),
    );
  });
  afterEach(() => gateway.close());

  return {
    get gateway() {
      return gateway;
    },
    get moto() {
      return moto;
    },
    get client() {
      return client;
    },
    get store() {
      return createDynamoStore({ client, table: stateTableName });
    },
  };
};
