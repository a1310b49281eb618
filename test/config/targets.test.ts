import { describe, expect, it } from 'vitest';
import { paths } from '../../src/platform/hops.ts';
import { httpTargetOf, settingsOf, targetOf } from './documents.ts';

const own = async (entry: string) => httpTargetOf(await settingsOf(`targets: { my.extra: ${entry} }`), 'my.extra');

describe('an own target', () => {
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

  it('can set everything that a request needs', async () => {
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
    { url: 'https://api.hokus.ai/x', auth: 'none', hops: paths.api },
    { url: 'https://api.hokus.ai/x', auth: 'bearer', hops: paths.apiWithKey },
    { url: 'https://API.hokus.ai:8443/x', auth: 'x-api-key', hops: paths.apiWithKey },
    { url: 'https://auth.hokus.ai/x', auth: 'bearer', hops: paths.auth },
    { url: 'https://platform.hokus.ai/x', auth: 'none', hops: paths.platform },
    { url: 'https://mlflow.hokus.ai/x', auth: 'none', hops: paths.mlflow },
    { url: 'https://registry.hokus.ai/x', auth: 'none', hops: paths.api },
    { url: 'https://registry.hokus.ai/x', auth: 'bearer', hops: paths.apiWithKey },
    {
      url: 'https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/runs/search',
      auth: 'bearer',
      hops: paths.proxyToDatabase,
    },
    { url: 'https://registry.hokus.ai/api/mlflows', auth: 'bearer', hops: paths.apiWithKey },
    { url: 'https://registry.hokus.ai/mlflow/', auth: 'none', hops: paths.mlflow },
    { url: 'https://registry.hokus.ai/api/2.0/mlflow/runs/search', auth: 'bearer', hops: paths.proxyToDatabase },
    { url: 'https://registry.hokus.ai/api/mlflow/version', auth: 'bearer', hops: paths.proxyToMlflow },
    { url: 'https://registry.hokus.ai/api/mlflow', auth: 'x-api-key', hops: paths.proxy },
    {
      url: 'https://registry.hokus.ai/api/mlflow/api/2.0/mlflow-artifacts/artifacts/1',
      auth: 'bearer',
      hops: paths.proxyToArtifacts,
    },
    {
      url: 'https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow/runs/search',
      auth: 'bearer',
      hops: paths.mlflowToDatabase,
    },
    { url: 'https://registry.hokus.ai/health?detailed=true', auth: 'bearer', hops: paths.apiDeep },
    { url: 'https://mlflow.hokus.ai/api/2.0/mlflow/runs/search', auth: 'none', hops: paths.mlflowToDatabase },
    { url: 'http://registry.hokus.ai/x', auth: 'none', hops: paths.redirect },
    { url: 'http://other.example/', auth: 'none', hops: ['dns', 'listener'] },
  ])('$url with auth $auth crosses the hops of its route', async ({ url, auth, hops }) => {
    expect((await own(`{ url: "${url}", auth: ${auth} }`)).hops).toEqual(hops);
  });

  it('ends at the key check when it expects a refusal', async () => {
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
    ['{ health: true }', { status: [200], body: { kind: 'health' } }],
    ['{ health: true, version: "1.2" }', { status: [200], body: { kind: 'health' }, version: '1.2' }],
    ['{ list: models }', { status: [200], body: { kind: 'list', of: 'models' } }],
    ['{ version: true }', { status: [200], body: { kind: 'version' } }],
    ['{ version: "1.2" }', { status: [200], body: { kind: 'present' }, version: '1.2' }],
    ['{ answeredBy: nginx }', { status: [200], body: { kind: 'present' }, answeredBy: ['nginx'] }],
  ])('reads %s exactly', async (said, expected) => {
    expect((await own(`{ url: "https://other.example/", expect: ${said} }`)).expect).toEqual(expected);
  });

  it('expects no body with HEAD', async () => {
    expect((await own('{ url: "https://other.example/", method: HEAD }')).expect.body).toEqual({ kind: 'any' });
  });

  it.each([
    ['registry', ['registry.mlflow-proxy-search']],
    ['api', ['registry.mlflow-proxy-search']],
    ['auth', []],
    ['mlflow', []],
  ])('for health on the host %s waits as default ones do, unless it says otherwise', async (host, after) => {
    const target = (more: string) =>
      own(`{ url: "https://${host}.hokus.ai/v2/health", expect: { health: true }${more} }`);
    expect((await target('')).after).toEqual(after);
    expect((await target(', after: []')).after).toEqual([]);
    expect((await target(', after: [auth.root]')).after).toEqual(['auth.root']);
  });

  it('may send the key to a host in allowedHosts', async () => {
    const settings = await settingsOf(`
      credentials: { allowedHosts: [Other.Example, "::1"] }
      targets: { a.b: { url: "https://other.example/", auth: bearer }, a.c: { url: "https://[::1]:8443/", auth: bearer } }`);
    expect(settings.keyHosts).toEqual(expect.arrayContaining(['other.example', '[::1]', 'api.hokus.ai']));
  });
});

