import type { Postgres } from '../postgres.ts';
import type { Undo } from './undo.ts';

/** Registered at the start and never deleted. */
export const knownModel = 'hokusai-known-model';

/** Two databases besides MLflow's: one with its tables but no rows, and one without tables. */
export const otherDatabases = { empty: 'mlflow_empty', blank: 'mlflow_blank' } as const;
type OtherDatabase = (typeof otherDatabases)[keyof typeof otherDatabases];

export const prepareDatabases = async (postgres: Postgres, mlflow: string): Promise<void> => {
  const { empty, blank } = otherDatabases;
  await withNobodyOn(postgres, async () => {
    await postgres.sql(`CREATE DATABASE ${empty} OWNER mlflow TEMPLATE mlflow`, 'postgres');
    await postgres.sql(`CREATE DATABASE ${blank} OWNER mlflow`, 'postgres');
  });
  const answer = await fetch(`${mlflow}/mlflow/ajax-api/2.0/mlflow/registered-models/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: knownModel }),
  });
  if (!answer.ok) throw new Error(`the known model could not be made: ${await answer.text()}`);
};

/** Swaps the database behind MLflow's configured name for another. */
export const useDatabase = async (postgres: Postgres, other: OtherDatabase): Promise<Undo> => {
  const away = 'mlflow_away';
  const rename = (...names: readonly (readonly [string, string])[]): Promise<void> =>
    withNobodyOn(postgres, async () => {
      for (const [from, to] of names) await postgres.sql(`ALTER DATABASE ${from} RENAME TO ${to}`, 'postgres');
    });
  await rename(['mlflow', away], [other, 'mlflow']);
  return () => rename(['mlflow', other], [away, 'mlflow']);
};

const withNobodyOn = async (postgres: Postgres, work: () => Promise<void>): Promise<void> => {
  await postgres.limitConnections(0);
  await work();
  await postgres.limitConnections(null);
};
