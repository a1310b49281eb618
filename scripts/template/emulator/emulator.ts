import { join } from 'node:path';
import { pythonWith } from '../../../test/setup/environment.ts';
import { startMoto } from '../../../test/setup/moto-server.ts';
import { run } from '../../../test/setup/run.ts';
import { startServer } from '../../../test/setup/server.ts';

/** LocalStack loads a service when it is asked for the first time: up to 20 s for the first inventory. */
const askLimitMs = 180_000;

interface StackResource {
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  /** Why it has this status, if the emulator says so. */
  readonly reason: string;
}

export interface Stack {
  readonly id: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, StackResource>>;
}

/** The names of everything in the account, by kind. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

interface Network {
  readonly subnets: readonly string[];
  readonly securityGroup: string;
}

/** AWS with CloudFormation on loopback. It invokes no function. */
export interface Emulator {
  readonly endpoint: string;
  inventory(): Promise<Inventory>;
  network(): Promise<Network>;
  stack(nameOrId: string): Promise<Stack>;
  close(): Promise<void>;
}

/** The emulator's own account. */
export const account = '000000000000';

/** Takes about 10 s. LocalStack brings everything but DynamoDB, which moto serves. */
export const startEmulator = async (): Promise<Emulator> => {
  const [python, client] = [await pythonWith('localstack'), await pythonWith('sam')];
  const dynamoDb = await startMoto();
  const server = await startServer({
    command: [python, join(import.meta.dirname, 'start.py')],
    args: (port) => [String(port), new URL(dynamoDb.endpoint).port],
    env: {},
    readyPath: '/_localstack/health',
  }).catch(async (error: Error) => {
    await dynamoDb.close();
    throw error;
  });
  const ask = async <T>(...question: readonly string[]): Promise<T> =>
    JSON.parse(
      await run(client, [join(import.meta.dirname, 'account.py'), server.url, ...question], { limitMs: askLimitMs }),
    );
  return {
    endpoint: server.url,
    inventory: () => ask<Inventory>('inventory'),
    network: () => ask<Network>('network'),
    stack: (nameOrId) => ask<Stack>('stack', nameOrId),
    close: async () => {
      await server.close();
      await dynamoDb.close();
    },
  };
};
