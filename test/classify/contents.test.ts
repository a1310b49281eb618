import { describe, expect, it } from 'vitest';
import type { Attempted } from '../../src/model/observation.ts';
import type { HttpExpectation, HttpTarget } from '../../src/model/target.ts';
import { attempt, expecting, redirected, response, told } from './seen.ts';

const uvicorn = { server: 'uvicorn', 'content-type': 'application/json' };
const api = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Partial<Attempted> => ({
  response: response(status, body, { ...uvicorn, ...headers }),
});
const by = 'by the application';

describe('a response is judged by sender, status, content and time, in this order', () => {
  const health = { kind: 'health' } as const;
  const guarded: Partial<HttpExpectation> = { status: [401], guards: { kind: 'list', of: 'runs' } };
  const asked = { origin: 'https://a.test', method: 'POST', headers: ['Authorization', 'X-A'] };
  const allowed = {
    'access-control-allow-origin': 'https://a.test',
    'access-control-allow-methods': 'GET, post',
    'access-control-allow-headers': 'authorization,x-a',
  };
  const slow = { timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 1, transfer: 1, total: 1_000.6 } };
  const onTime = { timingsMs: { ...slow.timingsMs, total: 1_000 } };
  const noTime = { timingsMs: { ...slow.timingsMs, total: null } };

  it.each<readonly [string, HttpTarget, Partial<Attempted>, string]>([
    ['on time', expecting({}), { ...api(200), ...onTime }, 'pass'],
    ['of unknown time', expecting({}), { ...api(200), ...noTime }, 'pass'],
    ['late', expecting({}), { ...api(200), ...slow }, `degraded slow at api: 200 ${by}: 1001 ms, the limit is 1000 ms`],
    [
      'late plain text of MLflow through a proxy',
      expecting({ body: { kind: 'equals', text: 'OK' } }, { hops: ['api', 'proxy-route', 'mlflow'] }),
      { response: response(200, 'OK', { 'content-type': 'text/plain' }), ...slow },
      'degraded slow at mlflow: 200 by MLflow: 1001 ms, the limit is 1000 ms',
    ],
    [
      'late plain text of another application',
      expecting({ body: { kind: 'equals', text: 'OK' } }),
      { response: response(200, 'OK', { 'content-type': 'text/plain' }), ...slow },
      'degraded slow at api: 200 by something unknown: 1001 ms, the limit is 1000 ms',
    ],
    ['another status', expecting({}), api(201, '{"detail":"no"}'), `fail unexpected-status at api: 201 ${by}: no`],
    ['of a class', expecting({ status: ['2xx'] }), api(204), 'pass'],
    ['of no class', expecting({ status: ['2xx', 404] }), api(300), `fail redirect-unexpected at rule: 300 ${by}`],
    ['a permitted sender', expecting({ answeredBy: ['application'] }), api(200), 'pass'],
    [
      'another sender',
      expecting({ answeredBy: ['mlflow'] }),
      api(200, 'x'),
      `fail unexpected-answerer at rule: 200 ${by}: x`,
    ],
    ['also healthy', expecting({ alsoHealthy: { status: 404, answeredBy: 'application' } }), api(404), 'pass'],
    [
      'healthy only of another',
      expecting({ alsoHealthy: { status: 404, answeredBy: 'mlflow' } }),
      api(404),
      `fail route-not-found at api: 404 ${by}`,
    ],
    [
      'the balancer',
      expecting({}),
      { response: response(200, 'x', { server: 'awselb/2.0' }) },
      'fail unexpected-answerer at rule: 200 by the balancer: x',
    ],
    [
      'a firewall',
      expecting({ status: [202] }),
      api(202, '', { 'x-amzn-waf-action': 'x' }),
      'fail waf-blocked at rule: 202 by the web application firewall',
    ],
    ['the version', expecting({ version: 'v1.2' }), api(200, '{"version":"1.2"}'), 'pass'],
    [
      'another version',
      expecting({ version: '1.2' }),
      api(200, '{"version":"1.3"}'),
      `fail unexpected-version at api: 200 ${by}: 1.3 instead of 1.2`,
    ],
    [
      'no version',
      expecting({ version: '1.2' }),
      api(200, '{}'),
      `fail unexpected-version at api: 200 ${by}: no version instead of 1.2`,
    ],
    [
      'a wrong body of a wrong version',
      expecting({ version: '1.2', body: health }),
      api(200, '{"version":"1.3"}'),
      `fail unexpected-body at api: 200 ${by}: the JSON has no known health status`,
    ],
    ['to HEAD', expecting({ body: health }, { method: 'HEAD' }), api(200), 'pass'],
    ['a redirect', expecting({ status: ['3xx'], body: health }), redirected(302, '/x'), 'pass'],
    ['the last redirect', expecting({ status: [399], body: health }), redirected(399, '/x'), 'pass'],
    [
      'of no redirect',
      expecting({ status: [299], body: health }),
      api(299),
      `fail unexpected-body at api: 299 ${by}: the body is empty`,
    ],
    [
      'of no redirect, either',
      expecting({ status: [400], body: health }),
      api(400),
      `fail unexpected-body at api: 400 ${by}: the body is empty`,
    ],
    [
      'back to http',
      expecting({ status: [302] }),
      redirected(302, 'http://host.test/path'),
      `fail redirect-unexpected at rule: 302 ${by}: it redirects from https back to http`,
    ],
    ['to another page', expecting({}), redirected(302, '/x'), `fail redirect-unexpected at rule: 302 ${by}: to /x`],
    [
      'a health route’s 503',
      expecting({ body: health }),
      api(503, '{"status":"down","db":"down"}'),
      `fail dependency-unhealthy at api: 503 ${by}: says down, because of db`,
    ],
    [
      'a degraded health route’s 503',
      expecting({ body: health }),
      api(503, '{"status":"degraded"}'),
      `fail dependency-unhealthy at api: 503 ${by}: says degraded, without naming a dependency`,
    ],
    [
      'a healthy one’s 503',
      expecting({ body: health }),
      api(503, '{"status":"up"}'),
      `fail upstream-unavailable at api: 503 ${by}: {"status":"up"}`,
    ],
    [
      'a health route’s 404',
      expecting({ body: health }),
      api(404, '{"status":"down"}'),
      `fail route-not-found at api: 404 ${by}: {"status":"down"}`,
    ],
    [
      '503 elsewhere',
      expecting({}),
      api(503, '{"status":"down"}'),
      `fail upstream-unavailable at api: 503 ${by}: {"status":"down"}`,
    ],
    ['refused', expecting(guarded), api(401, '{"detail":"x"}'), 'pass'],
    [
      'let in',
      expecting(guarded),
      api(200, '{"runs":[]}'),
      `fail auth-bypassed at key-check: 200 ${by}: a request without a key got 200`,
    ],
    [
      'let in with a wrong key',
      expecting(guarded, { auth: 'bearer-made-up' }),
      api(200, '{"runs":[]}'),
      `fail auth-bypassed at key-check: 200 ${by}: a made-up key got 200`,
    ],
    [
      'other content',
      expecting(guarded),
      api(200, '{"x":1}'),
      `fail unexpected-body at api: 200 ${by}: neither a refusal nor the guarded content`,
    ],
    ['no content', expecting(guarded), api(404, '{"runs":[]}'), `fail route-not-found at api: 404 ${by}: {"runs":[]}`],
    [
      'a check that failed',
      expecting(guarded),
      api(401, '{"detail":"auth service unavailable"}'),
      `fail auth-unavailable at auth-service: 401 ${by}: auth service unavailable`,
    ],
    [
      'the same without a guard',
      expecting({ status: [401] }),
      api(401, '{"detail":"auth service unavailable"}'),
      'pass',
    ],
    [
      'this refusal',
      expecting({ status: [401], refusedAs: 'auth-missing' }),
      api(401, '{"detail":"API key required"}'),
      'pass',
    ],
    [
      'another refusal',
      expecting({ status: [401], refusedAs: 'auth-missing' }),
      api(401, '{"detail":"x"}'),
      `fail auth-rejected at key-check: 401 ${by}: x`,
    ],
    ['a preflight', expecting({ preflight: asked }), api(200, '', allowed), 'pass'],
    [
      'a preflight for all',
      expecting({ preflight: { ...asked, headers: ['x-a'] } }),
      api(200, '', {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': '*',
        'access-control-allow-headers': '*',
      }),
      'pass',
    ],
    [
      'a preflight without an origin',
      expecting({ preflight: asked }),
      api(200),
      `fail cors-rejected at api: 200 ${by}: no access-control-allow-origin`,
    ],
    [
      'one for another origin',
      expecting({ preflight: asked }),
      api(200, '', { ...allowed, 'access-control-allow-origin': 'https://b.test' }),
      `fail cors-rejected at api: 200 ${by}: access-control-allow-origin is https://b.test, not https://a.test`,
    ],
    [
      'one for another method',
      expecting({ preflight: asked }),
      api(200, '', { ...allowed, 'access-control-allow-methods': 'GET' }),
      `fail cors-rejected at api: 200 ${by}: access-control-allow-methods does not name POST`,
    ],
    [
      'one without a header',
      expecting({ preflight: asked }),
      api(200, '', { ...allowed, 'access-control-allow-headers': 'x-a' }),
      `fail cors-rejected at api: 200 ${by}: access-control-allow-headers does not name Authorization, X-A`,
    ],
    [
      'an asterisk for authorization',
      expecting({ preflight: asked }),
      api(200, '', { ...allowed, 'access-control-allow-headers': '*' }),
      `fail cors-rejected at api: 200 ${by}: access-control-allow-headers does not name Authorization, X-A`,
    ],
    [
      'a refused preflight',
      expecting({ preflight: asked }),
      api(403, '', allowed),
      `fail cors-rejected at api: 403 ${by}: the preflight got 403`,
    ],
    [
      'a preflight that was not checked',
      expecting({ preflight: asked }),
      api(404),
      `fail route-not-found at api: 404 ${by}`,
    ],
    [
      'one that was one too many',
      expecting({ preflight: asked }),
      api(429),
      `fail rate-limited at key-check: 429 ${by}`,
    ],
    ['one to a broken API', expecting({ preflight: asked }), api(500), `fail server-error at api: 500 ${by}`],
  ])('%s', (_, target, seen, expected) => {
    expect(told(target, attempt(seen))).toBe(expected);
  });
});