describe('an own name or certificate target', () => {
  const targetIn = async (entry: string) => targetOf(await settingsOf(`targets: { my.extra: ${entry} }`), 'my.extra');

  it('accepts any balancer, port 443 and the usual limits', async () => {
    const common = { id: 'my.extra', host: 'my', enabled: true, timeoutMs: 12_000, after: [] };
    expect(await targetIn('{ kind: dns, name: other.example }')).toEqual({
      ...{ ...common, kind: 'dns', role: null, hops: paths.name },
      ...{ title: 'addresses of other.example', name: 'other.example', balancer: null },
    });
    expect(await targetIn('{ kind: tls, name: other.example }')).toEqual({
      ...{ ...common, kind: 'tls', role: null, hops: paths.handshake },
      ...{ title: 'certificate of other.example', name: 'other.example', port: 443, certificateDays: 21 },
    });
  });

  it('can set everything else, too', async () => {
    const common = 'enabled: false, timeoutMs: 900, after: [api.root]';
    const said = { enabled: false, timeoutMs: 900, after: ['api.root'] };
    expect(await targetIn(`{ kind: dns, name: API.hokus.ai, balancer: "*.example", ${common} }`)).toMatchObject({
      ...{ ...said, role: 'api', balancer: '*.example' },
    });
    expect(
      await targetIn(`{ kind: tls, name: api.hokus.ai, port: 8443, certificateDays: 3, ${common} }`),
    ).toMatchObject({
      ...{ ...said, role: 'api', port: 8443, certificateDays: 3, title: 'certificate of api.hokus.ai:8443' },
    });
  });

  it('belongs to the platform host to which the configuration gives this name', async () => {
    const settings = await settingsOf(
      'hosts: { auth: login.example }\ntargets: { my.extra: { kind: tls, name: login.example } }',
    );
    expect(targetOf(settings, 'my.extra').role).toBe('auth');
  });
});

describe('a default target', () => {
  it('can expect health, and then waits as health routes do', async () => {
    const settings = await settingsOf('targets: { registry.root: { expect: { health: true } } }');
    expect(httpTargetOf(settings, 'registry.root')).toMatchObject({
      expect: { status: ['2xx', '3xx', 401], body: { kind: 'health' } },
      after: ['registry.mlflow-proxy-search'],
    });
  });

  it('keeps every setting that an entry does not change', async () => {
    const before = httpTargetOf(await settingsOf(''), 'registry.health');
    const after = httpTargetOf(
      await settingsOf('targets: { registry.health: { after: [], auth: x-api-key } }'),
      'registry.health',
    );
    expect(after).toEqual({ ...before, after: [], auth: 'x-api-key' });
  });

  it('keeps its headers next to new ones', async () => {
    const settings = await settingsOf(
      'targets: { registry.cors-preflight: { headers: { Origin: "https://a.example", X-A: b } } }',
    );
    expect(httpTargetOf(settings, 'registry.cors-preflight').headers).toMatchObject({
      origin: 'https://a.example',
      'x-a': 'b',
      'access-control-request-method': 'POST',
    });
  });

  it('keeps its body check while the class of the expected status stays the same', async () => {
    const expecting = async (status: string) =>
      httpTargetOf(
        await settingsOf(`targets: { registry.health: { expect: { status: ${status} } } }`),
        'registry.health',
      ).expect;
    expect(await expecting('[200, 201]')).toEqual({ status: [200, 201], body: { kind: 'health' } });
    expect(await expecting('[200, 503]')).toEqual({ status: [200, 503], body: { kind: 'present' } });
  });

  it('stays guarded against leaks without a key until its entry expects success', async () => {
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

  it('drops the exceptions of its old status when the status changes', async () => {
    const settings = await settingsOf(`targets:
      registry.mlflow-api-list: { expect: { status: 410 } }
      api.http-redirect: { expect: { status: 200 } }
      auth.http-redirect: { expect: { status: 308 } }`);
    expect(httpTargetOf(settings, 'registry.mlflow-api-list').expect).not.toHaveProperty('alsoHealthy');
    expect(httpTargetOf(settings, 'api.http-redirect').expect).not.toHaveProperty('redirectToHttps');
    expect(httpTargetOf(settings, 'auth.http-redirect').expect).toMatchObject({ status: [308], redirectToHttps: true });
  });

  it('can set the balancer that its name leads to, or allow any', async () => {
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
