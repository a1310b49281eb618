import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { modeOfText, textRules } from '../../src/classify/texts.ts';
import { causeOfDependencies, causeRules, toldCauseOf } from '../../src/classify/told-cause.ts';
import type { Answerer } from '../../src/platform/answerers.ts';
import type { FailureMode } from '../../src/platform/failure-modes.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultLimits } from '../../src/platform/limits.ts';
import type { Attempted } from '../../src/platform/observation.ts';
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
const answers: readonly (readonly [string, string, number, Headers, string, FailureMode | null, Answerer])[] = [
  ['a healthy health route', 'registry.health', 200, json, '{"status":"healthy"}', null, 'application'],
  ['a list through the proxy', 'registry.mlflow-proxy-search', 200, json, '{"experiments":[]}', null, 'application'],
  ['an empty list, which MLflow leaves out', 'registry.mlflow-proxy-search', 200, json, '{}', null, 'application'],
  [
    'a 401 for a made-up key',
    'auth.validate-made-up-key',
    401,
    json,
    '{"detail":"Invalid API key"}',
    null,
    'application',
  ],
  [
    "MLflow's 404 for a route that it dropped",
    'registry.mlflow-api-list',
    404,
    html,
    flaskPage(404, 'Not Found'),
    null,
    'mlflow',
  ],
  ['a 401 at the root', 'registry.root', 401, json, '{"detail":"API key required"}', null, 'application'],
  [
    "the application's redirect at the root",
    'registry.root',
    302,
    { ...json, location: '/docs' },
    '',
    null,
    'application',
  ],
  [
    "port 80's redirect with the port written out",
    'api.http-redirect',
    301,
    { ...balancer, location: 'https://api.hokus.ai:443/' },
    '',
    null,
    'balancer',
  ],

  [
    'a firewall’s challenge with 202',
    'registry.root',
    202,
    { ...balancer, 'x-amzn-waf-action': 'challenge' },
    '',
    'waf-blocked',
    'waf',
  ],
  ['a firewall’s block', 'registry.root', 403, balancer, stockPage(403), 'waf-blocked', 'waf'],
  [
    'a login page with 200',
    'registry.root',
    200,
    html,
    '<html><title>Sign in</title><input type="password"></html>',
    'unexpected-answerer',
    'login-page',
  ],
  ['an empty 200', 'registry.root', 200, json, '', 'unexpected-body', 'application'],
  [
    'HTML where JSON was due',
    'registry.health',
    200,
    html,
    '<!doctype html><html><body>hello</body></html>',
    'unexpected-body',
    'unknown',
  ],
  [
    'JSON of the wrong shape',
    'registry.mlflow-proxy-search',
    200,
    json,
    '{"models":[]}',
    'unexpected-body',
    'application',
  ],
  [
    'a list that is none',
    'registry.mlflow-proxy-search',
    200,
    json,
    '{"experiments":{}}',
    'unexpected-body',
    'application',
  ],
  ['a JSON array', 'registry.health', 200, json, '[]', 'unexpected-body', 'application'],
  ['a health route without a status', 'registry.health', 200, json, '{"uptime":1}', 'unexpected-body', 'application'],
  [
    'the page of another application',
    'registry.mlflow-ui',
    200,
    html,
    '<html><title>Hokusai</title></html>',
    'unexpected-body',
    'unknown',
  ],

  [
    'degraded health',
    'registry.health',
    200,
    json,
    '{"status":"degraded","services":{"redis":{"status":"down"}}}',
    'dependency-unhealthy',
    'application',
  ],
  [
    'unhealthy health with 503',
    'registry.health',
    503,
    json,
    '{"status":"unhealthy","mlflow":{"status":"unhealthy"}}',
    'dependency-unhealthy',
    'application',
  ],

  [
    "the balancer's fixed 404",
    'registry.root',
    404,
    { server: 'awselb/2.0', 'content-type': 'text/plain' },
    'Not Found',
    'lb-no-route',
    'balancer',
  ],
  [
    "the balancer's fixed 200",
    'registry.root',
    200,
    { server: 'awselb/2.0', 'content-type': 'text/plain' },
    'OK',
    'unexpected-answerer',
    'balancer',
  ],
  ["the balancer's own 502", 'api.health', 502, balancer, stockPage(502), 'lb-bad-gateway', 'balancer'],
  ["the balancer's own 503", 'api.health', 503, balancer, stockPage(503), 'lb-no-target', 'balancer'],
  ['a fixed 503 that somebody configured', 'api.health', 503, balancer, 'Maintenance', 'lb-no-route', 'balancer'],
  ["the balancer's own 504", 'api.health', 504, balancer, stockPage(504), 'lb-gateway-timeout', 'balancer'],
  [
    'nginx in the place of the balancer',
    'api.health',
    502,
    { ...html, server: 'nginx/1.22.1' },
    '<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.22.1</center></html>',
    'lb-bad-gateway',
    'nginx',
  ],
  [
    'nginx without a route',
    'api.health',
    404,
    { server: 'nginx', 'content-type': 'text/plain' },
    'Not Found',
    'lb-no-route',
    'nginx',
  ],
  [
    'the application’s answer through nginx',
    'api.health',
    404,
    { ...json, server: 'nginx' },
    '{"detail":"Not Found"}',
    'route-not-found',
    'application',
  ],

  [
    "FastAPI's 404",
    'registry.mlflow-proxy-search',
    404,
    json,
    '{"detail":"Not Found"}',
    'route-not-found',
    'application',
  ],
  [
    'an imitation of MLflow’s 404',
    'registry.mlflow-api-search',
    404,
    json,
    '{"error_code":"RESOURCE_NOT_FOUND"}',
    'route-not-found',
    'application',
  ],
  [
    'document B’s HTML 404',
    'registry.mlflow-proxy-search',
    404,
    html,
    flaskPage(404, 'Not Found'),
    'route-not-found',
    'mlflow',
  ],
  [
    'document E’s 502',
    'registry.mlflow-proxy-search',
    502,
    json,
    '{"detail":"Failed to connect to MLflow server at http://mlflow.hokusai.local:5000"}',
    'upstream-unreachable',
    'application',
  ],
  [
    'the proxy’s 504',
    'registry.mlflow-proxy-search',
    504,
    json,
    '{"detail":"MLflow request timed out"}',
    'upstream-timeout',
    'application',
  ],
  [
    'an open breaker',
    'registry.mlflow-proxy-search',
    503,
    json,
    '{"detail":"MLflow circuit breaker is open"}',
    'upstream-unavailable',
    'application',
  ],
  [
    'document E’s 401',
    'registry.mlflow-proxy-search',
    401,
    json,
    '{"detail":"API key required"}',
    'auth-missing',
    'application',
  ],
  [
    'an invalid key',
    'registry.mlflow-proxy-search',
    401,
    json,
    '{"detail":"Invalid or expired API key"}',
    'auth-rejected',
    'application',
  ],
  [
    'auth trouble as 503',
    'registry.mlflow-proxy-search',
    503,
    json,
    '{"detail":"Authentication service not available"}',
    'auth-unavailable',
    'application',
  ],
  [
    'auth trouble as 401',
    'registry.mlflow-proxy-search',
    401,
    json,
    '{"detail":"Authentication service timed out"}',
    'auth-unavailable',
    'application',
  ],
  [
    'a made-up key that could not be checked',
    'registry.mlflow-proxy-search-made-up-key',
    401,
    json,
    '{"detail":"Authentication service not available"}',
    'auth-unavailable',
    'application',
  ],
  [
    'a missing scope',
    'registry.mlflow-proxy-search',
    403,
    json,
    '{"detail":"Insufficient permissions"}',
    'forbidden',
    'application',
  ],
  [
    'an administrator’s key wanted',
    'registry.mlflow-proxy-search',
    403,
    json,
    '{"error_code":"REGISTRY_ADMIN_REQUIRED"}',
    'forbidden',
    'application',
  ],
  [
    'too many requests',
    'registry.mlflow-proxy-search',
    429,
    json,
    '{"detail":"Rate limit exceeded"}',
    'rate-limited',
    'application',
  ],
  [
    'a key check that lets a made-up key in',
    'auth.validate-made-up-key',
    200,
    json,
    '{"valid":true}',
    'auth-bypassed',
    'application',
  ],
  [
    'a 200 that calls the made-up key invalid',
    'auth.validate-made-up-key',
    200,
    json,
    '{"valid":false}',
    'unexpected-body',
    'application',
  ],
  [
    'a 200 that calls the real key invalid',
    'auth.validate-bearer',
    200,
    json,
    '{"valid":false}',
    'auth-rejected',
    'application',
  ],
  [
    'a read that is let in without a key',
    'registry.mlflow-proxy-search-no-key',
    200,
    json,
    '{"experiments":[]}',
    'auth-bypassed',
    'application',
  ],
  [
    'some page where a refusal was due',
    'registry.mlflow-proxy-search-no-key',
    200,
    html,
    '<html><body>welcome</body></html>',
    'unexpected-body',
    'unknown',
  ],
  [
    'an application that crashes',
    'registry.mlflow-proxy-search',
    500,
    json,
    '{"detail":"Internal Server Error"}',
    'server-error',
    'application',
  ],
  [
    'a method that is not allowed',
    'registry.health',
    405,
    json,
    '{"detail":"Method Not Allowed"}',
    'unexpected-status',
    'application',
  ],
  ['a 507 of an unknown box', 'registry.health', 507, {}, 'full', 'server-error', 'unknown'],

  [
    "MLflow's own user check",
    'mlflow.root',
    401,
    { ...html, 'www-authenticate': 'Basic realm="mlflow"' },
    'You are not authenticated.',
    'auth-rejected',
    'mlflow',
  ],
  [
    "MLflow's host check",
    'mlflow.root',
    403,
    { 'content-type': 'text/plain' },
    'Invalid Host header - possible DNS rebinding attack detected',
    'unexpected-status',
    'mlflow',
  ],
  [
    'a refused database',
    'registry.mlflow-proxy-search',
    503,
    json,
    '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"(psycopg2.OperationalError) connection to server at \\"db\\" failed: Connection refused"}',
    'database-error',
    'mlflow',
  ],
  [
    'a wrong database password',
    'registry.mlflow-proxy-search',
    503,
    json,
    '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"FATAL:  password authentication failed for user \\"postgres\\""}',
    'database-error',
    'mlflow',
  ],
  [
    'an exhausted pool',
    'registry.mlflow-proxy-search',
    400,
    json,
    '{"error_code":"BAD_REQUEST","message":"QueuePool limit of size 5 overflow 10 reached, connection timed out"}',
    'database-error',
    'mlflow',
  ],
  [
    'a missing table',
    'registry.mlflow-proxy-search',
    400,
    json,
    '{"error_code":"BAD_REQUEST","message":"(psycopg2.errors.UndefinedTable) relation \\"experiments\\" does not exist"}',
    'database-error',
    'mlflow',
  ],
  [
    'an unhandled error in MLflow',
    'registry.mlflow-ui',
    500,
    html,
    flaskPage(500, 'Internal Server Error'),
    'server-error',
    'mlflow',
  ],
  [
    'a missing experiment',
    'registry.mlflow-proxy-search',
    404,
    json,
    '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No experiment"}',
    'resource-missing',
    'mlflow',
  ],

  [
    'port 80 in a circle',
    'api.http-redirect',
    301,
    { ...balancer, location: 'http://api.hokus.ai/' },
    '',
    'redirect-loop',
    'balancer',
  ],
  [
    'port 80 to another host',
    'api.http-redirect',
    301,
    { ...balancer, location: 'https://www.hokus.ai/' },
    '',
    'redirect-unexpected',
    'balancer',
  ],
  [
    'port 80 to another path',
    'api.http-redirect',
    301,
    { ...balancer, location: 'https://api.hokus.ai/login' },
    '',
    'redirect-unexpected',
    'balancer',
  ],
  ['port 80 that answers itself', 'api.http-redirect', 200, json, '{}', 'redirect-unexpected', 'application'],
  [
    'https that leads back to http',
    'registry.root',
    307,
    { ...json, location: 'http://registry.hokus.ai/' },
    '',
    'redirect-unexpected',
    'application',
  ],
  [
    'a preflight without headers',
    'registry.cors-preflight',
    405,
    json,
    '{"detail":"Method Not Allowed"}',
    'cors-rejected',
    'application',
  ],
  [
    'a preflight for another origin',
    'registry.cors-preflight',
    200,
    { ...json, 'access-control-allow-origin': 'https://other.example' },
    'OK',
    'cors-rejected',
    'application',
  ],
];

