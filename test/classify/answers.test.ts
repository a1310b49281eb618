import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { modeOfText, textRules } from '../../src/classify/texts.ts';
import { causeOfDependencies, causeRules, toldCauseOf } from '../../src/classify/told-cause.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Attempted } from '../../src/model/observation.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { stockPage } from '../../src/sandbox/balancer/pages.ts';
import { namedCauses, saidCauses } from './said-causes.ts';

type Headers = Readonly<Record<string, string>>;

const json = { 'content-type': 'application/json', server: 'uvicorn' };
const html = { 'content-type': 'text/html' };
const balancer = { server: 'awselb/2.0', 'content-type': 'text/html' };

const flaskPage = (status: number, title: string): string =>
  `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>…</p>\n`;

const targets = defaultTargets({
  hosts: defaultHosts,
  limits: defaultLimits,
  corsOrigin: 'https://platform.hokus.ai',
});

const outcome = (id: string, status: number, headers: Headers, body: string) => {
  const target = targets.find((candidate) => candidate.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  const location = headers['location'];
  const seen: Attempted = {
    kind: 'attempted',
    target: id,
    startedAt: 0,
    timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 20, transfer: 1, total: 24 },
    loopLateMs: 0,
    traceId: '0',
    resolution: null,
    connects: [],
    addresses: [],
    address: '192.0.2.1:443',
    tls: null,
    redirects: location === undefined ? [] : [{ status, from: target.kind === 'http' ? target.url : '', location }],
    response: { status, headers, headerOrder: Object.keys(headers).join(' '), body, bytes: body.length },
    failure: null,
  };
  return classify(target, seen, defaultLimits);
};

