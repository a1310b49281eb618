import { holdPorts } from '../network/held-port.ts';
import type { Task } from '../services/services.ts';
import type { Topology } from '../topology.ts';
import type { InjectedFault } from './fault.ts';

const stopTasks = async ({ extras }: Topology, tasks: readonly Task[]): Promise<void> => {
  await Promise.all(tasks.map((task) => task.stop()));
  extras.push(await holdPorts(tasks));
};

export const applicationFaults = {
  'api-tasks-stopped': {
    title: 'the tasks of the API have crashed but are still registered',
    causes: ['api-service-unhealthy'],
    shows: ['lb-bad-gateway'],
    apply: (topology) => stopTasks(topology, topology.api.tasks),
  },
  'one-api-task-stopped': {
    title: 'one of the two tasks of the API has crashed but is still registered',
    causes: ['api-service-unhealthy'],
    shows: ['lb-bad-gateway'],
    verdicts: ['degraded', 'failing'],
    apply: (topology) => stopTasks(topology, topology.api.tasks.slice(0, 1)),
  },
  'proxy-routes-removed': {
    title: 'the API is deployed without its proxy routes',
    causes: ['proxy-routes-missing'],
    shows: ['route-not-found'],
    apply: ({ api: { env } }) => {
      env.proxyRoutes = false;
    },
  },
  'proxy-strips-credentials': {
    title: 'the proxy removes the credentials before it forwards a request',
    causes: ['proxy-drops-auth-headers'],
    shows: ['auth-missing'],
    apply: ({ api: { env } }) => {
      env.forwardsCredentials = false;
    },
  },
  'tracking-uri-missing': {
    title: 'MLFLOW_TRACKING_URI is not in the task definition of the API',
    causes: ['env-vars-missing'],
    shows: ['server-error'],
    apply: ({ api: { env } }) => {
      env.mlflowUri = null;
    },
  },
  'health-route-changed': {
    title: "the API's health route has accepted only POST since the last deployment",
    causes: ['health-check-mismatch'],
    shows: ['unexpected-status'],
    apply: ({ api: { env } }) => {
      env.healthMethod = 'POST';
    },
  },
  'cors-origin-missing': {
    title: 'the API has no CORS settings',
    causes: ['cors-misconfigured'],
    shows: ['cors-rejected'],
    apply: ({ api: { env } }) => {
      env.corsOrigin = null;
    },
  },
  'rate-limit-low': {
    title: 'the API allows one request a minute',
    causes: ['rate-limited'],
    shows: ['rate-limited'],
    apply: ({ api: { env } }) => {
      env.requestsPerMinute = 0;
    },
  },
  'api-slow': {
    title: 'the API responds slowly to every request',
    causes: [],
    shows: ['slow'],
    verdicts: ['degraded', 'inconclusive'],
    apply: ({ api: { env }, times }) => {
      env.delayMs = times.slowAnswerMs;
    },
  },
  'old-version-deployed': {
    title: 'an old version of the API is deployed: visible when a version is expected (--wait-for)',
    causes: [],
    shows: [],
    verdicts: ['healthy'],
    apply: ({ api: { env } }) => {
      env.version = '2025.1.0';
    },
  },
} as const satisfies Record<string, InjectedFault>;
