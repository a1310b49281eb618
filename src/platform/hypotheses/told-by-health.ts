import { always, often, sometimes } from '../../model/grades.ts';
import type { Effect } from '../../model/hypothesis.ts';
import { ofHealth } from './common.ts';

/** The API's own health route, which may ask MLflow and wait for it. */
export const toldByHealth = (unhealthy: number): Effect => ({
  when: ofHealth,
  elsewhere: true,
  shows: {
    pass: always - unhealthy,
    'dependency-unhealthy': unhealthy * often,
    'response-timeout': unhealthy * sometimes,
  },
  says: ['names-mlflow', 'names-database'],
});
