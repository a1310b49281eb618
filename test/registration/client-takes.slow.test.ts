import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, type Meddle, type Registry, startRegistry, stepOf, stepTroubles } from './platform.ts';

/** What MLflow's own Python client takes without a word (mlflow/utils/rest_utils.py, proto_json_utils.py; 3.9.0). */
let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
});

afterAll(() => registry.close());

type Json = Record<string, unknown>;

/** Changes every object of every answer, the inner ones first. */
const everywhere = (change: (row: Json) => Json): Meddle => {
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, within(inner)])));
  };
  return (_, path) => (isFile(path) ? 'pass' : { alter: (answer) => within(answer) as Json });
};

const fields = (change: (value: unknown, name: string) => unknown): Meddle =>
  everywhere((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value, name)])));

const isFile = (path: string): boolean => path.includes('mlflow-artifacts/artifacts/');

/** Passes on the good answers to such requests in another form. */
const reshaped =
  (which: RegExp, change: (answer: Answered) => Partial<Answered>): Meddle =>
  (method, path) =>
    which.test(`${method} ${path.split('?')[0]}`)
      ? { reshape: (answer) => (answer.status === 200 ? { ...answer, ...change(answer) } : answer) }
      : 'pass';

const typed = (type: string): Meddle =>
  reshaped(/./, ({ headers }) => ({ headers: { ...headers, 'content-type': type } }));

/** Redirects each request once, to the same route in another form. */
const redirected =
  (status: number, methods: RegExp, form: (path: string) => string): Meddle =>
  (method, path) =>
    methods.test(method) && !path.includes('moved')
      ? { answer: (_, response) => void response.writeHead(status, { location: form(path) }).end() }
      : 'pass';