/** Facts of shared experience: the platform's documents, AWS's pages, a live MLflow 3.9, FastAPI. */
const answers: readonly {
  readonly title: string;
  readonly id: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly failureMode: FailureMode | null;
  readonly answeredBy: Answerer;
}[] = [
  {
    title: 'a healthy health route',
    id: 'registry.health',
    status: 200,
    headers: json,
    body: '{"status":"healthy"}',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: 'a list through the proxy',
    id: 'registry.mlflow-proxy-search',
    status: 200,
    headers: json,
    body: '{"experiments":[]}',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: 'an empty list, which MLflow leaves out',
    id: 'registry.mlflow-proxy-search',
    status: 200,
    headers: json,
    body: '{}',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: 'a 401 for a made-up key',
    id: 'auth.validate-made-up-key',
    status: 401,
    headers: json,
    body: '{"detail":"Invalid API key"}',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: "MLflow's 404 for a route that it removed",
    id: 'registry.mlflow-api-list',
    status: 404,
    headers: html,
    body: flaskPage(404, 'Not Found'),
    failureMode: null,
    answeredBy: 'mlflow',
  },
  {
    title: 'a 401 at the root',
    id: 'registry.root',
    status: 401,
    headers: json,
    body: '{"detail":"API key required"}',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: "the application's redirect at the root",
    id: 'registry.root',
    status: 302,
    headers: { ...json, location: '/docs' },
    body: '',
    failureMode: null,
    answeredBy: 'application',
  },
  {
    title: "port 80's redirect with an explicit port",
    id: 'api.http-redirect',
    status: 301,
    headers: { ...balancer, location: 'https://api.hokus.ai:443/' },
    body: '',
    failureMode: null,
    answeredBy: 'balancer',
  },

  {
    title: 'a firewall’s challenge with 202',
    id: 'registry.root',
    status: 202,
    headers: { ...balancer, 'x-amzn-waf-action': 'challenge' },
    body: '',
    failureMode: 'waf-blocked',
    answeredBy: 'waf',
  },
  {
    title: 'a firewall’s block',
    id: 'registry.root',
    status: 403,
    headers: balancer,
    body: stockPage(403),
    failureMode: 'waf-blocked',
    answeredBy: 'waf',
  },
  {
    title: 'a login page with 200',
    id: 'registry.root',
    status: 200,
    headers: html,
    body: '<html><title>Sign in</title><input type="password"></html>',
    failureMode: 'unexpected-answerer',
    answeredBy: 'login-page',
  },
  {
    title: 'an empty 200',
    id: 'registry.root',
    status: 200,
    headers: json,
    body: '',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: 'HTML instead of JSON',
    id: 'registry.health',
    status: 200,
    headers: html,
    body: '<!doctype html><html><body>hello</body></html>',
    failureMode: 'unexpected-body',
    answeredBy: 'unknown',
  },
  {
    title: 'JSON of the wrong shape',
    id: 'registry.mlflow-proxy-search',
    status: 200,
    headers: json,
    body: '{"models":[]}',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: 'a list of the wrong type',
    id: 'registry.mlflow-proxy-search',
    status: 200,
    headers: json,
    body: '{"experiments":{}}',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: 'a JSON array',
    id: 'registry.health',
    status: 200,
    headers: json,
    body: '[]',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: 'a health route without a status',
    id: 'registry.health',
    status: 200,
    headers: json,
    body: '{"uptime":1}',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: "another application's page",
    id: 'registry.mlflow-ui',
    status: 200,
    headers: html,
    body: '<html><title>Hokusai</title></html>',
    failureMode: 'unexpected-body',
    answeredBy: 'unknown',
  },

  {
    title: 'degraded health',
    id: 'registry.health',
    status: 200,
    headers: json,
    body: '{"status":"degraded","services":{"redis":{"status":"down"}}}',
    failureMode: 'dependency-unhealthy',
    answeredBy: 'application',
  },
  {
    title: 'unhealthy health with 503',
    id: 'registry.health',
    status: 503,
    headers: json,
    body: '{"status":"unhealthy","mlflow":{"status":"unhealthy"}}',
    failureMode: 'dependency-unhealthy',
    answeredBy: 'application',
  },

  {
    title: "the balancer's fixed 404",
    id: 'registry.root',
    status: 404,
    headers: { server: 'awselb/2.0', 'content-type': 'text/plain' },
    body: 'Not Found',
    failureMode: 'lb-no-route',
    answeredBy: 'balancer',
  },
  {
    title: "the balancer's fixed 200",
    id: 'registry.root',
    status: 200,
    headers: { server: 'awselb/2.0', 'content-type': 'text/plain' },
    body: 'OK',
    failureMode: 'unexpected-answerer',
    answeredBy: 'balancer',
  },
  {
    title: "the balancer's own 502",
    id: 'api.health',
    status: 502,
    headers: balancer,
    body: stockPage(502),
    failureMode: 'lb-bad-gateway',
    answeredBy: 'balancer',
  },
  {
    title: "the balancer's own 503",
    id: 'api.health',
    status: 503,
    headers: balancer,
    body: stockPage(503),
    failureMode: 'lb-no-target',
    answeredBy: 'balancer',
  },
  {
    title: 'a custom fixed 503',
    id: 'api.health',
    status: 503,
    headers: balancer,
    body: 'Maintenance',
    failureMode: 'lb-no-route',
    answeredBy: 'balancer',
  },
  {
    title: "the balancer's own 504",
    id: 'api.health',
    status: 504,
    headers: balancer,
    body: stockPage(504),
    failureMode: 'lb-gateway-timeout',
    answeredBy: 'balancer',
  },
  {
    title: 'nginx instead of the balancer',
    id: 'api.health',
    status: 502,
    headers: { ...html, server: 'nginx/1.22.1' },
    body: '<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.22.1</center></html>',
    failureMode: 'lb-bad-gateway',
    answeredBy: 'nginx',
  },
  {
    title: 'nginx without a route',
    id: 'api.health',
    status: 404,
    headers: { server: 'nginx', 'content-type': 'text/plain' },
    body: 'Not Found',
    failureMode: 'lb-no-route',
    answeredBy: 'nginx',
  },
  {
    title: 'the application’s response through nginx',
    id: 'api.health',
    status: 404,
    headers: { ...json, server: 'nginx' },
    body: '{"detail":"Not Found"}',
    failureMode: 'route-not-found',
    answeredBy: 'application',
  },

  {
    title: "FastAPI's 404",
    id: 'registry.mlflow-proxy-search',
    status: 404,
    headers: json,
    body: '{"detail":"Not Found"}',
    failureMode: 'route-not-found',
    answeredBy: 'application',
  },
  {
    title: 'an imitation of MLflow’s 404',
    id: 'registry.mlflow-api-search',
    status: 404,
    headers: json,
    body: '{"error_code":"RESOURCE_NOT_FOUND"}',
    failureMode: 'route-not-found',
    answeredBy: 'application',
  },
  {
    title: 'document B’s HTML 404',
    id: 'registry.mlflow-proxy-search',
    status: 404,
    headers: html,
    body: flaskPage(404, 'Not Found'),
    failureMode: 'route-not-found',
    answeredBy: 'mlflow',
  },
  {
    title: 'document E’s 502',
    id: 'registry.mlflow-proxy-search',
    status: 502,
    headers: json,
    body: '{"detail":"Failed to connect to MLflow server at http://mlflow.hokusai.local:5000"}',
    failureMode: 'upstream-unreachable',
    answeredBy: 'application',
  },
  {
    title: 'the proxy’s 504',
    id: 'registry.mlflow-proxy-search',
    status: 504,
    headers: json,
    body: '{"detail":"MLflow request timed out"}',
    failureMode: 'upstream-timeout',
    answeredBy: 'application',
  },
  {
    title: 'an open breaker',
    id: 'registry.mlflow-proxy-search',
    status: 503,
    headers: json,
    body: '{"detail":"MLflow circuit breaker is open"}',
    failureMode: 'upstream-unavailable',
    answeredBy: 'application',
  },
  {
    title: 'document E’s 401',
    id: 'registry.mlflow-proxy-search',
    status: 401,
    headers: json,
    body: '{"detail":"API key required"}',
    failureMode: 'auth-missing',
    answeredBy: 'application',
  },
  {
    title: 'an invalid key',
    id: 'registry.mlflow-proxy-search',
    status: 401,
    headers: json,
    body: '{"detail":"Invalid or expired API key"}',
    failureMode: 'auth-rejected',
    answeredBy: 'application',
  },
  {
    title: 'an auth outage as 503',
    id: 'registry.mlflow-proxy-search',
    status: 503,
    headers: json,
    body: '{"detail":"Authentication service not available"}',
    failureMode: 'auth-unavailable',
    answeredBy: 'application',
  },
  {
    title: 'an auth outage as 401',
    id: 'registry.mlflow-proxy-search',
    status: 401,
    headers: json,
    body: '{"detail":"Authentication service timed out"}',
    failureMode: 'auth-unavailable',
    answeredBy: 'application',
  },
  {
    title: 'a made-up key that could not be verified',
    id: 'registry.mlflow-proxy-search-made-up-key',
    status: 401,
    headers: json,
    body: '{"detail":"Authentication service not available"}',
    failureMode: 'auth-unavailable',
    answeredBy: 'application',
  },
  {
    title: 'a missing scope',
    id: 'registry.mlflow-proxy-search',
    status: 403,
    headers: json,
    body: '{"detail":"Insufficient permissions"}',
    failureMode: 'forbidden',
    answeredBy: 'application',
  },
  {
    title: 'a key without administrator rights',
    id: 'registry.mlflow-proxy-search',
    status: 403,
    headers: json,
    body: '{"error_code":"REGISTRY_ADMIN_REQUIRED"}',
    failureMode: 'forbidden',
    answeredBy: 'application',
  },
  {
    title: 'too many requests',
    id: 'registry.mlflow-proxy-search',
    status: 429,
    headers: json,
    body: '{"detail":"Rate limit exceeded"}',
    failureMode: 'rate-limited',
    answeredBy: 'application',
  },
  {
    title: 'a key check that accepts a made-up key',
    id: 'auth.validate-made-up-key',
    status: 200,
    headers: json,
    body: '{"valid":true}',
    failureMode: 'auth-bypassed',
    answeredBy: 'application',
  },
  {
    title: 'a 200 that calls the made-up key invalid',
    id: 'auth.validate-made-up-key',
    status: 200,
    headers: json,
    body: '{"valid":false}',
    failureMode: 'unexpected-body',
    answeredBy: 'application',
  },
  {
    title: 'a 200 that calls the real key invalid',
    id: 'auth.validate-bearer',
    status: 200,
    headers: json,
    body: '{"valid":false}',
    failureMode: 'auth-rejected',
    answeredBy: 'application',
  },
  {
    title: 'a read that works without a key',
    id: 'registry.mlflow-proxy-search-no-key',
    status: 200,
    headers: json,
    body: '{"experiments":[]}',
    failureMode: 'auth-bypassed',
    answeredBy: 'application',
  },
  {
    title: 'an ordinary page instead of a refusal',
    id: 'registry.mlflow-proxy-search-no-key',
    status: 200,
    headers: html,
    body: '<html><body>welcome</body></html>',
    failureMode: 'unexpected-body',
    answeredBy: 'unknown',
  },
  {
    title: 'a crashing application',
    id: 'registry.mlflow-proxy-search',
    status: 500,
    headers: json,
    body: '{"detail":"Internal Server Error"}',
    failureMode: 'server-error',
    answeredBy: 'application',
  },
  {
    title: 'a method that the route does not allow',
    id: 'registry.health',
    status: 405,
    headers: json,
    body: '{"detail":"Method Not Allowed"}',
    failureMode: 'unexpected-status',
    answeredBy: 'application',
  },
  {
    title: 'a 507 from an unknown box',
    id: 'registry.health',
    status: 507,
    headers: {},
    body: 'full',
    failureMode: 'server-error',
    answeredBy: 'unknown',
  },

  {
    title: "MLflow's own user check",
    id: 'mlflow.root',
    status: 401,
    headers: { ...html, 'www-authenticate': 'Basic realm="mlflow"' },
    body: 'You are not authenticated.',
    failureMode: 'auth-rejected',
    answeredBy: 'mlflow',
  },
  {
    title: "MLflow's host check",
    id: 'mlflow.root',
    status: 403,
    headers: { 'content-type': 'text/plain' },
    body: 'Invalid Host header - possible DNS rebinding attack detected',
    failureMode: 'unexpected-status',
    answeredBy: 'mlflow',
  },
  {
    title: 'a refused database',
    id: 'registry.mlflow-proxy-search',
    status: 503,
    headers: json,
    body: '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"(psycopg2.OperationalError) connection to server at \\"db\\" failed: Connection refused"}',
    failureMode: 'database-error',
    answeredBy: 'mlflow',
  },
  {
    title: 'a wrong database password',
    id: 'registry.mlflow-proxy-search',
    status: 503,
    headers: json,
    body: '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"FATAL:  password authentication failed for user \\"postgres\\""}',
    failureMode: 'database-error',
    answeredBy: 'mlflow',
  },
  {
    title: 'an exhausted pool',
    id: 'registry.mlflow-proxy-search',
    status: 400,
    headers: json,
    body: '{"error_code":"BAD_REQUEST","message":"QueuePool limit of size 5 overflow 10 reached, connection timed out"}',
    failureMode: 'database-error',
    answeredBy: 'mlflow',
  },
  {
    title: 'a missing table',
    id: 'registry.mlflow-proxy-search',
    status: 400,
    headers: json,
    body: '{"error_code":"BAD_REQUEST","message":"(psycopg2.errors.UndefinedTable) relation \\"experiments\\" does not exist"}',
    failureMode: 'database-error',
    answeredBy: 'mlflow',
  },
  {
    title: 'an unhandled error in MLflow',
    id: 'registry.mlflow-ui',
    status: 500,
    headers: html,
    body: flaskPage(500, 'Internal Server Error'),
    failureMode: 'server-error',
    answeredBy: 'mlflow',
  },
  {
    title: 'a missing experiment',
    id: 'registry.mlflow-proxy-search',
    status: 404,
    headers: json,
    body: '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No experiment"}',
    failureMode: 'resource-missing',
    answeredBy: 'mlflow',
  },

  {
    title: 'port 80 in a redirect loop',
    id: 'api.http-redirect',
    status: 301,
    headers: { ...balancer, location: 'http://api.hokus.ai/' },
    body: '',
    failureMode: 'redirect-loop',
    answeredBy: 'balancer',
  },
  {
    title: 'port 80 redirecting to another host',
    id: 'api.http-redirect',
    status: 301,
    headers: { ...balancer, location: 'https://www.hokus.ai/' },
    body: '',
    failureMode: 'redirect-unexpected',
    answeredBy: 'balancer',
  },
  {
    title: 'port 80 redirecting to another path',
    id: 'api.http-redirect',
    status: 301,
    headers: { ...balancer, location: 'https://api.hokus.ai/login' },
    body: '',
    failureMode: 'redirect-unexpected',
    answeredBy: 'balancer',
  },
  {
    title: 'port 80 serving content itself',
    id: 'api.http-redirect',
    status: 200,
    headers: json,
    body: '{}',
    failureMode: 'redirect-unexpected',
    answeredBy: 'application',
  },
  {
    title: 'https redirecting back to http',
    id: 'registry.root',
    status: 307,
    headers: { ...json, location: 'http://registry.hokus.ai/' },
    body: '',
    failureMode: 'redirect-unexpected',
    answeredBy: 'application',
  },
  {
    title: 'a preflight without headers',
    id: 'registry.cors-preflight',
    status: 405,
    headers: json,
    body: '{"detail":"Method Not Allowed"}',
    failureMode: 'cors-rejected',
    answeredBy: 'application',
  },
  {
    title: 'a preflight for another origin',
    id: 'registry.cors-preflight',
    status: 200,
    headers: { ...json, 'access-control-allow-origin': 'https://other.example' },
    body: 'OK',
    failureMode: 'cors-rejected',
    answeredBy: 'application',
  },
];

