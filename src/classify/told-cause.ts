import type { FailureMode } from '../model/failure-modes.ts';
import type { Dependency } from '../model/report.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { toLogin } from './answerer.ts';
import { unwell } from './health.ts';
import { tablesMissing } from './texts.ts';
import { tlsMismatch } from './tls-words.ts';
import type { Words } from './words.ts';

type Telling = readonly [ToldCause, Words];

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
 * The words of PostgreSQL 15, libpq, pgx and JDBC, of PgBouncer, RDS Proxy and connection pools, of MariaDB, MySQL and
 * PyMySQL, of SQLite and SQLAlchemy; of the HTTP clients of Python, Node, Go, Java and Ruby; of Redis and its clients; of
 * applications, for what they do not reach. First match counts.
 */
export const causeRules: readonly CauseRules[] = [
  {
    of: ['database-error'],
    tells: [
      [
        'login-refused',
        /(password|peer|ident|SASL|SCRAM) authentication failed|no pg_hba\.conf entry|is not permitted to log in|Access denied for user|role "[^"]{1,80}" does not exist|no such user|wrong password type|no credentials for the role|password that was provided for the role \S{1,80} is wrong|could ?n[o’']t retrieve credentials/i,
      ],
      [
        'no-connection-left',
        /too many (clients|connections)|connection slots are reserved|QueuePool limit|no more connections allowed|query_wait_timeout|max[_ ]clients? ?(reached|_conn)|max_(user|db)_connections|(maximum|max) (number of )?(client |database |simultaneous )?connections|too many pooled connections|pool (timeout|timed out|exhausted)|connection pool exhausted|(acquir|obtain|fetch|wait)\w{0,3} (a |to acquire )?(new |database )?connection|Connection is not available, request timed out/i,
      ],
      ['tables-missing', tablesMissing],
      ['disk-full', /DiskFull|No space left on device|disk is full/i],
      [
        'statement-cancelled',
        /QueryCanceled|canceling statement|query_timeout|deadlock detected|database (table )?is locked|LockNotAvailable|Lock wait timeout|max_statement_time exceeded/i,
      ],
      ['not-permitted', /InsufficientPrivilege|permission denied for|command denied to user/i],
      [
        'not-reached',
        /failed: Connection refused|connect: connection refused|ECONNREFUSED|could not connect to server|could not translate host name|No route to host|timeout expired|Connection timed out|connection attempt failed|the database system is (starting up|shutting down)|server is not accepting|Can't connect to (MySQL|local) server|cached error: (connect failed|server DNS lookup failed|dns)/i,
      ],
      // It ends so if the server stops, and if a pooler gets no connection to the server, whatever the reason.
      [
        'connection-lost',
        /server closed the connection|connection (has been |was |is )?closed|terminating connection|Connection terminated|Lost connection to|server has gone away|connection reset|unexpected EOF|EOF detected|conn closed|broken pipe|I\/O error occurred while sending to the backend|server_login_retry|server login has been failing|client_login_timeout|cannot connect to server|server conn crashed|pgbouncer is shutting down/i,
      ],
    ],
  },
  // Where it leads is its text.
  {
    of: ['redirect-unexpected'],
    tells: [
      ['leads-to-login', toLogin],
      ['leads-to-http', /^http:/i],
    ],
  },
  {
    of: ['auth-rejected'],
    tells: [
      [
        'key-not-validated',
        /not (been )?validated|(no|unknown|missing) (token )?issuer|issuer[^"<.]{0,30}not configured|authorizer[^"<.]{0,40}(not configured|misconfigured|failed|no )|(could not|cannot|unable to) (be )?validate/i,
      ],
      ['key-invalid', /\b(revoked|expired|deactivated|disabled)\b/i],
    ],
  },
  {
    of: ['lb-no-target', 'unexpected-body'],
    tells: [
      [
        'maintenance',
        /\b(under|for|scheduled|planned|routine|undergoing) (\w{1,20} )?maintenance\b|\bmaintenance (mode|window|page|in progress)\b|^\s*maintenance\b|\bback (soon|shortly)\b|\bbe back online\b/i,
      ],
    ],
  },
  // API Gateway, of a Lambda authorizer or a policy:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
  {
    of: ['forbidden'],
    tells: [['authorizer-denies', /is not authorized to (access this resource|perform: execute-api)/i]],
  },
  {
    of: ['upstream-unavailable'],
    tells: [
      [
        'breaker-open',
        /circuit|breaker|\b(suspended|paused|disabled|halted|blocked) (after|following|because|due|for a)\b|\boff\b.{0,20} after (repeated|several|too many)\b|\b(calls|requests|traffic)\b.{0,40}\b(suspended|paused|on hold|held back)\b|\b(consecutive|too many recent) (failures|errors)\b|fail(ing)?[- ]fast/i,
      ],
    ],
  },
  {
    // It fails at once.
    of: ['upstream-unreachable', 'upstream-unavailable', 'server-error', 'auth-unavailable'],
    tells: [
      // Before the words of what it wanted to reach. By errno, or as glibc, musl, BSD and Windows write it.
      [
        'process-exhausted',
        /\b(EMFILE|ENFILE|EADDRNOTAVAIL|ENOBUFS|ENOMEM)\b|too many open files|no file descriptors|(cannot|can[’']t) assign requested address|no buffer space available|lacked sufficient buffer space|only one usage of each socket address|(can[’']t|unable to|failed to) (start|create) (a )?(new )?(native )?thread|(cannot|failed to|unable to) allocate memory|java\.lang\.OutOfMemoryError/i,
      ],
    ],
  },
  {
    of: toldOf,
    tells: [
      // Redis’s own errors, by their prefixes or, where a client removes these, by their texts.
      [
        'redis-refuses',
        /\b(READONLY You|NOAUTH |WRONGPASS |NOPERM |LOADING (Redis|Valkey)|MISCONF |OOM command|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|EXECABORT)|against a read ?-?only (replica|slave)|Redis is (loading the dataset|configured to save|busy)|used memory > 'maxmemory'|Link with MASTER is down|Not enough good replicas|Hash slot not served|The cluster is down|\b(ERR|Redis\w{0,24}:?) max number of clients reached|HELLO must be called|without any password configured/,
      ],
      ['names-redis', /\b(redis|ioredis|valkey|memcached|elasticache|cache)\b|MaxRetriesPerRequestError|:6379\b/i],
      ['names-auth', /\bauth(entication|orization)?\b|identity|credential|key ?(store|check|validation)/i],
    ],
  },
  {
    of: ['upstream-unreachable', 'upstream-unavailable', 'server-error'],
    tells: [
      // A resolver’s words: glibc, musl, BSD; c-ares; Node, Go, Java, Ruby, urllib3, curl, Envoy.
      [
        'name-not-found',
        /Name or service not known|Temporary failure in name resolution|No address associated with hostname|nodename nor servname|getaddrinfo|NXDOMAIN|Name does not resolve|Domain name not found|DNS server (returned|refused|claims)|contact(ing)? DNS servers|\b(query(A|Aaaa|Srv)|ENOTFOUND|EAI_AGAIN|EAI_NODATA|ESERVFAIL|ENODATA|UnknownHostException|UnresolvedAddressException|NameResolutionError)\b|no such host|host not found|no address (is |was )?(known|found) for|dial tcp: lookup|server misbehaving|unknown host|(failed|unable|could not|cannot) (to )?(be )?resolved?\b|DNS (resolution|lookup)/i,
      ],
      ['connection-refused', /Connection refused|Connect call failed|ECONNREFUSED|actively refused/i],
    ],
  },
  // Balancers pass it on too, and what speaks TLS refuses plain HTTP with 400.
  {
    of: [
      'upstream-unreachable',
      'upstream-unavailable',
      'server-error',
      'lb-bad-gateway',
      'lb-no-target',
      'unexpected-status',
    ],
    tells: [['tls-mismatch', tlsMismatch]],
  },
  {
    of: ['upstream-unreachable', 'upstream-unavailable', 'server-error', 'upstream-timeout'],
    tells: [
      // The name has an address, which does not respond.
      [
        'address-silent',
        /\b(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ConnectTimeout(Error)?|NoRouteToHostException)\b|No route to host|Network is unreachable|Host is (unreachable|down)|\bi\/o timeout|Connection timed out|connect(ion)? timed out|execution expired/i,
      ],
    ],
  },
  {
    of: ['upstream-unavailable', 'upstream-unreachable', 'upstream-timeout', 'server-error'],
    tells: [['names-mlflow', /mlflow|track(ing|er)\b|model registry/i]],
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
