import type { DatabaseCause } from '../platform/database-causes.ts';

interface CauseRule {
  readonly cause: DatabaseCause;
  readonly pattern: RegExp;
  /** What says it, word by word; each has a test. */
  readonly example: string;
}

/**
 * libpq's, PostgreSQL 15's and SQLAlchemy's words. First match counts. A session that was cut off is not among them: it ends so
 * whatever the cause, and says nothing about it.
 */
export const causeRules: readonly CauseRule[] = [
  {
    cause: 'login-refused',
    pattern: /(password|peer|ident) authentication failed|no pg_hba\.conf entry|is not permitted to log in/i,
    example: 'connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "mlflow"',
  },
  {
    cause: 'no-connection-left',
    pattern: /too many (clients|connections)|connection slots are reserved|QueuePool limit/i,
    example: 'connection to server at "db", port 5432 failed: FATAL:  sorry, too many clients already',
  },
  {
    cause: 'tables-missing',
    pattern: /UndefinedTable|no such table|database "[^"]{0,63}" does not exist/i,
    example: '(psycopg2.errors.UndefinedTable) relation "experiments" does not exist',
  },
  {
    cause: 'disk-full',
    pattern: /DiskFull|No space left on device|disk is full/i,
    example: '(psycopg2.errors.DiskFull) could not extend file: No space left on device',
  },
  {
    cause: 'not-permitted',
    pattern: /InsufficientPrivilege|permission denied for/i,
    example: '(psycopg2.errors.InsufficientPrivilege) permission denied for table experiments',
  },
  {
    cause: 'not-reached',
    pattern:
      /failed: Connection refused|could not connect to server|could not translate host name|No route to host|timeout expired|Connection timed out|the database system is (starting up|shutting down)/i,
    example: 'connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused',
  },
];

/** Null: the text does not tell. */
export const databaseCauseOf = (text: string): DatabaseCause | null =>
  causeRules.find(({ pattern }) => pattern.test(text))?.cause ?? null;
