import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';

/** Failure modes of an application whose dependency does not respond. */
const answered = [
  'auth-unavailable',
  'upstream-unavailable',
  'upstream-unreachable',
  'upstream-timeout',
  'server-error',
] as const;

/** Texts of real responses, the failure modes in which they occur, and the cause that each gives. */
export const saidCauses: readonly {
  readonly text: string;
  readonly modes: readonly FailureMode[];
  readonly cause: ToldCause;
}[] = [
  {
    text: 'connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "mlflow"',
    modes: ['database-error'],
    cause: 'login-refused',
  },
  {
    text: `(pymysql.err.OperationalError) (1045, "Access denied for user 'mlflow'@'10.0.0.7' (using password: YES)")`,
    modes: ['database-error'],
    cause: 'login-refused',
  },
  {
    text: 'connection to server at "db", port 5432 failed: FATAL:  sorry, too many clients already',
    modes: ['database-error'],
    cause: 'no-connection-left',
  },
  {
    text: '(pymysql.err.OperationalError) (1040, "Too many connections")',
    modes: ['database-error'],
    cause: 'no-connection-left',
  },
  {
    text: 'connection to server at "pooler", port 6432 failed: FATAL:  no more connections allowed (max_client_conn)',
    modes: ['database-error'],
    cause: 'no-connection-left',
  },
  {
    text: '(psycopg2.errors.UndefinedTable) relation "experiments" does not exist',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  {
    text: String.raw`connection to server failed: FATAL:  database \"mlflow_prod\" does not exist`,
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  {
    text: `(pymysql.err.ProgrammingError) (1146, "Table 'mlflow.experiments' doesn't exist")`,
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  { text: 'relation "registered_models" does not exist', modes: ['database-error'], cause: 'tables-missing' },
  {
    text: 'ERROR: relation "public.model_versions" does not exist at character 15',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  { text: 'relation \\"registered_models\\" does not exist', modes: ['database-error'], cause: 'tables-missing' },
  { text: 'relation &quot;registered_models&quot; does not exist', modes: ['database-error'], cause: 'tables-missing' },
  { text: 'relation “registered_models” does not exist', modes: ['database-error'], cause: 'tables-missing' },
  {
    text: 'column "storage_location" of relation "model_versions" does not exist',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  { text: 'database "mlflow_new" does not exist', modes: ['database-error'], cause: 'tables-missing' },
  { text: `Table 'mlflow.registered_models' doesn't exist`, modes: ['database-error'], cause: 'tables-missing' },
  { text: 'Table `mlflow`.`registered_models` doesn&#39;t exist', modes: ['database-error'], cause: 'tables-missing' },
  {
    text: '(sqlite3.OperationalError) no such table: registered_models',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  { text: 'no such column: experiments.workspace', modes: ['database-error'], cause: 'tables-missing' },
  { text: `Invalid object name 'dbo.registered_models'.`, modes: ['database-error'], cause: 'tables-missing' },
  { text: 'ORA-00942: table or view does not exist', modes: ['database-error'], cause: 'tables-missing' },
  {
    text: '(psycopg2.errors.DiskFull) could not extend file: No space left on device',
    modes: ['database-error'],
    cause: 'disk-full',
  },
  {
    text: '(psycopg2.errors.QueryCanceled) canceling statement due to statement timeout',
    modes: ['database-error'],
    cause: 'statement-cancelled',
  },
  {
    text: '(psycopg2.errors.InsufficientPrivilege) permission denied for table experiments',
    modes: ['database-error'],
    cause: 'not-permitted',
  },
  {
    text: `(pymysql.err.OperationalError) (1142, "SELECT command denied to user 'mlflow'@'10.0.0.7' for table 'experiments'")`,
    modes: ['database-error'],
    cause: 'not-permitted',
  },
  {
    text: 'connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused',
    modes: ['database-error'],
    cause: 'not-reached',
  },
  {
    text: `(pymysql.err.OperationalError) (2003, "Can't connect to MySQL server on 'db' ([Errno 111] Connection refused)")`,
    modes: ['database-error'],
    cause: 'not-reached',
  },
  { text: 'http://registry.hokus.ai:80/health', modes: ['redirect-unexpected'], cause: 'leads-to-http' },
  { text: 'MLflow is not asked: circuit breaker open', modes: ['upstream-unavailable'], cause: 'breaker-open' },
  { text: 'Session cache unavailable: Command timed out', modes: answered, cause: 'names-redis' },
  { text: 'Upstream identity provider unreachable', modes: answered, cause: 'names-auth' },
  { text: 'Unable to verify credentials right now', modes: answered, cause: 'names-auth' },
  {
    text: 'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000: [Errno -2] Name or service not known',
    modes: ['upstream-unreachable'],
    cause: 'name-not-found',
  },
  {
    text: 'Failed to connect to MLflow server: getaddrinfo ENOTFOUND mlflow.hokusai.local',
    modes: ['upstream-unreachable'],
    cause: 'name-not-found',
  },
  {
    text: 'Failed to connect to MLflow server at https://mlflow.hokusai.local:5000: [SSL: WRONG_VERSION_NUMBER] wrong version number',
    modes: ['upstream-unreachable'],
    cause: 'tls-mismatch',
  },
  {
    text: 'Failed to connect to MLflow server at http://10.0.3.219:5000: [Errno 111] Connection refused',
    modes: ['upstream-unreachable'],
    cause: 'connection-refused',
  },
  {
    text: "Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Connect call failed ('10.0.3.219', 5000)]",
    modes: ['upstream-unreachable'],
    cause: 'connection-refused',
  },
  {
    text: 'Model registry temporarily unavailable',
    modes: ['upstream-unavailable', 'server-error'],
    cause: 'names-mlflow',
  },
];

/** A dependency that a health route names alone, and what that tells: for each of the rules. */
export const namedCauses: readonly (readonly [name: string, tells: ToldCause])[] = [
  ['redis', 'names-redis'],
  ['Session-Cache', 'names-redis'],
  ['auth_service', 'names-auth'],
  ['mlflow_server', 'names-mlflow'],
  ['tracking', 'names-mlflow'],
  ['database', 'names-database'],
  ['kafka', 'names-another'],
  // A server names it as it likes.
  ['because of redis, or of the database', 'names-redis'],
];
