import { describe, expect, it } from 'vitest';
import { paths } from '../../src/platform/hops.ts';
import { httpTargetOf, settingsOf, targetOf } from './documents.ts';

const own = async (entry: string) => httpTargetOf(await settingsOf(`targets: { my.extra: ${entry} }`), 'my.extra');

describe("a target of one's own", () => {
  it('is a GET without a key that expects 200 and a body', async () => {
    expect(await own('{ url: "https://other.example/a?b=c" }')).toEqual({
      kind: 'http',
      id: 'my.extra',
      host: 'my',
      role: null,
      title: 'GET other.example/a',
      hops: paths.handshake,
      enabled: true,
      timeoutMs: 12_000,
      after: [],
      url: 'https://other.example/a?b=c',
      method: 'GET',
      auth: 'none',
      headers: {},
      body: null,
      redirects: 'record',
      expect: { status: [200], body: { kind: 'present' } },
    });
  });

  it('can say everything that a request needs', async () => {
    const target = await own(`
      { url: "https://api.hokus.ai/x", method: POST, auth: x-api-key, headers: { Content-Type: application/json },
        body: "{}", timeoutMs: 900, redirects: follow, after: [api.root], enabled: false,
        expect: { status: [2xx, 404], json: true, answeredBy: [application, mlflow], version: "1.2" } }`);
    expect(target).toMatchObject({
      method: 'POST',
      auth: 'x-api-key',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      timeoutMs: 900,
      redirects: 'follow',
      after: ['api.root'],
      enabled: false,
      expect: {
        status: ['2xx', 404],
        body: { kind: 'json' },
        answeredBy: ['application', 'mlflow'],
        version: '1.2',
      },
    });
  });

  it.each([
    ['https://api.hokus.ai/x', 'none', paths.api],
    ['https://api.hokus.ai/x', 'bearer', paths.apiWithKey],
    ['https://API.hokus.ai:8443/x', 'x-api-key', paths.apiWithKey],
    ['https://auth.hokus.ai/x', 'bearer', paths.auth],
    ['https://platform.hokus.ai/x', 'none', paths.platform],
    ['https://mlflow.hokus.ai/x', 'none', paths.mlflow],
    ['https://registry.hokus.ai/x', 'none', paths.api],
    ['https://registry.hokus.ai/x', 'bearer', paths.apiWithKey],
    ['https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/runs/search', 'bearer', paths.proxyToDatabase],
    ['https://registry.hokus.ai/api/mlflows', 'bearer', paths.apiWithKey],
    ['https://registry.hokus.ai/mlflow/', 'none', paths.mlflow],
    ['http://registry.hokus.ai/x', 'none', paths.redirect],
    ['http://other.example/', 'none', ['dns', 'listener']],
  ])('%s with auth %s crosses the hops of its route', async (url, auth, hops) => {
    expect((await own(`{ url: "${url}", auth: ${auth} }`)).hops).toEqual(hops);
  });

  it('a refusal that is expected ends where keys are checked', async () => {
    const url = 'https://registry.hokus.ai/api/mlflow/x';
    expect((await own(`{ url: "${url}", expect: { status: 401 } }`)).hops).toEqual(paths.apiWithKey);
    expect((await own(`{ url: "${url}", auth: bearer-made-up, expect: { status: [401, 403] } }`)).hops).toEqual(
      paths.apiRefusal,
    );
  });

  it.each([
    ['{ status: 404 }', { status: [404], body: { kind: 'present' } }],
    ['{ status: 204 }', { status: [204], body: { kind: 'any' } }],
    ['{ status: [301, 302] }', { status: [301, 302], body: { kind: 'any' } }],
    ['{ contains: x }', { status: [200], body: { kind: 'contains', text: 'x' } }],
    ['{ equals: "OK" }', { status: [200], body: { kind: 'equals', text: 'OK' } }],
    ['{ answeredBy: nginx }', { status: [200], body: { kind: 'present' }, answeredBy: ['nginx'] }],
  ])('expecting %s means no more than that', async (said, expected) => {
    expect((await own(`{ url: "https://other.example/", expect: ${said} }`)).expect).toEqual(expected);
  });

  it('with HEAD expects no body', async () => {
    expect((await own('{ url: "https://other.example/", method: HEAD }')).expect.body).toEqual({ kind: 'any' });
  });

  it('may have the key where allowedHosts says so', async () => {
    const settings = await settingsOf(`
      credentials: { allowedHosts: [Other.Example, "::1"] }
      targets: { a.b: { url: "https://other.example/", auth: bearer }, a.c: { url: "https://[::1]:8443/", auth: bearer } }`);
    expect(settings.keyHosts).toEqual(expect.arrayContaining(['other.example', '[::1]', 'api.hokus.ai']));
  });
});

