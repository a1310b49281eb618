import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';

/** What an application shows whose dependency does not answer. */
const answered = [
  'auth-unavailable',
  'upstream-unavailable',
  'upstream-unreachable',
  'upstream-timeout',
  'server-error',
] as const;

/** Word by word what is said, in which failures, and what it tells: for each of the rules. */
export const saidCauses: readonly (readonly [words: string, failures: readonly FailureMode[], tells: ToldCause])[] = [
  [
    'connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "mlflow"',
    ['database-error'],
    'login-refused',
  ],
  [
    `(pymysql.err.OperationalError) (1045, "Access denied for user 'mlflow'@'10.0.0.7' (using password: YES)")`,
    ['database-error'],
    'login-refused',
  ],
  [
    'connection to server at "db", port 5432 failed: FATAL:  sorry, too many clients already',
    ['database-error'],
    'no-connection-left',
  ],
  ['(pymysql.err.OperationalError) (1040, "Too many connections")', ['database-error'], 'no-connection-left'],
  [
    'connection to server at "pooler", port 6432 failed: FATAL:  no more connections allowed (max_client_conn)',
    ['database-error'],
    'no-connection-left',
  ],
  ['(psycopg2.errors.UndefinedTable) relation "experiments" does not exist', ['database-error'], 'tables-missing'],
  [
    String.raw`connection to server failed: FATAL:  database \"mlflow_prod\" does not exist`,
    ['database-error'],
    'tables-missing',
  ],
  [
    `(pymysql.err.ProgrammingError) (1146, "Table 'mlflow.experiments' doesn't exist")`,
    ['database-error'],
    'tables-missing',
  ],
  ['relation "registered_models" does not exist', ['database-error'], 'tables-missing'],
  ['ERROR: relation "public.model_versions" does not exist at character 15', ['database-error'], 'tables-missing'],
  ['relation \\"registered_models\\" does not exist', ['database-error'], 'tables-missing'],
  ['relation &quot;registered_models&quot; does not exist', ['database-error'], 'tables-missing'],
  ['relation “registered_models” does not exist', ['database-error'], 'tables-missing'],
  ['column "storage_location" of relation "model_versions" does not exist', ['database-error'], 'tables-missing'],
  ['database "mlflow_new" does not exist', ['database-error'], 'tables-missing'],
  [`Table 'mlflow.registered_models' doesn't exist`, ['database-error'], 'tables-missing'],
  ['Table `mlflow`.`registered_models` doesn&#39;t exist', ['database-error'], 'tables-missing'],
  ['(sqlite3.OperationalError) no such table: registered_models', ['database-error'], 'tables-missing'],
  ['no such column: experiments.workspace', ['database-error'], 'tables-missing'],
  [`Invalid object name 'dbo.registered_models'.`, ['database-error'], 'tables-missing'],
  ['ORA-00942: table or view does not exist', ['database-error'], 'tables-missing'],
  ['(psycopg2.errors.DiskFull) could not extend file: No space left on device', ['database-error'], 'disk-full'],
  [
    '(psycopg2.errors.QueryCanceled) canceling statement due to statement timeout',
    ['database-error'],
    'statement-cancelled',
  ],
  [
    '(psycopg2.errors.InsufficientPrivilege) permission denied for table experiments',
    ['database-error'],
    'not-permitted',
  ],
  [
    `(pymysql.err.OperationalError) (1142, "SELECT command denied to user 'mlflow'@'10.0.0.7' for table 'experiments'")`,
    ['database-error'],
    'not-permitted',
  ],
  ['connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused', ['database-error'], 'not-reached'],
  [
    `(pymysql.err.OperationalError) (2003, "Can't connect to MySQL server on 'db' ([Errno 111] Connection refused)")`,
    ['database-error'],
    'not-reached',
  ],
  ['http://registry.hokus.ai:80/health', ['redirect-unexpected'], 'leads-to-http'],
  ['MLflow is not asked: circuit breaker open', ['upstream-unavailable'], 'breaker-open'],
  ['Session cache unavailable: Command timed out', answered, 'names-redis'],
  ['Upstream identity provider unreachable', answered, 'names-auth'],
  ['Unable to verify credentials right now', answered, 'names-auth'],
  [
    'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000: [Errno -2] Name or service not known',
    ['upstream-unreachable'],
    'name-not-found',
  ],
  [
    'Failed to connect to MLflow server: getaddrinfo ENOTFOUND mlflow.hokusai.local',
    ['upstream-unreachable'],
    'name-not-found',
  ],
  [
    'Failed to connect to MLflow server at https://mlflow.hokusai.local:5000: [SSL: WRONG_VERSION_NUMBER] wrong version number',
    ['upstream-unreachable'],
    'tls-mismatch',
  ],
  [
    'Failed to connect to MLflow server at http://10.0.3.219:5000: [Errno 111] Connection refused',
    ['upstream-unreachable'],
    'connection-refused',
  ],
  [
    "Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Connect call failed ('10.0.3.219', 5000)]",
    ['upstream-unreachable'],
    'connection-refused',
  ],
  ['Model registry temporarily unavailable', ['upstream-unavailable', 'server-error'], 'names-mlflow'],
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
