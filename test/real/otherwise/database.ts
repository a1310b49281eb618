import { otherDatabases, useDatabase } from '../../setup/otherwise/databases.ts';
import { occupyConnections } from '../../setup/otherwise/occupy-connections.ts';
import type { OtherPlatform } from '../../setup/otherwise/platform.ts';
import type { OperatorFaults } from './fault.ts';

/** PostgreSQL behind MLflow. */
export const databaseFaults: OperatorFaults = {
  'postgres-stopped': {
    title: 'PostgreSQL is stopped',
    expects: [['database-unreachable']],
    make: async ({ postgres }) => {
      await postgres.stop();
      return postgres.start;
    },
  },
  'postgres-frozen': {
    title: 'PostgreSQL is frozen',
    expects: [['database-unreachable', 'database-pool-exhausted']],
    make: async ({ postgres }) => {
      await postgres.freeze();
      return postgres.thaw;
    },
  },
  'postgres-password-changed': {
    title: "the password of MLflow's database was rotated, and MLflow has the old one",
    expects: [['database-auth-failing']],
    make: async ({ postgres }) => {
      await postgres.changePassword();
      return postgres.restorePassword;
    },
  },
  'postgres-login-forbidden': {
    title: "MLflow's user may no longer log in",
    expects: [['database-auth-failing']],
    make: async ({ postgres }) => {
      await postgres.sql('ALTER ROLE mlflow NOLOGIN');
      await postgres.limitConnections(null);
      return async () => {
        await postgres.sql('ALTER ROLE mlflow LOGIN');
      };
    },
  },
  'postgres-connections-limited': {
    title: "MLflow's user has a connection limit of zero",
    expects: [['database-pool-exhausted']],
    make: async ({ postgres }) => {
      await postgres.limitConnections(0);
      return () => postgres.limitConnections(null);
    },
  },
  'postgres-read-only': {
    title: "MLflow's database is read-only after a failover",
    expects: [['database-read-only']],
    make: async ({ postgres }) => {
      await postgres.setReadOnly(true);
      return () => postgres.setReadOnly(false);
    },
  },
  'postgres-connections-used-up': {
    title: "other clients hold all of PostgreSQL's connections",
    expects: [['database-pool-exhausted']],
    make: (platform: OtherPlatform) => occupyConnections(platform.postgres),
  },
  'postgres-without-tables': {
    title: 'MLflow is configured with a database without tables',
    expects: [['mlflow-wrong-database']],
    make: ({ postgres }) => useDatabase(postgres, otherDatabases.blank),
  },
  'postgres-other-database': {
    title: 'MLflow is configured with another, empty database',
    expects: [['mlflow-wrong-database']],
    make: ({ postgres }) => useDatabase(postgres, otherDatabases.empty),
  },
};
