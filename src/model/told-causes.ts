/** The cause that a response's own words name, where a component passes on the error of a database or connection. */
export const toldCauses = [
  // Why a database did not answer MLflow.
  'not-reached',
  'login-refused',
  'no-connection-left',
  'connection-lost',
  'tables-missing',
  'disk-full',
  'not-permitted',
  'statement-cancelled',
  // Why the API did not reach MLflow.
  'name-not-found',
  'connection-refused',
  'address-silent',
  'tls-mismatch',
  // The server asks the client for a certificate.
  'certificate-asked',
  // Another host of the platform shows the same certificate, for its own name.
  'certificate-of-another',
  // Another host of the platform serves the same page.
  'page-of-another',
  // A process has no file descriptor, port, thread or memory left for a connection.
  'process-exhausted',
  // Why a key is not accepted.
  'key-invalid',
  'key-not-validated',
  // Redis responds, but refuses the command.
  'redis-refuses',
  // Where a redirect leads.
  'leads-to-login',
  'leads-to-http',
  // Somebody has taken the host out of service on purpose.
  'maintenance',
  // A gateway's authorizer denies.
  'authorizer-denies',
  // The API has stopped asking.
  'breaker-open',
  // The only dependency that an application names.
  'names-auth',
  'names-redis',
  'names-mlflow',
  'names-database',
  'names-another',
] as const;

export type ToldCause = (typeof toldCauses)[number];
