import { holdPorts } from '../network/held-port.ts';
import type { InjectedFault } from './fault.ts';
import { standIn } from './stand-in.ts';

export const databaseFaults = {
  'database-stopped': {
    title: "MLflow's database is down",
    causes: ['database-unreachable'],
    shows: ['database-error'],
    needsStandIn: true,
    apply: async (topology) => {
      const { database } = standIn(topology);
      await database.close();
      topology.extras.push(await holdPorts([database]));
    },
  },
  'database-frozen': {
    title: "MLflow's database accepts connections but never responds",
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
    title: "other clients hold all connections of MLflow's database",
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
    shows: ['read-only'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.setReadOnly(true),
  },
  'database-disk-full': {
    title: "the disk of MLflow's database is full",
    causes: [],
    shows: ['database-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.setDiskFull(true),
  },
  'database-delete-revoked': {
    title: "the user of MLflow's database may write but no longer delete",
    causes: [],
    shows: ['cleanup-failed'],
    verdicts: ['degraded'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.revokeDelete(),
  },
  'database-replica-stopped': {
    title: 'MLflow reads from a replica of its database that has stopped replicating',
    causes: [],
    shows: ['resource-missing'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.readFromReplica('stopped'),
  },
  'database-replica-without-updates': {
    title:
      'MLflow reads from a replica of its database that receives inserts but no updates, since its publication was changed',
    causes: [],
    shows: ['value-mismatch'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).database.readFromReplica('without-updates'),
  },
} as const satisfies Record<string, InjectedFault>;
