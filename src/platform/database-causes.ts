/** Why a database gave MLflow no answer, in the words of PostgreSQL and its client that MLflow passes on. */
export type DatabaseCause =
  | 'not-reached'
  | 'login-refused'
  | 'no-connection-left'
  | 'tables-missing'
  | 'disk-full'
  | 'not-permitted';
