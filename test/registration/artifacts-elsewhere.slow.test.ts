import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { testKey } from '../support/probing.ts';
import { type Meddle, type Registry, startRegistry, stepOf, stepTroubles } from './platform.ts';

const host = 'store.example';
const signature = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const presigned = (path: string): string =>
  `https://${host}${path}?X-Amz-Credential=AKIAEXAMPLEEXAMPLE12%2F2026&X-Amz-Signature=${signature}`;

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: string;
}

let registry: Registry;
let heard: Heard[] = [];

afterEach(() => registry.close());

/** A store that takes what it is sent, and nothing without its signature. */
const store = (): RequestListener => {
  const files = new Map<string, string>();
  heard = [];
  return (request, response) => {
    void text(request.setEncoding('latin1')).then((body) => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: JSON.stringify(request.headers) });
      if (!query.includes(signature))
        return void response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      if (request.method === 'PUT') files.set(path, body);
      const found = files.get(path);
      response
        .writeHead(found === undefined ? 404 : 200)
        .end(request.method === 'GET' ? Buffer.from(found ?? '', 'latin1') : '');
    });
  };
};

const isFile = (method: string, url: string): boolean =>
  /^(PUT|GET)$/.test(method) && /\/mlflow-artifacts\/artifacts\/./.test(url);

/** Redirects every file, and says of the folder that all files are in it. */
const redirecting =
  (status: number, location: (path: string) => string, only: RegExp = /./): Meddle =>
  (method, url) => {
    if (isFile(method, url) && only.test(method))
      return {
        answer: (request, response) => {
          request.resume();
          response
            .writeHead(status, { location: location(url), 'set-cookie': 'session=secret' })
            .end(`<a href="${location(url)}">`);
        },
      };
    if (method === 'GET' && url.includes('/mlflow-artifacts/artifacts?') && url.includes('model'))
      return { alter: () => ({ files: [{ path: 'model/MLmodel' }, { path: 'model/weights.bin' }] }) };
    return 'pass';
  };

const start = async (beside: RequestListener = store(), configuration: object = {}): Promise<void> => {
  registry = await startRegistry({ beside: { [host]: beside }, configuration });
};

