import type { FailureMode } from '../model/failure-modes.ts';
import type { Dependency } from '../model/report.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { unwell } from './health.ts';
import { tablesMissing } from './texts.ts';

type Telling = readonly [ToldCause, RegExp];

interface CauseRules {
  /** The failures of which they are asked. */
  readonly of: readonly FailureMode[];
  readonly tells: readonly Telling[];
}

/** The first that is found in a text. */
const firstIn = (rules: readonly Telling[], text: string): ToldCause | null =>
  rules.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

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
 * Python and Node; of applications, for what they do not reach. First match counts.
 * A session that was cut off is not among them: it ends so whatever the cause, and says nothing about it.
 */
export const causeRules: readonly CauseRules[] = [
  {
    of: ['database-error'],
    tells: [
      [
        'login-refused',
        /(password|peer|ident) authentication failed|no pg_hba\.conf entry|is not permitted to log in|Access denied for user/i,
      ],
      [
        'no-connection-left',
        /too many (clients|connections)|connection slots are reserved|QueuePool limit|no more connections allowed|query_wait_timeout/i,
      ],
      ['tables-missing', tablesMissing],
      ['disk-full', /DiskFull|No space left on device|disk is full/i],
      [
        'statement-cancelled',
        /QueryCanceled|canceling statement|LockNotAvailable|Lock wait timeout|max_statement_time exceeded/i,
      ],
      ['not-permitted', /InsufficientPrivilege|permission denied for|command denied to user/i],
      [
        'not-reached',
        /failed: Connection refused|could not connect to server|could not translate host name|No route to host|timeout expired|Connection timed out|the database system is (starting up|shutting down)|Can't connect to (MySQL|local) server/i,
      ],
    ],
  },
  // Where it leads is its text.
  {
    of: ['redirect-unexpected'],
    tells: [['leads-to-http', /^http:/i]],
  },
  {
    of: ['upstream-unavailable'],
    tells: [['breaker-open', /circuit|breaker/i]],
  },
  {
    of: toldOf,
    tells: [
      ['names-redis', /\b(redis|valkey|memcached|elasticache|cache)\b/i],
      ['names-auth', /\bauth(entication|orization)?\b|identity|credential|key ?(store|check|validation)/i],
    ],
  },
  {
    of: ['upstream-unreachable'],
    tells: [
      [
        'name-not-found',
        /Name or service not known|Temporary failure in name resolution|No address associated with hostname|nodename nor servname|getaddrinfo (failed|ENOTFOUND)|NXDOMAIN|Name does not resolve/i,
      ],
      [
        'tls-mismatch',
        /\[SSL|SSLError|WRONG_VERSION_NUMBER|wrong version number|CERTIFICATE_VERIFY_FAILED|record layer failure/i,
      ],
      ['connection-refused', /Connection refused|Connect call failed|ECONNREFUSED/i],
    ],
  },
  {
    of: ['upstream-unavailable', 'server-error'],
    tells: [['names-mlflow', /mlflow|tracking|model registry/i]],
  },
];

/** What a dependency is, by its name. First match counts. */
const dependencyRules: readonly Telling[] = [
  ['names-redis', /redis|valkey|cache/i],
  ['names-auth', /auth/i],
  ['names-mlflow', /mlflow|tracking|registry/i],
  ['names-database', /database|postgres/i],
];

/** Of several dependencies nobody knows which one is behind it. */
export const causeOfDependencies = (dependencies: readonly Dependency[]): ToldCause | null => {
  const [only, ...others] = unwell(dependencies);
  return only === undefined || others.length > 0 ? null : (firstIn(dependencyRules, only.name) ?? 'names-another');
};

/** Null: the text does not tell. It is made for those failures alone of which something is known. */
export const toldCauseOf = (mode: FailureMode, textOf: () => string): ToldCause | null => {
  const rules = causeRules.flatMap(({ of, tells }) => (of.includes(mode) ? tells : []));
  return rules.length === 0 ? null : firstIn(rules, textOf());
};
