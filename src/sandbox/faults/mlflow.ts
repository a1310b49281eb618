import type { StandIn } from '../mlflow-backend.ts';
import { startBlackhole } from '../network/blackhole.ts';
import { silentServer } from '../network/rogues.ts';
import { closeServer, listen } from '../network/sockets.ts';
import type { Topology } from '../topology.ts';
import type { Fault } from './fault.ts';

const stopMlflow = async ({ gates }: Topology): Promise<void> => {
  await Promise.all(Object.values(gates).map((gate) => gate.stop()));
};

const standIn = ({ mlflow }: Topology): StandIn => {
  if (mlflow === null) throw new Error('this fault reaches into MLflow, and a real server was put in its place');
  return mlflow;
};

export const mlflowFaults = {
  'mlflow-stopped': {
    title: 'the task of MLflow is down',
    causes: ['mlflow-service-unhealthy'],
    shows: ['upstream-unreachable', 'lb-bad-gateway'],
    apply: stopMlflow,
  },
  'mlflow-frozen': {
    title: 'the task of MLflow accepts requests and answers none',
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
    title: 'the name of MLflow inside the VPC is gone',
    causes: ['service-discovery-broken'],
    shows: ['upstream-unreachable'],
    apply: ({ dns, discoveryName }) => dns.remove(discoveryName),
  },
  'mlflow-address-stale': {
    title: 'the API is configured with an old address of MLflow, where nothing answers',
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
    title: 'MLflow was started with its own user check',
    causes: ['mlflow-auth-rejecting-all'],
    shows: ['auth-rejected'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.setBasicAuth(true),
  },
  'database-stopped': {
    title: "MLflow's database is down",
    causes: ['database-unreachable'],
    shows: ['database-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.close(),
  },
  'database-frozen': {
    title: "MLflow's database accepts connections and answers nothing",
    causes: ['database-unreachable'],
    shows: ['upstream-timeout'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.freeze(),
  },
  'database-password-changed': {
    title: "the password of MLflow's database was rotated, and MLflow has the old one",
    causes: ['database-auth-failing'],
    shows: ['database-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.setPassword('rotated'),
  },
  'database-connections-exhausted': {
    title: "somebody else holds all connections of MLflow's database",
    causes: ['database-pool-exhausted'],
    shows: ['database-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.occupy(),
  },
  'database-without-tables': {
    title: 'MLflow is configured with another database, which has no tables',
    causes: ['mlflow-wrong-database'],
    shows: ['database-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.dropTables(),
  },
  'database-read-only': {
    title: "MLflow's database is read-only after a failover",
    causes: ['database-read-only'],
    shows: [],
    verdicts: ['healthy'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.setReadOnly(true),
  },
  'artifact-store-denied': {
    title: 'the bucket policy denies MLflow its artifacts',
    causes: ['artifact-store-failing'],
    shows: [],
    verdicts: ['healthy'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).artifacts.deny(),
  },
} as const satisfies Record<string, Fault>;
