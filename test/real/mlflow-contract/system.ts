import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type ArtifactStore, startArtifactStore } from '../../../src/sandbox/mlflow/artifact-store.ts';
import { startDatabase } from '../../../src/sandbox/mlflow/database.ts';
import { startMlflow } from '../../../src/sandbox/mlflow/server.ts';
import { startRealMlflow } from '../../setup/mlflow-server.ts';

/** An MLflow under the static prefix `/mlflow`, as on the platform, with an artifact store that the tests can break. */
export interface System {
  readonly url: string;
  readonly store: ArtifactStore;
  close(): Promise<void>;
}

export const startStandIn = async (): Promise<System> => {
  const [store, database] = await Promise.all([startArtifactStore(), startDatabase({ password: 'hk_test_database' })]);
  const server = await startMlflow({ staticPrefix: '/mlflow', database, artifactStore: store });
  return {
    url: server.url,
    store,
    close: async () => {
      await server.close();
      await Promise.all([store.close(), database.close()]);
    },
  };
};

export const startReal = async (): Promise<System> => {
  const store = await startArtifactStore();
  const server = await startRealMlflow({ staticPrefix: '/mlflow', artifactStore: store });
  return {
    url: server.url,
    store,
    close: async () => {
      await server.close();
      await store.close();
    },
  };
};

/** An answer, with ways into its JSON. A path is keys joined by dots. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
  at(path: string): unknown;
  /** @throws when there is no string, with the answer. */
  string(path: string): string;
  /** What each entry of a list has at the path; empty when there is no list. */
  strings(list: string, path: string): readonly string[];
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );

const string = (value: unknown, path: string): string => {
  const found = at(value, path);
  if (typeof found === 'string') return found;
  throw new Error(`no string at ${path} of ${JSON.stringify(value)}`);
};

const answered = (status: number, headers: IncomingHttpHeaders, text: string): Answer => {
  const json = parsed(text);
  return {
    status,
    headers,
    text,
    json,
    at: (path) => at(json, path),
    string: (path) => string(json, path),
    strings: (list, path) => {
      const entries = at(json, list);
      return Array.isArray(entries) ? entries.map((entry) => string(entry, path)) : [];
    },
  };
};

export interface Ask {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One request, exactly as given: no header is added but a length and, for JSON, its type. */
export const ask = (
  url: string,
  method: string,
  path: string,
  { json, body, headers = {} }: Ask = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const content = json === undefined ? body : JSON.stringify(json);
    const { hostname, port } = new URL(url);
    const outgoing = request(
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(content === undefined ? {} : { 'content-length': Buffer.byteLength(content) }),
          ...headers,
        },
      },
      async (incoming) => {
        const text = (await buffer(incoming)).toString();
        resolve(answered(incoming.statusCode ?? 0, incoming.headers, text));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(content);
  });

export const api = '/api/2.0/mlflow';
export const artifacts = '/api/2.0/mlflow-artifacts/artifacts';

/** A name that nobody else uses. */
export const unique = (what: string): string => `${what}-${randomUUID()}`;

/** MLflow as its tests use it: the REST API, and what several of them need to be there. */
export interface Client {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, json: unknown): Promise<Answer>;
  patch(path: string, json: unknown): Promise<Answer>;
  delete(path: string, json?: unknown): Promise<Answer>;
  experiment(): Promise<string>;
  run(experiment?: string): Promise<string>;
  loggedModel(experiment?: string): Promise<string>;
  registeredModel(): Promise<string>;
}

export const clientFor = (system: () => System): Client => {
  const call = (method: string, path: string, rest?: Ask): Promise<Answer> =>
    ask(system().url, method, `${api}/${path}`, rest);
  const post: Client['post'] = (path, json) => call('POST', path, { json });
  const experiment = async (): Promise<string> =>
    (await post('experiments/create', { name: unique('experiment') })).string('experiment_id');
  return {
    post,
    get: (path, query = {}) => call('GET', `${path}?${new URLSearchParams(query)}`),
    patch: (path, json) => call('PATCH', path, { json }),
    delete: (path, json) => call('DELETE', path, json === undefined ? {} : { json }),
    experiment,
    run: async (within) => {
      const id = within ?? (await experiment());
      const created = await post('runs/create', {
        experiment_id: id,
        start_time: 1_700_000_000_000,
        run_name: 'probe',
      });
      return created.string('run.info.run_id');
    },
    loggedModel: async (within) => {
      const id = within ?? (await experiment());
      return (await post('logged-models', { experiment_id: id, name: 'model' })).string('model.info.model_id');
    },
    registeredModel: async () => {
      const name = unique('model');
      await post('registered-models/create', { name });
      return name;
    },
  };
};

/** What an error of MLflow's handlers is, for `toMatchObject`. */
export const mlflowError = (status: number, error_code: string, message: unknown): Partial<Answer> => ({
  status,
  json: { error_code, message },
});

const hint = ' See the API docs for more information about request parameters.';
export const missingParameter = (name: string): Partial<Answer> =>
  mlflowError(400, 'INVALID_PARAMETER_VALUE', `Missing value for required parameter '${name}'.${hint}`);

export const wrongType = (name: string, value: unknown, type: string): Partial<Answer> =>
  mlflowError(
    400,
    'INVALID_PARAMETER_VALUE',
    `Invalid value ${JSON.stringify(value)} for parameter '${name}' supplied:  Hint: Value was of type '${type}'.${hint}`,
  );
