/** What an answer's own words say is behind a failure, where somebody passes on what a database or a connection said. */
export const toldCauses = [
  // Why a database gave MLflow no answer.
  'not-reached',
  'login-refused',
  'no-connection-left',
  'tables-missing',
  'disk-full',
  'not-permitted',
  'statement-cancelled',
  // Why the API did not get to MLflow.
  'name-not-found',
  'connection-refused',
  'tls-mismatch',
  // That it has stopped asking.
  'breaker-open',
  // Which dependency an application names, and no other.
  'names-auth',
  'names-redis',
  'names-mlflow',
  'names-database',
  'names-another',
] as const;

export type ToldCause = (typeof toldCauses)[number];
