import { type Delay, slowRelay, startSlowTunnel } from '../network/slow-relay.ts';
import type { Task } from '../services/services.ts';
import type { Topology } from '../topology.ts';
import type { InjectedFault } from './fault.ts';

const relayTo = async ({ extras }: Topology, to: Task['address'], delay: Delay): Promise<Task> => {
  const relay = await slowRelay(to, delay).start();
  extras.push({ close: () => relay.stop() });
  return relay;
};

/** Routes of MLflow that read or write its database. */
const ofDatabase = /\/(experiments|runs|logged-models|registered-models|model-versions)\//;

const slowMlflow = async (topology: Topology, paths: RegExp): Promise<void> => {
  const { gates, groups, api, discoveryName, times } = topology;
  const delay = { ms: times.slowAnswerMs, paths };
  const [open, inside] = await Promise.all([
    relayTo(topology, gates.public.address, delay),
    relayTo(topology, gates.inside.address, delay),
  ]);
  groups.mlflow.targets = [open.address];
  api.env.mlflowUri = `http://${discoveryName}:${inside.port}`;
};

/** Parts that respond, within the patience of those who wait for them. The catalogue knows a slow Redis and a slow auth service. */
export const slowFaults = {
  'auth-service-slow': {
    title: 'the auth service takes its time to validate a key, and the API waits for it',
    causes: ['auth-service-unavailable'],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: async (topology) => {
      const { auth, groups, api, times } = topology;
      const relay = await relayTo(topology, auth.address, { ms: 0.8 * times.slowAnswerMs, paths: /^\/api\/validate$/ });
      groups.auth.targets = [relay.address];
      api.env.auth = relay.address;
      api.env.times = { ...times, apiToAuthMs: times.apiToMlflowMs };
    },
  },
  'redis-slow': {
    title: 'Redis takes its time for each command',
    causes: ['redis-unreachable'],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: async ({ api, redis, extras, times }) => {
      // The first check of a key takes two commands, and the prober waits for both.
      const tunnel = await startSlowTunnel({ host: '127.0.0.1', port: redis.port }, times.slowAnswerMs / 2);
      extras.push(tunnel);
      api.env.redisPort = tunnel.port;
    },
  },
  'mlflow-slow': {
    title: 'MLflow takes its time for every response',
    causes: [],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: (topology) => slowMlflow(topology, /./),
  },
  'database-slow': {
    title: 'the database of MLflow takes its time for every query',
    causes: [],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: (topology) => slowMlflow(topology, ofDatabase),
  },
  'one-api-task-slow': {
    title: 'one of the two tasks of the API takes its time for every response',
    causes: [],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: async (topology) => {
      const { api, groups, times } = topology;
      const [first, second] = api.tasks;
      if (first === undefined || second === undefined) throw new Error('the API has no second task');
      const relay = await relayTo(topology, second.address, { ms: times.slowAnswerMs, paths: /./ });
      for (const group of [groups.registryApi, groups.api]) group.targets = [first.address, relay.address];
    },
  },
} as const satisfies Record<string, InjectedFault>;
