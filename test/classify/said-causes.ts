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

/** Those that pass on why there is no connection. */
const ofConnecting = ['upstream-unreachable', 'upstream-unavailable', 'server-error'] as const;

/** The same of a TLS handshake, which balancers pass on too. */
const ofTls = [...ofConnecting, 'lb-bad-gateway', 'lb-no-target', 'unexpected-status'] as const;

interface Said {
  readonly text: string;
  readonly modes: readonly FailureMode[];
  readonly cause: ToldCause;
}

const each = (modes: readonly FailureMode[], cause: ToldCause, texts: readonly string[]): readonly Said[] =>
  texts.map((text) => ({ text, modes, cause }));

const ofDatabases: readonly Said[] = [
  ...each(['database-error'], 'connection-lost', [
    '(psycopg2.OperationalError) server closed the connection unexpectedly',
    '(psycopg2.OperationalError) SSL connection has been closed unexpectedly',
    'terminating connection due to administrator command',
    'FATAL:  server login has been failing, try again later (server_login_retry)',
    '(pymysql.err.OperationalError) (2013, "Lost connection to MySQL server during query")',
    "(MySQLdb.OperationalError) (2006, 'MySQL server has gone away')",
    '(psycopg2.OperationalError) FATAL:  pgbouncer cannot connect to server',
    'FATAL:  server conn crashed?',
    'pgx: unexpected EOF',
    'org.postgresql.util.PSQLException: An I/O error occurred while sending to the backend.',
    'Error: Connection terminated unexpectedly',
  ]),
  ...each(['database-error'], 'no-connection-left', [
    'FATAL:  query_wait_timeout',
    'FATAL:  no more connections allowed, max_client_conn reached (max_client_conn = 100)',
    'server login has been failing, cached error: sorry, too many clients already (server_login_retry)',
    'FATAL:  the number of requests exceeds the maximum number of simultaneous connections of the proxy',
    'QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00',
    'Timed-out waiting to acquire database connection',
    'HikariPool-1 - Connection is not available, request timed out after 30000ms.',
    'psycopg_pool.PoolTimeout: pool timeout after 30.0 sec',
    'Timed out fetching a new connection from the connection pool',
    'MaxClientsInSessionMode: max clients reached',
    "User mlflow already has more than 'max_user_connections' active connections",
  ]),
  ...each(['database-error'], 'login-refused', [
    'failed SASL auth: FATAL: SASL authentication failed (SQLSTATE 28P01)',
    'FATAL:  role "mlflow" does not exist',
    'FATAL:  no such user: mlflow',
    'FATAL:  This RDS proxy has no credentials for the role mlflow. Check the credentials for this role and try again.',
    'FATAL:  The password that was provided for the role mlflow is wrong.',
    'server login has been failing, cached error: password authentication failed for user "mlflow"',
  ]),
  ...each(['database-error'], 'not-reached', [
    'failed to connect to `host=db user=mlflow`: dial error (dial tcp 10.0.0.1:5432: connect: connection refused)',
    'connect ECONNREFUSED 10.0.0.1:5432',
    'FATAL:  server login has been failing, cached error: connect failed (server_login_retry)',
    'org.postgresql.util.PSQLException: The connection attempt failed.',
  ]),
];

const ofKeys: readonly Said[] = [
  ...each(['auth-rejected'], 'key-not-validated', [
    'Key recognised; the authorizer has no issuer configured, so it was not validated.',
    'API key could not be validated: authorizer misconfigured',
  ]),
  ...each(['auth-rejected'], 'key-invalid', ['The key was revoked.', 'API key has expired']),
];