describe('a response is judged by its sender, status and shape', () => {
  it.each(answers)('$title', ({ id, status, headers, body, failureMode, answeredBy }) => {
    expect(outcome(id, status, headers, body)).toMatchObject({ failureMode, answeredBy });
  });

  it('an unhealthy dependency is named', () => {
    const degraded = outcome(
      'registry.health',
      200,
      json,
      '{"status":"degraded","services":{"redis":{"status":"down"},"mlflow":{"status":"healthy"}},"debug":false}',
    );
    expect(degraded.status).toBe('degraded');
    expect(degraded.evidence.summary).toContain('because of redis');
    expect(degraded.evidence.summary).not.toMatch(/mlflow|debug/);
  });

  it('also where it carries its own name field', () => {
    const listed = '{"status":"degraded","components":[{"name":"cache","state":"down"},{"name":"auth","state":"up"}]}';
    expect(outcome('registry.health', 200, json, listed).evidence.summary).toMatch(/because of cache$/);
  });

  it('on one line and with limited length', () => {
    const components = Array.from({ length: 500 }, (_, n) => ({ name: `part ${n}\n${'x'.repeat(500)}`, ok: false }));
    const { summary } = outcome('registry.health', 200, json, JSON.stringify({ status: 'down', components })).evidence;
    expect(summary).toMatch(/because of part 0 x{50}/);
    expect(summary).not.toContain('\n');
    expect(summary.length).toBeLessThan(1_000);
  });

  it('an error with only a title (RFC 9457) has its title quoted', () => {
    const problem = '{"type":"about:blank","title":"Service Unavailable","status":503}';
    expect(outcome('registry.mlflow-proxy-search', 503, json, problem).evidence.summary).toMatch(
      /: Service Unavailable$/,
    );
  });

  it('an error message is quoted on one line, whatever it contains', () => {
    const message = 'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000';
    expect(
      outcome('registry.mlflow-proxy-search', 502, json, JSON.stringify({ detail: message })).evidence.summary,
    ).toBe(`502 by the application: ${message}`);
  });
});

