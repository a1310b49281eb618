import type { Limits } from '../model/limits.ts';
import type { BodyExpectation, DnsTarget, HttpExpectation, HttpTarget, Target, TlsTarget } from '../model/target.ts';
import type { Hop } from './hops.ts';
import { paths } from './hops.ts';
import type { HostRole, Hosts } from './hosts.ts';
import { defaultBalancers, defaultHosts, hostRoles, outsideGroup } from './hosts.ts';

/** What the default targets are built from. */
export interface Platform {
  readonly hosts: Hosts;
  readonly limits: Limits;
  /** The origin from which browsers use the proxy. */
  readonly corsOrigin: string;
}

/**
 * The one proxied read that waits for MLflow, so its response separates "cannot reach MLflow" from "MLflow is silent".
 * Routes that ask MLflow themselves, and block the API while MLflow is down, are asked only after this one has
 * answered.
 */
export const decisiveRead = 'registry.mlflow-proxy-search';

const proxyRead = '/api/mlflow/api/2.0/mlflow/experiments/search?max_results=1';
const experiments: HttpExpectation = { status: [200], body: { kind: 'list', of: 'experiments' } };
const refusal = (guards: BodyExpectation): HttpExpectation => ({ status: [401], body: { kind: 'json' }, guards });

/** Any response from the application itself. A redirect back to http would form a loop with port 80's. */
const anyAnswer: HttpExpectation = { status: ['2xx', '3xx', 401], body: { kind: 'present' } };

type Probe = Partial<Omit<HttpTarget, 'id' | 'hops' | 'expect' | 'title'>>;

/**
 * The default targets as data: the platform's documented endpoints, and the variations between them that tell hops
 * apart.
 */
