import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';
import { createTools } from '../../src/cycle/tools.ts';
import type { Registration, StepOutcome } from '../../src/model/report.ts';
import { runRegistration } from '../../src/registration/flow.ts';
import { type SweepReport, sweepOnce } from '../../src/registration/sweep-once.ts';
import { startBackend } from '../../src/sandbox/mlflow-backend.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { testKey } from '../support/probing.ts';

/** What stands between the client and MLflow does with a request. */
export type Meddling =
  | 'pass'
  /** MLflow does the work, and its answer is cut off. */
  | 'lose-answer'
  /** It is held back for so long, and then done: who asked has given up by then. */
  | { readonly lateMs: number }
  /** Never answered, never done. */
  | 'hang'
  /** As the platform's proxy does with DELETE. */
  | 'lose-body'
  /** MLflow does the work, and something else is said about it. */
  | { readonly alter: Alter }
  /** MLflow does the work, and its answer is passed on in another form. */
  | { readonly reshape: (answer: Answered) => Answered }
  /** Something else answers in its place. */
  | { readonly answer: RequestListener };

type Json = Record<string, unknown>;

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string | Buffer;
}

/** Gives the answer that the client gets in place of MLflow's own. */
export type Alter = (answer: Json) => Json;

export type Meddle = (method: string, path: string) => Meddling;

export interface Registry {
  /** Runs the flow; `limits` in place of the defaults. */
  run(meddle?: Meddle, options?: RunOptions): Promise<Registration>;
  sweep(dryRun: boolean, options?: RunOptions & { readonly all?: boolean }, meddle?: Meddle): Promise<SweepReport>;
  /** What the command line needs to find it, and its own folder for temporary files. */
  commandLine(): Promise<{ readonly configuration: string; readonly env: Readonly<Record<string, string>> }>;
  /** From now on, for those that are not started by `run`. */
  meddle(meddle: Meddle): void;
  /** Asks MLflow itself. */
  ask(method: string, path: string, json?: object): Promise<Record<string, unknown>>;
  /** Everything that is in it and not deleted. */
  contents(): Promise<Contents>;
  close(): Promise<void>;
}

interface RegistryOptions {
  /** A real MLflow's URL, in place of the stand-in. */
  readonly mlflow?: string | null;
  /** Other hosts of the same network, over HTTPS. */
  readonly beside?: Readonly<Record<string, RequestListener>>;
  readonly configuration?: object;
}

interface RunOptions {
  readonly limits?: Partial<Settings['limits']>;
  readonly registration?: Partial<Settings['registration']>;
  readonly environment?: string;
  readonly deadlineMs?: number;
  readonly onStep?: (step: StepOutcome) => void;
  /** What the prober takes for the time, in milliseconds from now. */
  readonly clockMs?: number;
}

interface Contents {
  readonly models: readonly string[];
  readonly versions: number;
  readonly runs: readonly string[];
  readonly loggedModels: number;
}