const marked = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}moved`;

/** Twice the bytes of the largest response that other targets may have. */
const foreignTags = Array.from({ length: 100 }, (_, n) => ({ key: `foreign${n}`, value: 'x'.repeat(5_000) }));

const noContent = /^(POST .*(log-batch|outputs|alias|runs\/update|runs\/delete|restore)|DELETE .*)$/;

const rows: Readonly<Record<string, Meddle>> = {
  'fields of newer versions': everywhere((row) => ({ ...row, newer: { list: [1, null] }, none: null })),
  'null for empty lists': everywhere((row) => ({ tags: null, aliases: null, ...row })),
  'whole numbers as text': fields((value) => (typeof value === 'number' ? String(value) : value)),
  'a metric as 3.0': everywhere((row) => (row['value'] === 3 ? { ...row, value: '3.0' } : row)),
  'ids as numbers': fields((value, name) => (/^(experiment_id|version)$/.test(name) ? Number(value) : value)),
  'empty page tokens': everywhere((row) => ({ ...row, next_page_token: '' })),
  'large tags on the experiment': everywhere((row) =>
    'experiment_id' in row && 'name' in row && 'lifecycle_stage' in row ? { ...row, tags: foreignTags } : row,
  ),
  'large tags on the run': everywhere((row) =>
    'metrics' in row && 'params' in row ? { ...row, tags: [...(row['tags'] as Json[]), ...foreignTags] } : row,
  ),
  'an artifact URI with a final slash': fields((value, name) => (name === 'artifact_uri' ? `${value}/` : value)),
  'an artifact URI without a slash': fields((value) =>
    typeof value === 'string' ? value.replace(/^mlflow-artifacts:\//, 'mlflow-artifacts:') : value,
  ),
  'no body after writes': reshaped(noContent, () => ({ body: '' })),
  '"200 OK" as the body after writes': reshaped(noContent, () => ({ body: '200 OK' })),
  '201 after uploads': reshaped(/^PUT/, () => ({ status: 201, body: '' })),
  '204 after uploads and deletions of files': reshaped(/^(PUT|DELETE .*artifacts)/, () => ({ status: 204, body: '' })),
  '202 after deletions of files': reshaped(/^DELETE .*artifacts/, () => ({ status: 202 })),
  '206 for files': reshaped(/^GET .*artifacts\/artifacts\//, () => ({ status: 206 })),
  'a byte order mark': reshaped(/api\/2.0\/mlflow\//, ({ body }) => ({ body: `\ufeff${body}` })),
  gzip: reshaped(/./, ({ headers, body }) => ({
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(body),
  })),
  'JSON as text/html': typed('text/html; charset=utf-8'),
  'JSON as octets': typed('application/octet-stream'),
  'JSON as Latin-1': typed('application/json; charset=ISO-8859-1'),
  'cookies and hints': reshaped(/./, ({ headers }) => ({
    headers: { ...headers, 'set-cookie': ['a=b'], 'retry-after': '1', warning: '299 - "deprecated"' },
  })),
  'redirects by 308': redirected(308, /./, marked),
  'redirects by 307 to another prefix': redirected(307, /./, (path) => marked(path.replace('/api/mlflow/', '/'))),
  'redirects of reads by 301': redirected(301, /GET/, marked),
  'redirects of reads by 302': redirected(302, /GET/, marked),
  'runs that are deleted for good': (method, path) =>
    method === 'POST' && path.endsWith('runs/delete')
      ? { reshape: ({ headers }) => ({ status: 404, headers, body: '{"error_code":"RESOURCE_DOES_NOT_EXIST"}' }) }
      : 'pass',
  'a first page without rows': (method, path) =>
    method === 'GET' &&
    path.includes('registered-models/search') &&
    path.includes('hokusai') &&
    !path.includes('page_token')
      ? { alter: () => ({ registered_models: [], next_page_token: Buffer.from('{"offset": 0}').toString('base64') }) }
      : 'pass',
};

describe('a registry whose answers MLflow’s client takes', () => {
  it.each(Object.entries(rows))('passes with %s', async (_, meddle) => {
    const flow = await registry.run(meddle);

    expect(stepTroubles(flow)).toEqual([]);
    expect([flow.status, flow.cleanup.status]).toEqual(['pass', 'pass']);
  });
});

/** Says of each row once that it does not exist, or the alias. */
const late = (which: RegExp, status: number, code: string): Meddle => {
  const asked = new Set<string>();
  return (method, path) => {
    const request = `${method} ${path}`;
    if (!which.test(request) || asked.has(request)) return 'pass';
    asked.add(request);
    return {
      reshape: ({ headers }) => ({ status, headers, body: JSON.stringify({ error_code: code, message: 'not found' }) }),
    };
  };
};

describe('reads that lag behind writes', () => {
  it.each([
    ['create-run', late(/^GET .*runs\/get/, 404, 'RESOURCE_DOES_NOT_EXIST')],
    ['create-logged-model', late(/^GET .*logged-models\//, 404, 'RESOURCE_DOES_NOT_EXIST')],
    ['await-versions', late(/^GET .*model-versions\/get\?/, 404, 'RESOURCE_DOES_NOT_EXIST')],
    ['read-version-by-alias', late(/^GET .*alias/, 400, 'INVALID_PARAMETER_VALUE')],
    ['read-artifacts', late(/^GET .*get-download-uri/, 404, 'RESOURCE_DOES_NOT_EXIST')],
  ] as const)('degrade %s, and nothing fails', async (id, meddle) => {
    const flow = await registry.run(meddle);

    expect(stepOf(flow, id)).toMatchObject({
      status: 'degraded',
      evidence: { summary: expect.stringContaining('reads lag behind writes: right only after') },
    });
    expect(flow.status).toBe('degraded');
    expect(flow.cleanup.leftBehind).toEqual([]);
  });

  it('fail if the row never comes', async () => {
    const never: Meddle = (method, path) =>
      method === 'GET' && path.includes('registered-models/alias')
        ? { reshape: ({ headers }) => ({ status: 404, headers, body: '{"error_code":"RESOURCE_DOES_NOT_EXIST"}' }) }
        : 'pass';
    const flow = await registry.run(never);
    expect(stepOf(flow, 'read-version-by-alias')).toMatchObject({ status: 'fail', failureMode: 'resource-missing' });
  });
});

describe('redirects that MLflow’s client cannot use either', () => {
  it.each<[string, Meddle]>([
    ['a creation redirected by 302, which the client repeats as a GET', redirected(302, /POST/, marked)],
    ['a read redirected to a login page', redirected(302, /GET/, (path) => `/login?moved&next=${path}`)],
    [
      'a read redirected to itself',
      (method, path) =>
        method === 'GET' ? { answer: (_, response) => void response.writeHead(302, { location: path }).end() } : 'pass',
    ],
  ])('fail: %s', async (_, meddle) => {
    const flow = await registry.run(meddle);
    expect(flow.steps.find(({ status }) => status === 'fail')?.failureMode).toMatch(/^redirect-/);
  });
});
