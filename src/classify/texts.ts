import type { FailureMode } from '../model/failure-modes.ts';
import { anyOf, near, type Words } from './words.ts';

interface TextRule {
  /** Statuses on which the text decides. */
  readonly statuses: readonly number[];
  readonly pattern: Words;
  readonly mode: FailureMode;
  /** Whether MLflow says it of itself; what it says of others does not count. */
  readonly ofMlflow: boolean;
}

/**
 * A table, a column or the database, in whatever quotes and escapes. PostgreSQL: 42P01, 42703, 3D000. MySQL and MariaDB: 1146,
 * 1054, 1049. SQLite. SQL Server: 208, 207, 4060. Oracle: ORA-00942, ORA-00904.
 */
export const tablesMissing =
  /Undefined(Table|Column)|NoSuchTableError|no such (table|column|database)|\b(relation|table|column|database) \S{1,160} (of relation \S{1,160} )?(does not|doesn\S{1,8}t) exist|Unknown (database|column|table)|Invalid (object|column) name|out-of-date database schema|table or view does not exist/i;

/** That no key arrived. “Missing Authentication Token” is not among them: AWS's API Gateway says so of an unknown route. */
const keyMissing: Words = anyOf(
  /api[ _-]?key[^"<]{0,20}(required|missing|not provided)|(missing|no) (api[ _-]?key|authorization|credentials)|not authenticated/i,
  /\b(api[ _-]?key|credentials?|(bearer|access|auth) token|authorization header)[ _-](is |are |was |were )?(missing|absent|required|not[ _](provided|supplied|present|sent|found|given|set))/i,
  /\b(missing|no|without)[ _-](an? |any |the )?(api[ _-]?key|subscription key|credentials|authorization|(bearer|access|auth)[ _]token|token (was |is )?(provided|supplied|sent|found))\b/i,
  /\bfull authentication is required/i,
);

/**
 * Where nothing but the message tells. First match counts.
 * One generation of the API says 503, 429 or 504 about its auth service, the other says the same texts with 401.
 */
export const textRules: readonly TextRule[] = [
  {
    // Gateways also refuse with 401, 403 or 503 when a caller sends too much.
    statuses: [401, 403, 503],
    pattern: /rate[ _-]?limit\w{0,3} (was |is |has been )?(exceeded|reached)|too many requests|\bthrottl(ed|ing)\b/i,
    mode: 'rate-limited',
    ofMlflow: false,
  },
  {
    statuses: [401, 429, 500, 502, 503, 504],
    pattern: anyOf(
      near(
        /auth\w*[ _-]?(service|server|backend)?/gi,
        /unavailable|not available|unreachable|timed? ?out|timeout|temporarily/gi,
      ),
      near(/unavailable|unable to|cannot|could not|failed to|timed? ?out/gi, /auth|validat\w{0,9} (the )?(api )?key/gi),
    ),
    mode: 'auth-unavailable',
    ofMlflow: false,
  },
  {
    statuses: [401, 403],
    pattern: keyMissing,
    mode: 'auth-missing',
    ofMlflow: false,
  },
  {
    statuses: [400, 500, 503],
    pattern:
      /ReadOnlySqlTransaction|read-only transaction|readonly database|running with the --(super-)?read-only option/i,
    mode: 'read-only',
    ofMlflow: true,
  },
  {
    // Of MLflow 3.5 and later: who it may be called as. It has nothing to do with the key.
    statuses: [400, 403],
    pattern: /invalid host header/i,
    mode: 'unexpected-status',
    ofMlflow: true,
  },
  {
    statuses: [403, 500, 503],
    pattern: /failed to \w{1,30} artifacts? |disabled due to the mlflow server running/i,
    mode: 'artifact-store-error',
    ofMlflow: true,
  },
  {
    statuses: [400, 500, 503],
    pattern: anyOf(
      tablesMissing,
      /psycopg2?\.|pymysql\.|sqlalchemy|OperationalError|ProgrammingError|ReadOnlySqlTransaction|QueuePool limit|too many (clients|connections)|connection slots are reserved|password authentication failed|database is locked|disk is full/i,
    ),
    mode: 'database-error',
    ofMlflow: true,
  },
];

export const ruleOfText = (status: number, text: string): TextRule | null =>
  textRules.find(({ statuses, pattern }) => statuses.includes(status) && pattern.test(text)) ?? null;

export const modeOfText = (status: number, text: string): FailureMode | null => ruleOfText(status, text)?.mode ?? null;