describe('files that MLflow redirects to presigned URLs', () => {
  it.each([307, 308])('are uploaded and downloaded there by %d, without key, cookie or trace', async (status) => {
    await start();
    const flow = await registry.run(redirecting(status, presigned));

    expect(
      flow.steps.filter(({ status: each }) => each !== 'pass').map(({ id, evidence }) => [id, evidence.summary]),
    ).toEqual([]);
    expect(heard.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT', 'PUT', 'GET', 'GET', 'GET', 'GET']);
    for (const { headers } of heard) expect(headers).not.toMatch(/hk_test|authorization|api-key|cookie|trace/i);
    expect(JSON.stringify(flow)).not.toMatch(/c0ffee|AKIA|X-Amz/i);
  });

  it('fail as the store does: the key is not blamed, and the signature is not shown', async () => {
    await start((request, response) => {
      request.resume();
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end(`<Error><Code>SignatureDoesNotMatch</Code><SignatureProvided>${signature}</SignatureProvided></Error>`);
    });
    const flow = await registry.run(redirecting(307, presigned));

    const step = stepOf(flow, 'upload-artifacts');
    expect(step).toMatchObject({
      status: 'fail',
      failureMode: 'artifact-store-error',
      hop: 'artifact-store',
      httpStatus: 403,
    });
    expect(step.evidence).toMatchObject({
      body: 'SignatureDoesNotMatch',
      redirects: [{ location: `https://${host}/…` }],
    });
    expect(step.evidence.summary).toContain(`at ${host}, where it was redirected`);
    expect(JSON.stringify(step.asked)).toContain('registry.hokus.ai');
    expect(JSON.stringify(flow)).not.toMatch(/c0ffee|AKIA|X-Amz/i);
  });

  it.each([
    ['a store that does not exist', (path: string) => presigned(path).replace(host, 'other.example')],
    ['a redirect in a circle', (path: string) => `${path}?X-Amz-Signature=${signature}`],
  ])('%s fails without the signature in sight', async (_, location) => {
    await start();
    const flow = await registry.run(redirecting(307, location));
    expect(stepOf(flow, 'upload-artifacts').status).toBe('fail');
    expect(JSON.stringify(flow)).not.toMatch(/c0ffee|AKIA/i);
  });

  it('fail if the redirect turns the upload into a GET, because MLflow’s client loses the file then', async () => {
    await start();
    const flow = await registry.run(redirecting(302, presigned, /PUT/));
    expect(stepOf(flow, 'upload-artifacts')).toMatchObject({ status: 'fail', failureMode: 'redirect-unexpected' });
    expect(heard).toEqual([]);
    expect(JSON.stringify(flow)).not.toMatch(/c0ffee|AKIA/i);
  });

  it('are inconclusive, not a failure, if the redirect leads to http', async () => {
    await start();
    const flow = await registry.run(redirecting(307, (path) => presigned(path).replace('https:', 'http:')));
    expect(flow.steps.filter(({ status }) => status === 'fail')).toEqual([]);
    for (const id of ['upload-artifacts', 'read-artifacts'] as const)
      expect(stepOf(flow, id)).toMatchObject({
        status: 'inconclusive',
        evidence: { summary: expect.stringContaining(`http://${host}`) },
      });
    expect(stepOf(flow, 'read-version-by-alias').status).toBe('pass');
    expect(JSON.stringify(flow)).not.toMatch(/c0ffee|AKIA/i);
  });
});

describe('a store that presigned URLs lead to', () => {
  it.each<[string, RequestListener]>([
    ['hangs up', (request) => request.socket.destroy()],
    ['says that it is unavailable', (_, response) => response.writeHead(503).end()],
  ])('gets the failure if it %s', async (_, server) => {
    await start(server);
    const flow = await registry.run(redirecting(307, presigned));
    expect(stepOf(flow, 'upload-artifacts')).toMatchObject({ status: 'fail', hop: 'artifact-store' });
  });
});

/** Moves all artifact URIs of MLflow to another server or store. */
const moved =
  (to: string): Meddle =>
  (method, url) =>
    /artifacts/.test(url) || method === 'PUT'
      ? 'pass'
      : {
          alter: (answer) =>
            JSON.parse(JSON.stringify(answer).replaceAll(/mlflow-artifacts:\/(?!\/)/g, to)) as Record<string, unknown>,
        };

/** MLflow's artifact server, at its own address below the prefix of the tracking server. */
const artifactServer = (): RequestListener => {
  const files = new Map<string, string>();
  heard = [];
  return (request, response) => {
    void text(request.setEncoding('latin1')).then((body) => {
      const url = new URL(request.url ?? '', `https://${host}`);
      heard.push({ method: request.method ?? '', url: url.pathname, headers: JSON.stringify(request.headers) });
      const name = url.pathname.split('/mlflow-artifacts/artifacts/')[1];
      response.setHeader('content-type', 'application/json');
      if (name === undefined) {
        const folder = `${url.searchParams.get('path')}/`;
        const found = [...files.keys()].filter((file) => file.startsWith(folder));
        return void response.end(
          JSON.stringify({ files: found.map((path) => ({ path: path.slice(folder.length), is_dir: false })) }),
        );
      }
      if (request.method === 'PUT') files.set(name, body);
      if (request.method === 'DELETE') for (const file of files.keys()) if (file.startsWith(name)) files.delete(file);
      response.end(request.method === 'GET' ? Buffer.from(files.get(name) ?? '', 'latin1') : '{}');
    });
  };
};

describe('artifacts on a server of their own', () => {
  it('are sent there with the key, below the prefix of the tracking server, and deleted again', async () => {
    await start(artifactServer(), { credentials: { allowedHosts: [host] } });
    const flow = await registry.run(moved(`mlflow-artifacts://${host}:8443/`));

    expect(stepTroubles(flow)).toEqual([]);
    expect(new Set(heard.map(({ method }) => method))).toEqual(new Set(['PUT', 'GET', 'DELETE']));
    for (const { url, headers } of heard) {
      expect(url).toMatch(/^\/api\/mlflow\/api\/2\.0\/mlflow-artifacts\/artifacts/);
      expect(headers).toContain(`"host":"${host}:8443","`);
      expect(headers).toContain(testKey);
    }
  });

  it.each<[string, RequestListener]>([
    ['hangs up', (request) => request.socket.destroy()],
    ['says that it is unavailable', (_, response) => response.writeHead(503).end()],
    ['refuses the key', (_, response) => response.writeHead(401).end('{"detail":"Invalid API key"}')],
  ])('place the failure there if that server %s, not on the platform’s own path', async (_, server) => {
    await start(server, { credentials: { allowedHosts: [host] } });
    const flow = await registry.run(moved(`mlflow-artifacts://${host}/`));

    expect(stepOf(flow, 'upload-artifacts')).toMatchObject({ status: 'fail', hop: 'artifact-store' });
    expect(flow.facts).toMatchObject({ firstFailure: 'upload-artifacts', artifactsWork: false });
  });

  it('are inconclusive if the key may not go there: nothing is sent, and the report says what to add', async () => {
    await start(artifactServer());
    const flow = await registry.run(moved(`mlflow-artifacts://${host}/`));

    expect(heard).toEqual([]);
    expect(flow.status).toBe('inconclusive');
    const ends = flow.steps.filter(({ status }) => status !== 'pass').map(({ id, status }) => [id, status]);
    expect(ends).toEqual([
      ['upload-artifacts', 'inconclusive'],
      ['read-artifacts', 'inconclusive'],
    ]);
    expect(stepOf(flow, 'upload-artifacts').evidence.summary).toContain(
      `the artifacts are on ${host}, not a platform host; to send it the key too: credentials: { allowedHosts: ["${host}"] }`,
    );
    expect(flow.facts).toMatchObject({ writesWork: true, artifactsWork: null, firstFailure: null });
    expect(flow.cleanup.leftBehind).toEqual([]);
  });

  it('are refused at an address that MLflow’s client refuses too', async () => {
    await start();
    const flow = await registry.run(moved('mlflow-artifacts://5000/'));
    expect(stepOf(flow, 'create-run')).toMatchObject({ status: 'fail', failureMode: 'unexpected-body' });
  });
});

describe('artifacts in a store that clients talk to themselves', () => {
  it.each(['s3://bucket/', 'gs://bucket/', 'wasbs://c@a.blob.core.windows.net/'])(
    'at %s are skipped, and the rest passes',
    async (to) => {
      await start();
      const flow = await registry.run(moved(to));
      const ends = flow.steps.filter(({ status }) => status !== 'pass').map(({ id, status }) => [id, status]);
      expect(ends).toEqual([
        ['upload-artifacts', 'skipped'],
        ['read-artifacts', 'skipped'],
      ]);
      expect(stepOf(flow, 'upload-artifacts').evidence.summary).toContain('clients transfer the artifacts to');
      expect([flow.status, flow.facts.artifactsWork, flow.cleanup.leftBehind]).toEqual(['pass', null, []]);
    },
  );
});
