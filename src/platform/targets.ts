import type { Limits } from '../model/limits.ts';
import type { BodyExpectation, DnsTarget, HttpExpectation, HttpTarget, Target, TlsTarget } from '../model/target.ts';
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

type Options = Partial<Omit<HttpTarget, 'id' | 'hops' | 'expect' | 'title'>>;

/** A request as the list below writes it. Its host and its name there make its id. */
interface Entry extends Options, Pick<HttpTarget, 'title' | 'hops' | 'expect'> {
  readonly path: string;
}

/** What the targets of a platform's host have in common. */
const ofHost = (role: HostRole, { totalMs }: Limits) =>
  ({ host: role, role, enabled: true, timeoutMs: totalMs, after: [] }) satisfies Partial<Target>;

/**
 * The default targets as data: the platform's documented endpoints, and the variations between them that tell hops
 * apart.
 */
export const defaultTargets = ({ hosts, limits, corsOrigin }: Platform): readonly Target[] => {
  const on = (role: HostRole, entries: Readonly<Record<string, Entry>>): readonly HttpTarget[] =>
    Object.entries(entries).map(([name, { path, ...entry }]) => ({
      kind: 'http',
      id: `${role}.${name}`,
      ...ofHost(role, limits),
      url: `https://${hosts[role]}${path}`,
      method: 'GET',
      auth: 'none',
      headers: {},
      body: null,
      redirects: 'record',
      ...entry,
    }));

  const keyed: Options = { auth: 'bearer' };
  /** Shallow in one generation of the platform; in the other it queries MLflow and Redis. */
  const mayBeDeep: Options = { after: [decisiveRead] };
  const health: HttpExpectation = { status: [200], body: { kind: 'health' } };
  const ok: HttpExpectation = { status: [200], body: { kind: 'equals', text: 'OK' } };
  const version: HttpExpectation = { status: [200], body: { kind: 'version' } };

  const registry = on('registry', {
    root: { path: '/', title: 'the application answers at all', hops: paths.api, expect: anyAnswer },
    health: {
      path: '/health',
      title: "the API's health",
      hops: paths.apiWithKey,
      expect: health,
      ...keyed,
      ...mayBeDeep,
    },
    'api-health': {
      path: '/api/health',
      title: "the API's health, below /api",
      hops: paths.apiWithKey,
      expect: health,
      ...keyed,
      ...mayBeDeep,
    },
    'mlflow-proxy': {
      path: '/api/mlflow',
      title: 'the proxy route exists',
      hops: paths.proxy,
      expect: { status: ['2xx', '3xx', 400, 401, 405], body: { kind: 'any' } },
      ...keyed,
    },
    'mlflow-proxy-health': {
      path: '/api/mlflow/health',
      title: "MLflow's health through the proxy",
      hops: paths.proxyToMlflow,
      expect: ok,
      ...keyed,
    },
    'mlflow-proxy-version': {
      path: '/api/mlflow/version',
      title: "MLflow's version through the proxy",
      hops: paths.proxyToMlflow,
      expect: version,
      ...keyed,
    },
    'mlflow-proxy-search': {
      path: proxyRead,
      title: 'a read through the proxy, key as Bearer',
      hops: paths.proxyToDatabase,
      expect: experiments,
      ...keyed,
      timeoutMs: limits.decisiveMs,
    },
    'mlflow-proxy-search-x-api-key': {
      path: proxyRead,
      title: 'the same read, key as X-API-Key',
      hops: paths.proxyToDatabase,
      expect: experiments,
      auth: 'x-api-key',
    },
    'mlflow-proxy-search-no-key': {
      path: proxyRead,
      title: 'the same read without a key is refused',
      hops: paths.apiWithKey,
      expect: refusal(experiments.body),
    },
    'mlflow-proxy-search-made-up-key': {
      path: proxyRead,
      title: 'the same read with a made-up key is refused',
      hops: paths.apiRefusal,
      expect: refusal(experiments.body),
      auth: 'bearer-made-up',
    },
    'mlflow-api-search': {
      path: '/api/2.0/mlflow/registered-models/search?max_results=1',
      title: "MLflow's API without the proxy's prefix",
      hops: paths.proxyToDatabase,
      expect: { status: [200], body: { kind: 'list', of: 'registered_models' } },
      ...keyed,
    },
    'mlflow-api-list': {
      path: '/api/2.0/mlflow/registered-models/list',
      title: 'a route that MLflow 2 removed: its own 404 proves that it is reached',
      hops: paths.proxyToMlflow,
      expect: {
        status: [200],
        body: { kind: 'list', of: 'registered_models' },
        alsoHealthy: { status: 404, answeredBy: 'mlflow' },
      },
      ...keyed,
      enabled: false,
    },
    'mlflow-ui': {
      path: '/mlflow/',
      title: "MLflow's user interface, past the API",
      hops: paths.mlflow,
      expect: { status: [200], body: { kind: 'html', contains: 'mlflow' } },
      ...keyed,
    },
    'cors-preflight': {
      path: proxyRead,
      title: 'browsers may call the proxy',
      hops: paths.api,
      expect: {
        status: ['2xx'],
        body: { kind: 'any' },
        preflight: { origin: corsOrigin, method: 'POST', headers: ['authorization', 'content-type'] },
      },
      method: 'OPTIONS',
      headers: {
        origin: corsOrigin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    },
    'health-mlflow': {
      path: '/health/mlflow',
      title: "the API's view of MLflow: a deep route that can block the API",
      hops: paths.apiDeep,
      expect: health,
      ...keyed,
      ...mayBeDeep,
      enabled: false,
    },
    'health-detailed': {
      path: '/health?detailed=true',
      title: "the API's view of all that it needs: a deep route that can block the API",
      hops: paths.apiDeep,
      expect: health,
      ...keyed,
      ...mayBeDeep,
      enabled: false,
    },
  });

  const inside = (host: string): Entry => ({
    path: '/health',
    title: 'MLflow from inside the VPC',
    hops: paths.mlflowInside,
    expect: ok,
    role: null,
    url: `http://${host}:5000/health`,
    enabled: false,
  });

  const mlflow = on('mlflow', {
    root: {
      path: '/',
      title: "MLflow's user interface on its own host",
      hops: paths.mlflow,
      expect: {
        status: [200],
        body: { kind: 'html', contains: 'mlflow' },
      },
    },
    health: { path: '/health', title: "MLflow's health on its own host", hops: paths.mlflow, expect: ok },
    version: { path: '/version', title: "MLflow's version on its own host", hops: paths.mlflow, expect: version },
    internal: inside('mlflow.hokusai.local'),
    'internal-development': inside('mlflow.hokusai-development.local'),
  });

  const api = on('api', {
    root: { path: '/', title: 'the application answers at all', hops: paths.api, expect: anyAnswer },
    health: { path: '/health', title: "the API's health", hops: paths.api, expect: health, ...mayBeDeep },
    'v1-health': {
      path: '/api/v1/health',
      title: "the API's health, version 1",
      hops: paths.api,
      expect: health,
      ...mayBeDeep,
    },
  });

  const platform = on('platform', {
    root: {
      path: '/',
      title: 'the platform’s pages',
      hops: paths.platform,
      expect: {
        status: ['2xx', '3xx'],
        body: { kind: 'present' },
      },
    },
  });

  const accepted: HttpExpectation = { status: [200], body: { kind: 'key-accepted' } };
  const auth = on('auth', {
    root: {
      path: '/',
      title: 'the control answers',
      hops: paths.auth,
      expect: { status: [200], body: { kind: 'present' } },
    },
    health: { path: '/health', title: "the auth service's health", hops: paths.auth, expect: health },
    'validate-bearer': {
      path: '/api/validate',
      title: 'the key is valid, as Bearer',
      hops: paths.auth,
      expect: accepted,
      ...keyed,
    },
    'validate-x-api-key': {
      path: '/api/validate',
      title: 'the key is valid, as X-API-Key',
      hops: paths.auth,
      expect: accepted,
      auth: 'x-api-key',
    },
    'validate-made-up-key': {
      path: '/api/validate',
      title: 'a made-up key is refused',
      hops: paths.auth,
      expect: refusal(accepted.body),
      auth: 'bearer-made-up',
    },
  });

  const perHost = hostRoles.flatMap((role): readonly Target[] => [
    dnsTarget(role, hosts, limits),
    tlsTarget(role, hosts, limits),
    ...on(role, {
      'http-redirect': {
        path: '/',
        title: 'port 80 leads to https',
        hops: paths.redirect,
        expect: { status: [301, 302, 307, 308], body: { kind: 'any' }, redirectToHttps: true },
        url: `http://${hosts[role]}/`,
      },
    }),
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
  ...ofHost(role, limits),
  title: 'the name leads to its balancer',
  hops: paths.name,
  name: hosts[role],
  // Other deployments use balancer names that only their configuration knows.
  balancer: hosts[role] === defaultHosts[role] ? defaultBalancers[role] : '*.elb.amazonaws.com',
});

const tlsTarget = (role: HostRole, hosts: Hosts, limits: Limits): TlsTarget => ({
  kind: 'tls',
  id: `${role}.certificate`,
  ...ofHost(role, limits),
  title: 'the certificate on each address',
  hops: paths.handshake,
  name: hosts[role],
  port: 443,
  certificateDays: limits.certificateDays,
});