describe('a default target', () => {
  it('keeps what is not said about it', async () => {
    const before = httpTargetOf(await settingsOf(''), 'registry.health');
    const after = httpTargetOf(
      await settingsOf('targets: { registry.health: { after: [], auth: x-api-key } }'),
      'registry.health',
    );
    expect(after).toEqual({ ...before, after: [], auth: 'x-api-key' });
  });

  it('keeps its headers beside new ones', async () => {
    const settings = await settingsOf(
      'targets: { registry.cors-preflight: { headers: { Origin: "https://a.example", X-A: b } } }',
    );
    expect(httpTargetOf(settings, 'registry.cors-preflight').headers).toMatchObject({
      origin: 'https://a.example',
      'x-a': 'b',
      'access-control-request-method': 'POST',
    });
  });

  it('keeps what its body must be as long as its status is of the same class', async () => {
    const expecting = async (status: string) =>
      httpTargetOf(
        await settingsOf(`targets: { registry.health: { expect: { status: ${status} } } }`),
        'registry.health',
      ).expect;
    expect(await expecting('[200, 201]')).toEqual({ status: [200, 201], body: { kind: 'health' } });
    expect(await expecting('[200, 503]')).toEqual({ status: [200, 503], body: { kind: 'present' } });
  });

  it('guards what a request without a key must not get until it may get it', async () => {
    const settings = await settingsOf(`targets:
      registry.mlflow-proxy-search-no-key: { expect: { status: [401, 403] } }
      registry.mlflow-proxy-search-made-up-key: { expect: { status: 200 } }`);
    expect(httpTargetOf(settings, 'registry.mlflow-proxy-search-no-key').expect).toEqual({
      status: [401, 403],
      body: { kind: 'json' },
      guards: { kind: 'list', of: 'experiments' },
    });
    expect(httpTargetOf(settings, 'registry.mlflow-proxy-search-made-up-key').expect).not.toHaveProperty('guards');
  });

  it('forgets the exceptions of its old status with a new one', async () => {
    const settings = await settingsOf(`targets:
      registry.mlflow-api-list: { expect: { status: 410 } }
      api.http-redirect: { expect: { status: 200 } }
      auth.http-redirect: { expect: { status: 308 } }`);
    expect(httpTargetOf(settings, 'registry.mlflow-api-list').expect).not.toHaveProperty('alsoHealthy');
    expect(httpTargetOf(settings, 'api.http-redirect').expect).not.toHaveProperty('redirectToHttps');
    expect(httpTargetOf(settings, 'auth.http-redirect').expect).toMatchObject({ status: [308], redirectToHttps: true });
  });

  it('can be told which balancer its name leads to, or that any will do', async () => {
    const settings = await settingsOf(
      'targets: { api.dns: { balancer: "*.elb.eu-west-1.amazonaws.com" }, auth.dns: { balancer: null } }',
    );
    expect(targetOf(settings, 'api.dns')).toMatchObject({ balancer: '*.elb.eu-west-1.amazonaws.com' });
    expect(targetOf(settings, 'auth.dns')).toMatchObject({ balancer: null });
  });

  it('the external control can be any host', async () => {
    const settings = await settingsOf(
      'targets: { external.control: { enabled: true, name: example.com, port: 8443 } }',
    );
    expect(targetOf(settings, 'external.control')).toMatchObject({ enabled: true, name: 'example.com', port: 8443 });
  });
});