/** A registry over HTTPS, with the stand-in of MLflow behind it and somebody in between. */
export const startRegistry = async ({
  mlflow = null,
  beside = {},
  ...given
}: RegistryOptions = {}): Promise<Registry> => {
  const { location, standIn } = await startBackend(mlflow);
  const authority = await Authority.create();
  const certificate = await authority.issue({ names: ['registry.hokus.ai', ...Object.keys(beside)] });
  const folders: string[] = [];
  let meddle: Meddle = () => 'pass';
  const server = createServer({ cert: certificate.chain, key: certificate.key }, (request, response) => {
    const path = request.url ?? '/';
    const own = beside[request.headers.host?.replace(/:\d+$/, '') ?? ''];
    if (own !== undefined) return void own(request, response);
    void forward(request, response, location.upstream, meddle(request.method ?? 'GET', path));
  });
  const port = await listen(server, 0, '127.0.0.1');
  const loaded = await loadSettings({
    text: JSON.stringify({ ...given.configuration, network: { connectTo: [`::127.0.0.1:${port}`] } }),
    name: 'test',
  });
  const settingsWith = ({ limits, registration, environment = 'test' }: RunOptions): Settings => ({
    ...loaded,
    environment,
    network: { ...loaded.network, extraCa: authority.rootPem },
    limits: { ...loaded.limits, slowMs: 60_000, ...limits },
    registration: { ...loaded.registration, ...registration },
  });
  const toolsWith = (settings: Settings, { deadlineMs = 30_000, clockMs = 0 }: RunOptions) => ({
    ...createTools({ settings, apiKey: testKey, deadlineMs }, performance.now()),
    now: () => Date.now() + clockMs,
  });
  const ask = async (method: string, path: string, json?: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(new URL(`/api/2.0/mlflow/${path}`, location.upstream), {
      method,
      ...(json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const contents = async (): Promise<Contents> => {
    const { experiments = [] } = (await ask('GET', 'experiments/search?max_results=100')) as Listing<'experiments'>;
    const ids = experiments.map(({ experiment_id }) => experiment_id);
    const { registered_models = [] } = (await ask('GET', 'registered-models/search')) as Listing<'registered_models'>;
    const { model_versions = [] } = (await ask('GET', 'model-versions/search')) as Listing<'model_versions'>;
    const { runs = [] } = (await ask('POST', 'runs/search', { experiment_ids: ids })) as Listing<'runs'>;
    const { models = [] } = (await ask('POST', 'logged-models/search', { experiment_ids: ids })) as Listing<'models'>;
    return {
      models: registered_models.map(({ name }) => String(name)),
      versions: model_versions.length,
      runs: runs.map(({ info }) => String((info as Record<string, unknown>)['run_id'])),
      loggedModels: models.length,
    };
  };
  return {
    run: (given = () => 'pass', options = {}) => {
      meddle = given;
      const settings = settingsWith(options);
      return runRegistration({
        settings,
        tools: toolsWith(settings, options),
        baseline: [],
        ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
      });
    },
    sweep: (dryRun, { all = false, ...options } = {}, given = () => 'pass') => {
      meddle = given;
      const settings = settingsWith(options);
      return sweepOnce(settings, toolsWith(settings, options), { dryRun, all });
    },
    commandLine: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'hokusai-registry-'));
      folders.push(folder);
      const configuration = join(folder, 'synthetics.json');
      await writeFile(join(folder, 'ca.pem'), authority.rootPem);
      await mkdir(join(folder, 'tmp'));
      const network = { connectTo: [`::127.0.0.1:${port}`], caFile: 'ca.pem' };
      await writeFile(configuration, JSON.stringify({ environment: 'test', ...given.configuration, network }));
      return { configuration, env: { HOKUSAI_API_KEY: testKey, TMPDIR: join(folder, 'tmp') } };
    },
    meddle: (given) => {
      meddle = given;
    },
    ask,
    contents,
    close: async () => {
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
      await closeServer(server);
      await standIn?.close();
    },
  };
};

type Listing<Name extends string> = Partial<Record<Name, readonly Record<string, unknown>[]>>;

/** Where MLflow has what the flow asks for on the user's way, and on its own. */
const pathAtMlflow = (path: string): string =>
  path.replace(/^\/api\/mlflow\//, '/').replace(/^\/mlflow\/ajax-api\/2\.0\/mlflow\//, '/api/2.0/mlflow/');

const forward = async (
  request: IncomingMessage,
  response: ServerResponse,
  upstream: URL,
  meddling: Meddling,
): Promise<void> => {
  if (meddling === 'hang') return;
  if (typeof meddling === 'object' && 'answer' in meddling) return void meddling.answer(request, response);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (typeof meddling === 'object' && 'lateMs' in meddling)
    await new Promise((resolve) => setTimeout(resolve, meddling.lateMs));
  const body = meddling === 'lose-body' ? Buffer.alloc(0) : Buffer.concat(chunks);
  const { authorization: _key, ...headers } = request.headers;
  const passed = httpRequest(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: pathAtMlflow(request.url ?? '/'),
      headers: { ...headers, host: upstream.host, 'content-length': body.length },
      agent: false,
    },
    (answer) => {
      if (meddling === 'lose-answer') {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      if (typeof meddling === 'object' && 'alter' in meddling) {
        void text(answer).then((own) => {
          const altered = JSON.stringify(meddling.alter(JSON.parse(own) as Json));
          const headers = { ...answer.headers, 'content-length': Buffer.byteLength(altered) };
          response.writeHead(answer.statusCode ?? 500, headers).end(altered);
        });
        return;
      }
      const { statusCode: status = 500, headers } = answer;
      if (typeof meddling === 'object' && 'reshape' in meddling) {
        void buffer(answer).then((body) => {
          const { 'content-length': _length, ...others } = headers;
          const reshaped = meddling.reshape({ status, headers: others, body });
          response.writeHead(reshaped.status, reshaped.headers).end(reshaped.body);
        });
        return;
      }
      response.writeHead(status, headers);
      answer.pipe(response);
    },
  );
  passed.on('error', () => response.destroy());
  passed.end(body);
};

export const stepOf = ({ steps }: Registration, id: StepOutcome['id']): StepOutcome => {
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};

/** What is not well, a line each. */
export const stepTroubles = ({ steps, cleanup }: Registration): readonly string[] => [
  ...steps
    .filter(({ status }) => status !== 'pass')
    .map(({ id, status, failureMode, evidence }) => `${id} ${status} ${failureMode}: ${evidence.summary}`),
  ...cleanup.leftBehind.map(({ thing, id }) => `left behind: ${thing} ${id}`),
];