const ofConnections: readonly Said[] = [
  ...each(answered, 'redis-refuses', [
    "READONLY You can't write against a read only replica.",
    'NOAUTH Authentication required.',
    'LOADING Redis is loading the dataset in memory',
    "OOM command not allowed when used memory > 'maxmemory'.",
    'MISCONF Redis is configured to save RDB snapshots',
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    'CLUSTERDOWN Hash slot not served',
    'ERR max number of clients reached',
    'NOREPLICAS Not enough good replicas to write.',
    "redis.exceptions.ReadOnlyError: You can't write against a read only replica.",
    'redis.exceptions.BusyLoadingError: Redis is loading the dataset in memory',
    "redis.exceptions.OutOfMemoryError: command not allowed when used memory > 'maxmemory'.",
    'RedisCommandExecutionException: WRONGPASS invalid username-password pair or user is disabled.',
    'ERR AUTH <password> called without any password configured for the default user.',
  ]),
  ...each([...ofConnecting, 'auth-unavailable'], 'process-exhausted', [
    'mlflow.hokusai.local: [Errno 24] Too many open files',
    'getaddrinfo EMFILE mlflow.hokusai.local',
    'connect EMFILE 10.0.0.7:6379 - Local (undefined:undefined)',
    'connect EADDRNOTAVAIL 10.0.3.219:5000',
    'dial tcp: lookup mlflow.hokusai.local: socket: too many open files',
    'dial tcp 10.0.3.219:5000: connect: cannot assign requested address',
    'java.net.SocketException: Too many open files',
    'java.net.NoRouteToHostException: Cannot assign requested address (Address not available)',
    'Failed to open TCP connection to mlflow.hokusai.local:5000 (Too many open files - socket(2))',
    'error trying to connect: No file descriptors available (os error 24)',
    "connect: Can't assign requested address",
    'Only one usage of each socket address (protocol/network address/port) is normally permitted',
    "RuntimeError: can't start new thread",
    'java.lang.OutOfMemoryError: unable to create new native thread',
    '[Errno 12] Cannot allocate memory',
  ]),
  ...each(answered, 'names-redis', [
    'MaxRetriesPerRequestError: Reached the max retries per request limit (which is 3)',
    'connect ECONNREFUSED 10.0.0.7:6379',
    'dial tcp 10.0.0.7:6379: connect: connection refused',
  ]),
  ...each(ofConnecting, 'name-not-found', [
    'mlflow: queryA ENOTFOUND mlflow.hokusai.local',
    'mlflow: getaddrinfo EAI_AGAIN mlflow.hokusai.local',
    'mlflow: queryA ESERVFAIL mlflow.hokusai.local',
    'dial tcp: lookup mlflow.hokusai.local on 10.0.0.2:53: no such host',
    'dial tcp: lookup mlflow.hokusai.local on 10.0.0.2:53: read udp 10.0.0.9:4242->10.0.0.2:53: i/o timeout',
    'java.net.UnknownHostException: mlflow.hokusai.local',
    'Failed to open TCP connection to mlflow.hokusai.local:5000 (getaddrinfo: Name or service not known)',
    "NameResolutionError: Failed to resolve 'mlflow.hokusai.local'",
    'Could not resolve host: mlflow.hokusai.local',
    'no healthy upstream: DNS resolution failure',
    'No address is known for mlflow.hokusai.local',
    'java.nio.channels.UnresolvedAddressException',
    'mlflow.hokusai.local: host not found',
    'mlflow.hokusai.local cannot be resolved',
  ]),
  ...each(ofConnecting, 'connection-refused', [
    'mlflow: connect ECONNREFUSED 10.0.3.219:5000',
    'dial tcp 10.0.3.219:5000: connect: connection refused',
    'java.net.ConnectException: Connection refused',
    'Failed to open TCP connection to 10.0.3.219:5000 (Connection refused - connect(2) for "10.0.3.219" port 5000)',
  ]),
  ...each([...ofConnecting, 'upstream-timeout'], 'address-silent', [
    'mlflow: connect ETIMEDOUT 10.0.3.219:5000',
    'mlflow: connect EHOSTUNREACH 10.0.3.219:5000',
    'dial tcp 10.0.3.219:5000: i/o timeout',
    'java.net.SocketTimeoutException: connect timed out',
    'java.net.NoRouteToHostException: No route to host',
    '[Errno 101] Network is unreachable',
  ]),
  ...each(ofTls, 'tls-mismatch', [
    'tls: first record does not look like a TLS handshake',
    'javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake',
    'javax.net.ssl.SSLException: Unsupported or unrecognized SSL message',
    'io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 485454502f312e31',
    'Get "https://10.0.3.219:5000/": http: server gave HTTP response to HTTPS client',
    String.raw`net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x01\x00\x02\x02"`,
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'write EPROTO 139:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
    'SSL_connect returned=1 errno=0 peeraddr=10.0.3.219:5000 state=error: wrong version number',
    'The SSL connection could not be established, see inner exception.',
    'Proxy Error The proxy server could not handle the request Reason: Error during SSL Handshake with remote server',
    'peer closed connection in SSL handshake while SSL handshaking to upstream',
    'Layer6 invalid response: SSL handshake failure',
    'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: TLS_error:|268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER',
    'Failed to establish a secure connection to 10.0.3.219',
    'Error code 525 SSL handshake failed',
    'The plain HTTP request was sent to HTTPS port',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    'Client sent an HTTP request to an HTTPS server.',
    'Bad Request This combination of host and port requires TLS.',
  ]),
];

