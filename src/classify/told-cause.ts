import type { FailureMode } from '../platform/failure-modes.ts';
import type { ToldCause } from '../platform/told-causes.ts';

interface CauseRule {
  /** The failure of which it is asked. */
  readonly of: FailureMode;
  readonly cause: ToldCause;
  readonly pattern: RegExp;
  /** What says it, word by word; each has a test. */
  readonly examples: readonly string[];
}

/**
 * The words of PostgreSQL 15 and libpq, of MariaDB, MySQL and PyMySQL, of SQLite and SQLAlchemy; of the HTTP clients of Python and
 * Node; and ours for the dependency that a health route names, whatever its shape (body.ts). First match counts.
 * A session that was cut off is not among them: it ends so whatever the cause, and says nothing about it.
 */
export const causeRules: readonly CauseRule[] = [
  {
    of: 'database-error',
    cause: 'login-refused',
    pattern:
      /(password|peer|ident) authentication failed|no pg_hba\.conf entry|is not permitted to log in|Access denied for user/i,
    examples: [
      'connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "mlflow"',
      `(pymysql.err.OperationalError) (1045, "Access denied for user 'mlflow'@'10.0.0.7' (using password: YES)")`,
    ],
  },
  {
    of: 'database-error',
    cause: 'no-connection-left',
    pattern: /too many (clients|connections)|connection slots are reserved|QueuePool limit/i,
    examples: [
      'connection to server at "db", port 5432 failed: FATAL:  sorry, too many clients already',
      '(pymysql.err.OperationalError) (1040, "Too many connections")',
    ],
  },
  {
    of: 'database-error',
    cause: 'tables-missing',
    pattern:
      /Undefined(Table|Column)|no such (table|column)|database "[^"]{0,63}" does not exist|Unknown (database|column)|Table '[^']{0,129}' doesn't exist/i,
    examples: [
      '(psycopg2.errors.UndefinedTable) relation "experiments" does not exist',
      `(pymysql.err.ProgrammingError) (1146, "Table 'mlflow.experiments' doesn't exist")`,
    ],
  },
  {
    of: 'database-error',
    cause: 'disk-full',
    pattern: /DiskFull|No space left on device|disk is full/i,
    examples: ['(psycopg2.errors.DiskFull) could not extend file: No space left on device'],
  },
  {
    of: 'database-error',
    cause: 'not-permitted',
    pattern: /InsufficientPrivilege|permission denied for|command denied to user/i,
    examples: [
      '(psycopg2.errors.InsufficientPrivilege) permission denied for table experiments',
      `(pymysql.err.OperationalError) (1142, "SELECT command denied to user 'mlflow'@'10.0.0.7' for table 'experiments'")`,
    ],
  },
  {
    of: 'database-error',
    cause: 'not-reached',
    pattern:
      /failed: Connection refused|could not connect to server|could not translate host name|No route to host|timeout expired|Connection timed out|the database system is (starting up|shutting down)|Can't connect to (MySQL|local) server/i,
    examples: [
      'connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused',
      `(pymysql.err.OperationalError) (2003, "Can't connect to MySQL server on 'db' ([Errno 111] Connection refused)")`,
    ],
  },
  {
    of: 'upstream-unreachable',
    cause: 'name-not-found',
    pattern:
      /Name or service not known|Temporary failure in name resolution|No address associated with hostname|nodename nor servname|getaddrinfo (failed|ENOTFOUND)|NXDOMAIN|Name does not resolve/i,
    examples: [
      'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000: [Errno -2] Name or service not known',
      'Failed to connect to MLflow server: getaddrinfo ENOTFOUND mlflow.hokusai.local',
    ],
  },
  {
    of: 'upstream-unreachable',
    cause: 'tls-mismatch',
    pattern: /\[SSL|SSLError|WRONG_VERSION_NUMBER|wrong version number|CERTIFICATE_VERIFY_FAILED|record layer failure/i,
    examples: [
      'Failed to connect to MLflow server at https://mlflow.hokusai.local:5000: [SSL: WRONG_VERSION_NUMBER] wrong version number',
    ],
  },
  {
    of: 'upstream-unreachable',
    cause: 'connection-refused',
    pattern: /Connection refused|Connect call failed|ECONNREFUSED/i,
    examples: [
      'Failed to connect to MLflow server at http://10.0.3.219:5000: [Errno 111] Connection refused',
      "Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Connect call failed ('10.0.3.219', 5000)]",
    ],
  },
  {
    of: 'dependency-unhealthy',
    cause: 'names-redis',
    pattern: /because of [^,]*(redis|cache)[^,]*$/i,
    examples: ['200 by the application: says degraded, because of redis'],
  },
  {
    of: 'dependency-unhealthy',
    cause: 'names-mlflow',
    pattern: /because of [^,]*mlflow[^,]*$/i,
    examples: ['503 by the application: says unhealthy, because of mlflow_server'],
  },
  {
    of: 'dependency-unhealthy',
    cause: 'names-database',
    pattern: /because of [^,]*(database|postgres)[^,]*$/i,
    examples: ['503 by the application: says unhealthy, because of database'],
  },
];

/** Null: the text does not tell. */
export const toldCauseOf = (mode: FailureMode, text: string): ToldCause | null =>
  causeRules.find(({ of, pattern }) => of === mode && pattern.test(text))?.cause ?? null;
