import type { Request, StandInResponse } from './http.ts';

/** MLflow's security middleware, since 3.5 (mlflow/server/security_utils.py, fastapi_security.py). */

/** Loopback with any port, and private addresses: the default of `--allowed-hosts`. */
const defaultHosts: readonly string[] = [
  ...['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].flatMap((host) => [host, `${host}:*`]),
  '192.168.*',
  '10.*',
  ...Array.from({ length: 16 }, (_, index) => `172.${index + 16}.*`),
  'fc00:*',
  'fd00:*',
];

const fits = (host: string, pattern: string): boolean =>
  pattern.includes('*')
    ? new RegExp(
        `^${pattern
          .split('*')
          .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*')}$`,
        'i',
      ).test(host)
    : host === pattern;

const plain = (content: string, headers: StandInResponse['headers'] = []): StandInResponse => ({
  status: 403,
  headers: [['content-type', 'text/plain'], ...headers],
  content,
  chunked: true,
});

/** These two paths are exempt, but only without a static prefix: `/mlflow/health` is not. */
const exempt = ['/health', '/version'];

export const rejectHost = (
  { path, headers }: Request,
  allowed: readonly string[] = defaultHosts,
): StandInResponse | null => {
  const host = headers['host'] ?? '';
  if (exempt.includes(path) || allowed.some((pattern) => fits(host, pattern))) return null;
  return plain('Invalid Host header - possible DNS rebinding attack detected');
};

/** Browsers of another origin may do nearly everything. Every response to them carries these headers. */
export const corsHeaders = ({ headers }: Request): StandInResponse['headers'] => {
  const origin = headers['origin'];
  if (origin === undefined) return [];
  return [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', '*'],
  ];
};

export const preflight = ({ method, headers }: Request): StandInResponse | null => {
  const origin = headers['origin'];
  if (method !== 'OPTIONS' || origin === undefined || headers['access-control-request-method'] === undefined)
    return null;
  const asked = headers['access-control-request-headers'];
  return {
    status: 200,
    headers: [
      ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
      ['access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS, PATCH'],
      ['access-control-max-age', '600'],
      ['access-control-allow-credentials', 'true'],
      ['access-control-allow-origin', origin],
      ...(asked === undefined ? [] : ([['access-control-allow-headers', asked]] as const)),
      ['content-length', '2'],
      ['content-type', 'text/plain; charset=utf-8'],
    ],
    content: 'OK',
  };
};

const changing = ['POST', 'PUT', 'DELETE', 'PATCH'];
const local = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Guards only /api/: the same call on /mlflow/ajax-api/ passes. */
export const blockOrigin = (request: Request): StandInResponse | null => {
  const origin = request.headers['origin'];
  if (origin === undefined || local.test(origin)) return null;
  if (!request.path.startsWith('/api/') || !changing.includes(request.method)) return null;
  return plain('Cross-origin request blocked', corsHeaders(request));
};

/** MLflow's `basic-auth` app. `/health` is open, again only without a static prefix. */
export const rejectAnonymous = ({ path }: Request): StandInResponse | null =>
  ['/static', '/favicon.ico', '/health'].some((open) => path.startsWith(open))
    ? null
    : {
        status: 401,
        headers: [
          ['content-type', 'text/html; charset=utf-8'],
          ['www-authenticate', 'Basic realm="mlflow"'],
        ],
        content:
          'You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.',
      };