export const defaultTargets = ({ hosts, limits, corsOrigin }: Platform): readonly Target[] => {
  const probe = (
    role: HostRole,
    name: string,
    path: string,
    title: string,
    hops: readonly Hop[],
    expect: HttpExpectation,
    rest: Probe = {},
  ): HttpTarget => ({
    kind: 'http',
    id: `${role}.${name}`,
    host: role,
    role,
    title,
    hops,
    enabled: true,
    timeoutMs: limits.totalMs,
    after: [],
    url: `https://${hosts[role]}${path}`,
    method: 'GET',
    auth: 'none',
    headers: {},
    body: null,
    redirects: 'record',
    expect,
    ...rest,
  });

  const keyed: Probe = { auth: 'bearer' };
  /** Shallow in one generation of the platform; in the other it queries MLflow and Redis. */
  const mayBeDeep: Probe = { after: [decisiveRead] };
  const health: HttpExpectation = { status: [200], body: { kind: 'health' } };
  const ok: HttpExpectation = { status: [200], body: { kind: 'equals', text: 'OK' } };
  const version: HttpExpectation = { status: [200], body: { kind: 'version' } };

  const registry: readonly HttpTarget[] = [
    probe('registry', 'root', '/', 'the application answers at all', paths.api, anyAnswer),
    probe('registry', 'health', '/health', "the API's health", paths.apiWithKey, health, { ...keyed, ...mayBeDeep }),
    probe('registry', 'api-health', '/api/health', "the API's health, below /api", paths.apiWithKey, health, {
      ...keyed,
      ...mayBeDeep,
    }),
    probe(
      'registry',
      'mlflow-proxy',
      '/api/mlflow',
      'the proxy route exists',
      paths.proxy,
      { status: ['2xx', '3xx', 400, 401, 405], body: { kind: 'any' } },
      keyed,
    ),
    probe(
      'registry',
      'mlflow-proxy-health',
      '/api/mlflow/health',
      "MLflow's health through the proxy",
      paths.proxyToMlflow,
      ok,
      keyed,
    ),
    probe(
      'registry',
      'mlflow-proxy-version',
      '/api/mlflow/version',
      "MLflow's version through the proxy",
      paths.proxyToMlflow,
      version,
      keyed,
    ),
    probe(
      'registry',
      'mlflow-proxy-search',
      proxyRead,
      'a read through the proxy, key as Bearer',
      paths.proxyToDatabase,
      experiments,
      { ...keyed, timeoutMs: limits.decisiveMs },
    ),
    probe(
      'registry',
      'mlflow-proxy-search-x-api-key',
      proxyRead,
      'the same read, key as X-API-Key',
      paths.proxyToDatabase,
      experiments,
      { auth: 'x-api-key' },
    ),
    probe(
      'registry',
      'mlflow-proxy-search-no-key',
      proxyRead,
      'the same read without a key is refused',
      paths.apiWithKey,
      refusal(experiments.body),
    ),
    probe(
      'registry',
      'mlflow-proxy-search-made-up-key',
      proxyRead,
      'the same read with a made-up key is refused',
      paths.apiRefusal,
      refusal(experiments.body),
      { auth: 'bearer-made-up' },
    ),
    probe(
      'registry',
      'mlflow-api-search',
      '/api/2.0/mlflow/registered-models/search?max_results=1',
      "MLflow's API without the proxy's prefix",
      paths.proxyToDatabase,
      { status: [200], body: { kind: 'list', of: 'registered_models' } },
      keyed,
    ),
    probe(
      'registry',
      'mlflow-api-list',
      '/api/2.0/mlflow/registered-models/list',
      'a route that MLflow 2 removed: its own 404 proves that it is reached',
      paths.proxyToMlflow,
      {
        status: [200],
        body: { kind: 'list', of: 'registered_models' },
        alsoHealthy: { status: 404, answeredBy: 'mlflow' },
      },
      { ...keyed, enabled: false },
    ),
    probe(
      'registry',
      'mlflow-ui',
      '/mlflow/',
      "MLflow's user interface, past the API",
      paths.mlflow,
      { status: [200], body: { kind: 'html', contains: 'mlflow' } },
      keyed,
    ),
    probe(
      'registry',
      'cors-preflight',
      proxyRead,
      'browsers may call the proxy',
      paths.api,
      {
        status: ['2xx'],
        body: { kind: 'any' },
        preflight: { origin: corsOrigin, method: 'POST', headers: ['authorization', 'content-type'] },
      },
      {
        method: 'OPTIONS',
        headers: {
          origin: corsOrigin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      },
    ),
    probe(
      'registry',
      'health-mlflow',
      '/health/mlflow',
      "the API's view of MLflow: a deep route that can block the API",
      paths.apiDeep,
      health,
      { ...keyed, ...mayBeDeep, enabled: false },
    ),
    probe(
      'registry',
      'health-detailed',
      '/health?detailed=true',
      "the API's view of all that it needs: a deep route that can block the API",
      paths.apiDeep,
      health,
      { ...keyed, ...mayBeDeep, enabled: false },
    ),
  ];

  const inside = (name: string, host: string): HttpTarget =>
    probe('mlflow', name, '/health', 'MLflow from inside the VPC', paths.mlflowInside, ok, {
      role: null,
      url: `http://${host}:5000/health`,
      enabled: false,
    });

  const mlflow: readonly HttpTarget[] = [
    probe('mlflow', 'root', '/', "MLflow's user interface on its own host", paths.mlflow, {
      status: [200],
      body: { kind: 'html', contains: 'mlflow' },
    }),
    probe('mlflow', 'health', '/health', "MLflow's health on its own host", paths.mlflow, ok),
    probe('mlflow', 'version', '/version', "MLflow's version on its own host", paths.mlflow, version),
    inside('internal', 'mlflow.hokusai.local'),
    inside('internal-development', 'mlflow.hokusai-development.local'),
  ];

  const api: readonly HttpTarget[] = [
    probe('api', 'root', '/', 'the application answers at all', paths.api, anyAnswer),
    probe('api', 'health', '/health', "the API's health", paths.api, health, mayBeDeep),
    probe('api', 'v1-health', '/api/v1/health', "the API's health, version 1", paths.api, health, mayBeDeep),
  ];

  const platform: readonly HttpTarget[] = [
    probe('platform', 'root', '/', 'the platform’s pages', paths.platform, {
      status: ['2xx', '3xx'],
      body: { kind: 'present' },
    }),
  ];

  const accepted: HttpExpectation = { status: [200], body: { kind: 'key-accepted' } };
  const auth: readonly HttpTarget[] = [
    probe('auth', 'root', '/', 'the control answers', paths.auth, { status: [200], body: { kind: 'present' } }),
    probe('auth', 'health', '/health', "the auth service's health", paths.auth, health),
    probe('auth', 'validate-bearer', '/api/validate', 'the key is valid, as Bearer', paths.auth, accepted, keyed),
    probe('auth', 'validate-x-api-key', '/api/validate', 'the key is valid, as X-API-Key', paths.auth, accepted, {
      auth: 'x-api-key',
    }),
    probe(
      'auth',
      'validate-made-up-key',
      '/api/validate',
      'a made-up key is refused',
      paths.auth,
      refusal(accepted.body),
      {
        auth: 'bearer-made-up',
      },
    ),
  ];

  const perHost = hostRoles.flatMap((role): readonly Target[] => [
    dnsTarget(role, hosts, limits),
    tlsTarget(role, hosts, limits),
    probe(
      role,
      'http-redirect',
      '/',
      'port 80 leads to https',
      paths.redirect,
      { status: [301, 302, 307, 308], body: { kind: 'any' }, redirectToHttps: true },
      { url: `http://${hosts[role]}/` },
    ),
  ]);

  const control: TlsTarget = {
    kind: 'tls',
    id: 'external.control',
    host: outsideGroup,
    role: null,
    title: 'the world can be reached from here',
    hops: paths.outside,
    enabled: false,
    timeoutMs: limits.totalMs,
    after: [],
    name: 'checkip.amazonaws.com',
    port: 443,
    certificateDays: 0,
  };

  return [...registry, ...mlflow, ...api, ...platform, ...auth, ...perHost, control];
};

const dnsTarget = (role: HostRole, hosts: Hosts, limits: Limits): DnsTarget => ({
  kind: 'dns',
  id: `${role}.dns`,
  host: role,
  role,
  title: 'the name leads to its balancer',
  hops: paths.name,
  enabled: true,
  timeoutMs: limits.totalMs,
  after: [],
  name: hosts[role],
  // Other deployments use balancer names that only their configuration knows.
  balancer: hosts[role] === defaultHosts[role] ? defaultBalancers[role] : '*.elb.amazonaws.com',
});

const tlsTarget = (role: HostRole, hosts: Hosts, limits: Limits): TlsTarget => ({
  kind: 'tls',
  id: `${role}.certificate`,
  host: role,
  role,
  title: 'the certificate on each address',
  hops: paths.handshake,
  enabled: true,
  timeoutMs: limits.totalMs,
  after: [],
  name: hosts[role],
  port: 443,
  certificateDays: limits.certificateDays,
});
