import { undoAll } from '../../setup/otherwise/undo.ts';
import { databaseFaults } from './database.ts';
import { edgeFaults } from './edge.ts';
import { frozen, type OperatorFault, type OperatorFaults } from './fault.ts';
import { keyFaults } from './key.ts';
import { mlflowFaults } from './mlflow.ts';

const single: OperatorFaults = {
  ...edgeFaults,
  ...keyFaults,
  ...mlflowFaults,
  ...databaseFaults,
  'mlflow-name-removed': {
    title: 'the record of mlflow.hokus.ai is removed',
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.change({ 'mlflow.hokus.ai': null }),
  },
  'main-certificate-expired': {
    title: "the main balancer's certificate has expired",
    expects: [['tls-certificate-invalid']],
    make: async ({ authority, balancers: { main } }) =>
      main.change({
        certificate: await authority.issue('other', ['api.hokus.ai', 'platform.hokus.ai', 'auth.hokus.ai'], -1),
      }),
  },
  // What of MLflow is seen past a key that is refused is its own route: its task, or the way there.
  'mlflow-frozen-behind-key': {
    title: "MLflow's process is frozen",
    expects: [['mlflow-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
    make: frozen('mlflow'),
  },
};

const together = (...ids: readonly (keyof typeof single)[]): OperatorFault => {
  const faults = ids.map((id) => {
    const fault = single[id];
    if (fault === undefined) throw new Error(`there is no fault ${id}`);
    return fault;
  });
  return {
    title: faults.map(({ title }) => title).join('; and '),
    expects: faults.flatMap(({ expects }) => expects),
    make: async (platform) => {
      const undos = [];
      for (const { make } of faults) undos.push(await make(platform));
      return undoAll(undos);
    },
  };
};

/** Two at once, on hops apart. */
export const pairs: OperatorFaults = {
  'expired-and-no-scope': together('main-certificate-expired', 'key-without-write-scope'),
  'database-and-redirect': together('postgres-stopped', 'port-80-loops'),
  'auth-and-name': together('auth-stopped', 'mlflow-name-removed'),
  'proxy-and-certificate': together('proxy-routes-absent', 'main-certificate-expired'),
  'key-and-mlflow': together('key-revoked', 'mlflow-frozen-behind-key'),
};