/** Texts of real responses, the failure modes in which they occur, and the cause that each gives. */
export const saidCauses: readonly Said[] = [
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
    text: 'FATAL:  no such database: mlflow',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
  {
    text: 'Detected out-of-date database schema (found version 1b2c, but expected 3d4e).',
    modes: ['database-error'],
    cause: 'tables-missing',
  },
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
  ...ofDatabases,
  ...ofKeys,
  ...ofConnections,
  { text: 'http://registry.hokus.ai:80/health', modes: ['redirect-unexpected'], cause: 'leads-to-http' },
  { text: 'https://login.hokus.ai/?next=%2Fapi', modes: ['redirect-unexpected'], cause: 'leads-to-login' },
  { text: '/oauth2/start?rd=%2Fversion', modes: ['redirect-unexpected'], cause: 'leads-to-login' },
  { text: 'http://platform.hokus.ai/sign-in', modes: ['redirect-unexpected'], cause: 'leads-to-login' },
  ...each(['lb-no-target', 'unexpected-body'], 'maintenance', [
    'Maintenance. We will be back soon',
    'The registry is down for scheduled maintenance',
    'This site is currently undergoing planned maintenance. Please try again later.',
    'Maintenance mode is on',
    'We will be back online at 14:00 UTC',
  ]),
  ...each(['forbidden'], 'authorizer-denies', [
    'User is not authorized to access this resource with an explicit deny',
    'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:1:a/b',
  ]),
  ...each(['upstream-unavailable'], 'breaker-open', [
    'MLflow is not asked: circuit breaker open',
    'Calls to the model registry are suspended after repeated failures',
    'Requests to MLflow are paused because of earlier errors',
    'The registry backend failed repeatedly; calls are paused for a short while.',
    'Traffic to the tracking server has been suspended',
    'The tracking backend is switched off for the moment after repeated errors',
    'MLflow is cut off for 30 s: 5 consecutive failures',
    'Failing fast: MLflow did not respond to 5 requests in a row',
  ]),
  { text: 'Session cache unavailable: Command timed out', modes: answered, cause: 'names-redis' },
  { text: 'Upstream identity provider unreachable', modes: answered, cause: 'names-auth' },
  { text: 'Unable to verify credentials right now', modes: answered, cause: 'names-auth' },
  ...each(ofConnecting, 'name-not-found', [
    'Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Domain name not found]',
    'Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Could not contact DNS servers]',
    'Cannot connect to host mlflow.hokusai.local:5000 ssl:default [DNS server returned general failure]',
  ]),
  {
    text: 'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000: [Errno -2] Name or service not known',
    modes: ofConnecting,
    cause: 'name-not-found',
  },
  {
    text: 'Failed to connect to MLflow server: getaddrinfo ENOTFOUND mlflow.hokusai.local',
    modes: ofConnecting,
    cause: 'name-not-found',
  },
  {
    text: 'Failed to connect to MLflow server at https://mlflow.hokusai.local:5000: [SSL: WRONG_VERSION_NUMBER] wrong version number',
    modes: ofTls,
    cause: 'tls-mismatch',
  },
  {
    text: 'Failed to connect to MLflow server at http://10.0.3.219:5000: [Errno 111] Connection refused',
    modes: ofConnecting,
    cause: 'connection-refused',
  },
  {
    text: "Cannot connect to host mlflow.hokusai.local:5000 ssl:default [Connect call failed ('10.0.3.219', 5000)]",
    modes: ofConnecting,
    cause: 'connection-refused',
  },
  {
    text: 'Model registry temporarily unavailable',
    modes: ['upstream-unavailable', 'upstream-unreachable', 'upstream-timeout', 'server-error'],
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