/** Real messages, and on which statuses each decides. */
const saidOnItsOwn = [
  ['Authentication service not available', [401, 429, 500, 502, 503, 504], 'auth-unavailable'],
  ['API key required', [401, 403], 'auth-missing'],
  [
    '(psycopg2.errors.ReadOnlySqlTransaction) cannot execute INSERT in a read-only transaction',
    [400, 500, 503],
    'read-only',
  ],
  ['Invalid Host header - possible DNS rebinding attack detected', [400, 403], 'unexpected-status'],
  ['Failed to list artifacts in s3://mlflow-artifacts/1: Access Denied', [403, 500, 503], 'artifact-store-error'],
  [
    '(psycopg2.OperationalError) connection to server at "db" failed: Connection refused',
    [400, 500, 503],
    'database-error',
  ],
] as const;

describe('the table of messages that decide a failure mode', () => {
  it.each(saidOnItsOwn)('%s', (words, statuses, mode) => {
    for (const status of statuses) expect(modeOfText(status, words)).toBe(mode);
    expect(modeOfText(200, words)).toBeNull();
  });

  it.each(textRules)('has an example for each rule: $mode', ({ mode, statuses, pattern }) => {
    expect(
      saidOnItsOwn.some(([words, of, told]) => told === mode && pattern.test(words) && of.join() === statuses.join()),
    ).toBe(true);
  });
});