describe('an answer is judged by who says it, with what status, in what shape', () => {
  it.each(answers)('%s', (_, id, status, headers, body, failureMode, answeredBy) => {
    expect(outcome(id, status, headers, body)).toMatchObject({ failureMode, answeredBy });
  });

  it('a dependency that is not healthy is named', () => {
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

  it('also where it says its name itself', () => {
    const listed = '{"status":"degraded","components":[{"name":"cache","state":"down"},{"name":"auth","state":"up"}]}';
    expect(outcome('registry.health', 200, json, listed).evidence.summary).toMatch(/because of cache$/);
  });

  it('in one line, and not at any length', () => {
    const components = Array.from({ length: 500 }, (_, n) => ({ name: `part ${n}\n${'x'.repeat(500)}`, ok: false }));
    const { summary } = outcome('registry.health', 200, json, JSON.stringify({ status: 'down', components })).evidence;
    expect(summary).toMatch(/because of part 0 x{50}/);
    expect(summary).not.toContain('\n');
    expect(summary.length).toBeLessThan(1_000);
  });

  it('of an error that has only a title (RFC 9457), the title is quoted', () => {
    const problem = '{"type":"about:blank","title":"Service Unavailable","status":503}';
    expect(outcome('registry.mlflow-proxy-search', 503, json, problem).evidence.summary).toMatch(
      /: Service Unavailable$/,
    );
  });

  it('the message of an error is quoted in one line, whatever it is made of', () => {
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

describe('the table of messages that decide', () => {
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

describe('the table of words that tell what is behind a failure', () => {
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

  it.each(namedCauses)('a health route that names %s', (name, cause) => {
    const named = { name, state: 'degraded' } as const;
    expect(causeOfDependencies([named, { name: 'storage', state: 'healthy' }])).toBe(cause);
    expect(causeOfDependencies([named, { name: 'storage', state: 'unhealthy' }])).toBeNull();
  });

  it('says nothing of a session that was cut off, which every cause brings with it', () => {
    expect(
      toldCauseOf('database-error', () => '(psycopg2.OperationalError) server closed the connection unexpectedly'),
    ).toBeNull();
    expect(toldCauseOf('database-error', () => 'terminating connection due to administrator command')).toBeNull();
  });
});
