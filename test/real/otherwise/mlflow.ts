import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { startBlackhole } from '../../../src/sandbox/network/blackhole.ts';
import { freePort } from '../../../src/sandbox/network/sockets.ts';
import { startKeyGate } from '../../setup/otherwise/key-gate.ts';
import { deployed, frozen, type OperatorFaults, stopped } from './fault.ts';

/** MLflow, the way to it, and where it keeps artifacts. */
export const mlflowFaults: OperatorFaults = {
  'mlflow-stopped': {
    title: "MLflow's process is stopped",
    expects: [['mlflow-service-unhealthy']],
    make: stopped('mlflow'),
  },
  'mlflow-frozen': {
    title: "MLflow's process is frozen",
    expects: [['mlflow-service-unhealthy']],
    make: frozen('mlflow'),
  },
  'tracking-uri-unresolvable': {
    title: 'MLFLOW_TRACKING_URI has an unknown name',
    expects: [['service-discovery-broken', 'mlflow-unreachable-from-api']],
    make: deployed({ MLFLOW_TRACKING_URI: 'http://mlflow.hokusai-development.local:5000' }),
  },
  'discovery-record-removed': {
    title: "MLflow's name inside the VPC is removed",
    expects: [['service-discovery-broken', 'mlflow-unreachable-from-api']],
    make: ({ names }) => names.change({ 'mlflow.hokusai.local': null }),
  },
  'tracking-uri-refused': {
    title: 'MLFLOW_TRACKING_URI has an old address without a listener',
    expects: [['mlflow-unreachable-from-api', 'service-discovery-broken']],
    make: async (platform) =>
      platform.deployApi({ MLFLOW_TRACKING_URI: `http://127.0.0.1:${await freePort('127.0.0.1')}` }),
  },
  'tracking-uri-silent': {
    title: 'MLFLOW_TRACKING_URI has an old address that drops connections',
    expects: [['mlflow-unreachable-from-api']],
    make: async (platform) => {
      const hole = await startBlackhole('127.0.0.1', 0);
      const undo = await platform.deployApi({ MLFLOW_TRACKING_URI: `http://127.0.0.1:${hole.port}` });
      return async () => {
        await undo();
        await hole.close();
      };
    },
  },
  'tracking-uri-missing': {
    title: 'MLFLOW_TRACKING_URI is empty',
    expects: [['env-vars-missing']],
    // An API may say 500 if it finds no address, too.
    alsoSaid: ['service-discovery-broken'],
    make: deployed({ MLFLOW_TRACKING_URI: '' }),
  },
  'proxy-routes-absent': {
    title: 'the API starts without its proxy routes',
    expects: [['proxy-routes-missing']],
    make: deployed({ PROXY_ROUTES: 'off' }),
  },
  'proxy-drops-credentials': {
    title: 'MLflow is behind a key check, and the proxy forwards no key',
    expects: [['proxy-drops-auth-headers']],
    // A made-up key is refused as invalid, so the API reads keys: but any refusal is taken for the same.
    alsoSaid: ['auth-flow-regression'],
    make: async (platform) => {
      const gate = await startKeyGate(platform);
      const undo = await platform.deployApi({ MLFLOW_TRACKING_URI: gate.url, FORWARDS_CREDENTIALS: 'off' });
      return async () => {
        await undo();
        await gate.close();
      };
    },
  },
  'breaker-left-open': {
    title: "MLflow's name was gone for a moment, and the API's circuit breaker has stayed open since",
    expects: [['circuit-breaker-open']],
    make: async (platform) => {
      const undo = await platform.deployApi({ BREAKER: 'on' });
      const back = await platform.names.change({ 'mlflow.hokusai.local': null });
      for (let i = 0; i < 4; i += 1)
        await fetch(`http://${platform.places.deployed}/api/mlflow/health`, {
          headers: { 'x-api-key': platform.keys.key },
        });
      await back();
      return undo;
    },
  },
  'artifacts-unreadable': {
    title: 'MLflow has lost access to its artifacts folder',
    expects: [['artifact-store-failing']],
    make: async ({ artifactsFolder }) => {
      await chmod(artifactsFolder, 0);
      return () => chmod(artifactsFolder, 0o755);
    },
  },
  'artifacts-not-mounted': {
    title: "a file is in the place of MLflow's artifacts folder",
    expects: [['artifact-store-failing']],
    make: async ({ artifactsFolder }) => {
      await rename(artifactsFolder, `${artifactsFolder}.away`);
      await writeFile(artifactsFolder, '');
      return async () => {
        await rm(artifactsFolder);
        await rename(`${artifactsFolder}.away`, artifactsFolder);
      };
    },
  },
};
