import type { FailureMode } from '../platform/failure-modes.ts';
import type { ToldCause } from '../platform/told-causes.ts';
import type { Words } from './words.ts';

interface CauseRule {
  /** The failures of which it is asked. */
  readonly of: readonly FailureMode[];
  readonly cause: ToldCause;
  readonly pattern: Words;
}

/** How our own sentence (body.ts) begins to name them. */
const because = 'because of ';

/** The one dependency that it names; null: none, or several, for a comma stands between them. */
const onlyDependency = (sentence: string): string | null => {
  const at = sentence.indexOf(because, sentence.lastIndexOf(',') + 1);
  return at === -1 ? null : sentence.slice(at + because.length);
};

const dependency = (name: RegExp): Words => ({
  test: (sentence) => {
    const only = onlyDependency(sentence);
    return only !== null && name.test(only);
  },
});

/** What an application shows whose dependency does not answer. */
const toldOf: readonly FailureMode[] = [
  'auth-unavailable',
  'upstream-unavailable',
  'upstream-unreachable',
  'upstream-timeout',
  'server-error',
];

/**
 * The words of PostgreSQL 15, libpq and PgBouncer, of MariaDB, MySQL and PyMySQL, of SQLite and SQLAlchemy; of the HTTP clients of
 * Python and Node; of applications, for what they do not reach; and ours for the dependency that a health route names, whatever its
 * shape (body.ts). First match counts.
 * A session that was cut off is not among them: it ends so whatever the cause, and says nothing about it.
 */
export const causeRules: readonly CauseRule[] = [
  {
    of: ['database-error'],
    cause: 'login-refused',
    pattern:
      /(password|peer|ident) authentication failed|no pg_hba\.conf entry|is not permitted to log in|Access denied for user/i,
  },
  {
    of: ['database-error'],
    cause: 'no-connection-left',
    pattern:
      /too many (clients|connections)|connection slots are reserved|QueuePool limit|no more connections allowed|query_wait_timeout/i,
  },
  {
    of: ['database-error'],
    cause: 'tables-missing',
    pattern:
      /Undefined(Table|Column)|no such (table|column)|database \\?"[^"]{0,64}" does not exist|Unknown (database|column)|Table '[^']{0,129}' doesn't exist/i,
  },
  {
    of: ['database-error'],
    cause: 'disk-full',
    pattern: /DiskFull|No space left on device|disk is full/i,
  },
  {
    of: ['database-error'],
    cause: 'statement-cancelled',
    pattern: /QueryCanceled|canceling statement|LockNotAvailable|Lock wait timeout|max_statement_time exceeded/i,
  },
  {
    of: ['database-error'],
    cause: 'not-permitted',
    pattern: /InsufficientPrivilege|permission denied for|command denied to user/i,
  },
  {
    of: ['database-error'],
    cause: 'not-reached',
    pattern:
      /failed: Connection refused|could not connect to server|could not translate host name|No route to host|timeout expired|Connection timed out|the database system is (starting up|shutting down)|Can't connect to (MySQL|local) server/i,
  },
  {
    of: ['upstream-unavailable'],
    cause: 'breaker-open',
    pattern: /circuit|breaker/i,
  },
  {
    of: toldOf,
    cause: 'names-redis',
    pattern: /\b(redis|valkey|memcached|elasticache|cache)\b/i,
  },
  {
    of: toldOf,
    cause: 'names-auth',
    pattern: /\bauth(entication|orization)?\b|identity|credential|key ?(store|check|validation)/i,
  },
  {
    of: ['upstream-unreachable'],
    cause: 'name-not-found',
    pattern:
      /Name or service not known|Temporary failure in name resolution|No address associated with hostname|nodename nor servname|getaddrinfo (failed|ENOTFOUND)|NXDOMAIN|Name does not resolve/i,
  },
  {
    of: ['upstream-unreachable'],
    cause: 'tls-mismatch',
    pattern: /\[SSL|SSLError|WRONG_VERSION_NUMBER|wrong version number|CERTIFICATE_VERIFY_FAILED|record layer failure/i,
  },
  {
    of: ['upstream-unreachable'],
    cause: 'connection-refused',
    pattern: /Connection refused|Connect call failed|ECONNREFUSED/i,
  },
  {
    of: ['upstream-unavailable', 'server-error'],
    cause: 'names-mlflow',
    pattern: /mlflow|tracking|model registry/i,
  },
  {
    of: ['dependency-unhealthy'],
    cause: 'names-redis',
    pattern: dependency(/redis|valkey|cache/i),
  },
  {
    of: ['dependency-unhealthy'],
    cause: 'names-auth',
    pattern: dependency(/auth/i),
  },
  {
    of: ['dependency-unhealthy'],
    cause: 'names-mlflow',
    pattern: dependency(/mlflow|tracking|registry/i),
  },
  {
    of: ['dependency-unhealthy'],
    cause: 'names-database',
    pattern: dependency(/database|postgres/i),
  },
  {
    of: ['dependency-unhealthy'],
    cause: 'names-another',
    pattern: dependency(/^/),
  },
];

/** Null: the text does not tell. */
export const toldCauseOf = (mode: FailureMode, text: string): ToldCause | null =>
  causeRules.find(({ of, pattern }) => of.includes(mode) && pattern.test(text))?.cause ?? null;
