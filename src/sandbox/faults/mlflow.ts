import { releases } from '../mlflow/release.ts';
import { startBlackhole } from '../network/blackhole.ts';
import { holdPorts } from '../network/held-port.ts';
import { silentServer } from '../network/rogues.ts';
import { closeServer, listen } from '../network/sockets.ts';
import type { Topology } from '../topology.ts';
import type { InjectedFault } from './fault.ts';
import { standIn } from './stand-in.ts';

const stopMlflow = async ({ gates }: Topology): Promise<void> => {
  await Promise.all(Object.values(gates).map((gate) => gate.stop()));
};

export const mlflowFaults = {
  'mlflow-stopped': {
    title: 'the task of MLflow is down',
    causes: ['mlflow-service-unhealthy'],
    shows: ['upstream-unreachable', 'lb-bad-gateway'],
    apply: async (topology) => {
      await stopMlflow(topology);
      topology.extras.push(await holdPorts(Object.values(topology.gates)));
    },
  },
  'mlflow-frozen': {
    title: 'the task of MLflow accepts requests but never responds',
    causes: ['mlflow-service-unhealthy'],
    shows: ['upstream-timeout', 'response-timeout'],
    apply: async (topology) => {
      await stopMlflow(topology);
      for (const { port } of Object.values(topology.gates)) {
        const silent = silentServer();
        await listen(silent, port, '127.0.0.1');
        topology.extras.push({ close: () => closeServer(silent) });
      }
    },
  },
  'discovery-record-deleted': {
    title: 'the internal name of MLflow in the VPC is gone',
    causes: ['service-discovery-broken'],
    shows: ['upstream-unreachable'],
    apply: ({ dns, discoveryName }) => dns.remove(discoveryName),
  },
  'mlflow-address-stale': {
    title: 'the API is configured with an old address of MLflow, where nothing responds',
    causes: ['mlflow-unreachable-from-api'],
    shows: ['upstream-timeout'],
    apply: async ({ api: { env }, extras }) => {
      const hole = await startBlackhole('127.0.0.1', 0);
      extras.push(hole);
      env.mlflowUri = `http://127.0.0.1:${hole.port}`;
    },
  },
  'breaker-left-open': {
    title: "MLflow was down for a moment, and the API's circuit breaker has stayed open since",
    causes: ['circuit-breaker-open'],
    shows: ['upstream-unavailable'],
    apply: async ({ api: { env, tasks }, gates, key }) => {
      env.breaker = true;
      await gates.inside.stop();
      const url = '/api/mlflow/api/2.0/mlflow/experiments/search?max_results=1';
      for (const { port } of tasks)
        for (let i = 0; i < 4; i += 1)
          await fetch(`http://127.0.0.1:${port}${url}`, { headers: { 'x-api-key': key } }).then((it) => it.text());
      await gates.inside.start();
    },
  },
  'mlflow-asks-for-password': {
    title: 'MLflow runs with its own authentication',
    causes: ['mlflow-auth-rejecting-all'],
    shows: ['auth-rejected'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setBasicAuth(true),
  },
  'mlflow-rejects-host': {
    title: 'MLflow runs with allowed hosts that do not include its own name',
    causes: [],
    shows: ['unexpected-status'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setAllowedHosts(['mlflow.example.internal']),
  },
  'mlflow-answers-late': {
    title: 'MLflow creates versions, but responds only after the API has timed out',
    causes: [],
    shows: ['upstream-timeout'],
    verdicts: ['degraded'],
    apply: ({ gates }) => {
      gates.inside.lateOn = /\/model-versions\/create$/;
    },
  },
  'mlflow-2': {
    title: 'MLflow is older than 3 and has no logged models: registration uses the old way',
    causes: [],
    shows: [],
    verdicts: ['healthy'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setRelease(releases['2.22.5']),
  },
  'delete-bodies-lost-everywhere': {
    title: "the bodies of DELETE requests are lost on MLflow's own route, too: created objects could not be deleted",
    causes: [],
    shows: ['cleanup-impossible'],
    apply: ({ gates }) => {
      gates.public.dropsDeleteBodies = true;
    },
  },
  'versions-stay-pending': {
    title: 'the registry waits for a check before versions are ready, and no check runs',
    causes: [],
    shows: ['version-not-ready'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setNewVersionStatus('PENDING_REGISTRATION'),
  },
  'versions-fail': {
    title: 'the registry waits for a check before versions are ready, and every check fails',
    causes: [],
    shows: ['version-not-ready'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setNewVersionStatus('FAILED_REGISTRATION'),
  },
} as const satisfies Record<string, InjectedFault>;
