import { describe, expect, test } from 'vitest';
import type { AwsFinding } from '../../src/model/aws-confirmation.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import type { AwsInventory } from '../../src/sandbox/aws/inventory.ts';
import { askSandbox } from './asking.ts';

type Change = (inventory: AwsInventory, now: number) => void;
type Verdict = AwsFinding['verdict'];

const redisUrl =
  (url: string): Change =>
  ({ services }) => {
    services.api.environment = { ...services.api.environment, REDIS_URL: url };
  };

const logged =
  (line: string): Change =>
  ({ logs }) => {
    logs.api = [line];
  };

const fewerTasks: Change = ({ services }) => {
  services.api.tasks = services.api.tasks.slice(1);
};

/** States that none of the sandbox's faults has. */
const cases: readonly (readonly [string, HypothesisId, Change, Verdict, RegExp])[] = [
  [
    'the cache that REDIS_URL leads to is closed to the API',
    'redis-unreachable',
    ({ securityGroups }) => {
      securityGroups.cache = [{ port: 6_379, from: 'sg-mlflow' }];
    },
    'confirmed',
    /no security group rule allows port 6379 of hokusai-redis from hokusai-api-development/,
  ],
  [
    'REDIS_URL leads to a cache that does not exist',
    'redis-unreachable',
    redisUrl('redis://hokusai-old.a1b2c3.0001.use1.cache.amazonaws.com:6379'),
    'confirmed',
    /REDIS_URL of the API leads to hokusai-old\.\S+, and no cache of this account has that endpoint/,
  ],
  [
    'REDIS_URL leads to a cache of another region, which is not listed',
    'redis-unreachable',
    redisUrl('redis://hokusai-old.a1b2c3.0001.euw1.cache.amazonaws.com:6379'),
    'unknown',
    /no cache of this account/,
  ],
  [
    'REDIS_URL leads to a serverless cache, which is not listed',
    'redis-unreachable',
    redisUrl('rediss://hokusai-x1y2.serverless.use1.cache.amazonaws.com:6379'),
    'unknown',
    /no cache of this account/,
  ],
  [
    'REDIS_URL leads to an internal name, which may stand for the cache',
    'redis-unreachable',
    redisUrl('redis://redis.hokusai.local:6379'),
    'unknown',
    /no cache of this account/,
  ],
  [
    'REDIS_URL is not set, and the API logs failed connections',
    'redis-unreachable',
    (inventory, now) => {
      redisUrl('')(inventory, now);
      logged('redis.exceptions.ConnectionError: Error 111 connecting to 10.0.4.8:6379. Connection refused.')(
        inventory,
        now,
      );
    },
    'confirmed',
    /1 failed connections to Redis/,
  ],
  [
    'the database is read-only by a parameter',
    'database-read-only',
    (inventory) => {
      inventory.databaseParameters = { default_transaction_read_only: '1' };
    },
    'confirmed',
    /default_transaction_read_only is on in hokusai-mlflow/,
  ],
  [
    'the private zone does not belong to the VPC of the API',
    'service-discovery-broken',
    (inventory) => {
      inventory.privateZoneVpcs = ['vpc-old'];
    },
    'confirmed',
    /the private zone hokusai\.local is for vpc-old, and hokusai-api-development is in vpc-hokusai/,
  ],
  [
    'the private zone has no record of MLflow, although Cloud Map has its instance',
    'service-discovery-broken',
    (inventory) => {
      inventory.privateRecords = new Map();
    },
    'confirmed',
    /the private zone hokusai\.local has no address for mlflow\.hokusai\.local/,
  ],
  [
    'the API was deployed, and nothing says when the fault began',
    'cors-misconfigured',
    () => undefined,
    'unknown',
    /^hokusai-api-development was last deployed at .* with hokusai-api-development:115$/,
  ],
  [
    'the image of the API is gone, and a task is missing',
    'api-service-unhealthy',
    (inventory, now) => {
      fewerTasks(inventory, now);
      inventory.images = [];
    },
    'confirmed',
    /runs 1 of 2 tasks; its image hokusai-api:115 does not exist/,
  ],
  [
    'the image of the API is gone, and all tasks run',
    'api-service-unhealthy',
    (inventory) => {
      inventory.images = [];
    },
    'unknown',
    /runs 2 of 2 tasks/,
  ],
  ['a task is missing, and its image exists', 'api-service-unhealthy', fewerTasks, 'unknown', /runs 1 of 2 tasks/],
  [
    'no certificate of the listener is for the host',
    'tls-certificate-invalid',
    ({ certificate }) => {
      certificate.names = ['other.example', '*.other.example'];
    },
    'confirmed',
    /has certificates for other\.example, \*\.other\.example, and none for registry\.hokus\.ai/,
  ],
  [
    'a network ACL stops the port of the API',
    'security-group-blocking',
    (inventory) => {
      inventory.deniedPorts = [8_000];
    },
    'confirmed',
    /^network ACLs stop port 8000 of hokusai-api-development from hokusai-registry-development/,
  ],
  [
    'a network ACL stops the database',
    'database-unreachable',
    (inventory) => {
      inventory.storeDeniedPorts = [5_432];
    },
    'confirmed',
    /^network ACLs stop port 5432 of hokusai-mlflow-development from hokusai-mlflow-development$/,
  ],
  [
    'a network ACL stops the cache',
    'redis-unreachable',
    (inventory) => {
      inventory.storeDeniedPorts = [6_379];
    },
    'confirmed',
    /^network ACLs stop port 6379 of hokusai-redis from hokusai-api-development$/,
  ],
  [
    'a network ACL of the stores stops a port that none of them uses',
    'database-unreachable',
    (inventory) => {
      inventory.storeDeniedPorts = [22];
    },
    'unknown',
    /hokusai-mlflow-development is available/,
  ],
  [
    'a network ACL stops a port in the range of the answers',
    'security-group-blocking',
    (inventory) => {
      inventory.deniedPorts = [40_000];
    },
    'unknown',
    /network ACLs may stop a part of it/,
  ],
  [
    'the world is let in by a prefix list, which may not have all of it',
    'security-group-blocking',
    (inventory) => {
      inventory.prefixLists = { 'pl-1': ['198.51.100.0/24'] };
      inventory.securityGroups.balancer = [{ port: 443, from: 'pl-1' }];
    },
    'unknown',
    /port 443 of hokusai-registry-development from the world/,
  ],
];

describe('AWS in which', () => {
  test.for(cases)('%s: %s', async ([, id, change, verdict, line]) => {
    const finding = await askSandbox(id, change);

    expect(finding, finding.line).toMatchObject({ verdict, line: expect.stringMatching(line) });
  });
});