describe('the table of words that reveal the cause of a failure', () => {
  it.each(saidCauses)('%s', (words, modes, cause) => {
    for (const mode of modes) expect(toldCauseOf(mode, () => words)).toBe(cause);
    expect(toldCauseOf('route-not-found', () => words)).toBeNull();
  });

  const eachRule = causeRules.flatMap(({ of, tells }) => tells.map(([cause, pattern]) => ({ of, cause, pattern })));

  it.each(eachRule)('has an example for each rule: $cause of $of', ({ of, cause, pattern }) => {
    expect(
      saidCauses.some(([words, modes, tells]) => tells === cause && pattern.test(words) && of.join() === modes.join()),
    ).toBe(true);
  });

  it.each(namedCauses)('a health route naming %s', (name, cause) => {
    const named = { name, state: 'degraded' } as const;
    expect(causeOfDependencies([named, { name: 'storage', state: 'healthy' }])).toBe(cause);
    expect(causeOfDependencies([named, { name: 'storage', state: 'unhealthy' }])).toBeNull();
  });

  it('ignores a terminated session, which any cause can bring', () => {
    expect(
      toldCauseOf('database-error', () => '(psycopg2.OperationalError) server closed the connection unexpectedly'),
    ).toBeNull();
    expect(toldCauseOf('database-error', () => 'terminating connection due to administrator command')).toBeNull();
  });
});
