import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonWith } from '../environment.ts';
import type { Postgres } from '../postgres.ts';
import { startGroup } from '../process-group.ts';
import type { Undo } from './undo.ts';

const script = join(import.meta.dirname, 'occupy_connections.py');
const limitMs = 120_000;

/** Another client takes all of PostgreSQL's connections, including MLflow's as soon as they are free. */
export const occupyConnections = async (postgres: Postgres): Promise<Undo> => {
  const uri = postgres.uri.replace('+psycopg2', '');
  const group = startGroup(await pythonWith('mlflow'), ['-u', script, uri], { cwd: import.meta.dirname, env: {} });
  const others =
    "FROM pg_stat_activity WHERE usename = 'mlflow' AND application_name <> 'occupier' AND state IS NOT NULL";
  const deadline = performance.now() + limitMs;
  try {
    for (;;) {
      if (/full/.test(group.log())) {
        await postgres.sql(`SELECT pg_terminate_backend(pid) ${others}`);
        await sleep(200);
        if ((await postgres.sql(`SELECT count(*) ${others}`)).trim() === '0') return group.end;
      }
      if (performance.now() > deadline || !group.isRunning())
        throw new Error(`the connections could not be occupied: ${group.log().slice(-200)}`);
      await sleep(50);
    }
  } catch (error) {
    await group.end();
    throw error;
  }
};
