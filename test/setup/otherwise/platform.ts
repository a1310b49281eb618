import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../src/sandbox/network/sockets.ts';
import { pythonWith } from '../environment.ts';
import { mlflowCommand } from '../mlflow-server.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { run } from '../run.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import type { Plan, Rule } from './balancer-conf.ts';
import { type Authority, makeAuthority } from './certificates.ts';
import { configurationOf, seconds } from './configuration.ts';
import { knownModel, prepareDatabases } from './databases.ts';
import { type Keys, makeKeys } from './keys.ts';
import { type Names, startNames } from './names.ts';
import { platformPrograms } from './programs.ts';
import { type Service, service } from './service.ts';
import { type Undo, undoAll } from './undo.ts';

export type BalancerName = 'registry' | 'main' | 'mlflow';

/** The platform built from real parts, with everything that an operator can change. */
export interface OtherPlatform {
  readonly folder: string;
  readonly configurationFile: string;
  readonly balancers: Readonly<Record<BalancerName, Balancer>>;
  readonly authority: Authority;
  readonly names: Names;
  readonly redis: Service;
  readonly auth: Service;
  readonly pages: Service;
  readonly api: readonly [Service, Service];
  readonly mlflow: Service;
  readonly postgres: Postgres;
  readonly keys: Keys;
  readonly artifactsFolder: string;
  /** `host:port` of each. */
  readonly places: Readonly<Record<'auth' | 'pages' | 'mlflow' | 'api1' | 'api2' | 'deployed', string>>;
  readonly mlflowPort: number;
  /** Deploys the API with another environment: a new task behind the balancers, along with the tasks in `beside`. */
  deployApi(environment: Readonly<Record<string, string>>, beside?: readonly string[]): Promise<Undo>;
  redisCli(...args: readonly string[]): Promise<void>;
  /** Clears Redis's key entries, as happens after five minutes. */
  forgetKeys(): Promise<void>;
  /** From now on the configuration names this recorded baseline. */
  useBaseline(file: string): Promise<void>;
  close(): Promise<void>;
}

const addresses = { registry: '127.0.0.1', main: '127.0.0.2', mlflow: '127.0.0.3' } as const;
export const balancerName = (name: BalancerName): string =>
  `hokusai-${name}-development-1234567890.us-east-1.elb.amazonaws.com`;

const appsFolder = import.meta.dirname;

export const startOtherPlatform = async (): Promise<OtherPlatform> => {
  const closing: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    return await build(closing, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
};

const build = async (closing: (() => Promise<unknown>)[], closeAll: () => Promise<void>): Promise<OtherPlatform> => {
  const programs = await platformPrograms();
  const [python, mlflowPython] = [await pythonWith('fastapi'), await pythonWith('mlflow')];
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-otherwise-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  const free = (): Promise<number> => freePort('127.0.0.1');
  const ports = {
    ...{ https: await free(), http: await free(), names: await free(), redis: await free(), auth: await free() },
    ...{ pages: await free(), api1: await free(), api2: await free(), deployed: await free() },
    mlflow: await free(),
  };
  const place = (port: number): string => `127.0.0.1:${port}`;
  const add = (options: Parameters<typeof service>[0]): Service => {
    const added = service(options);
    closing.push(added.stop);
    return added;
  };

  const keys = await makeKeys(at('keys.json'));
  await writeFile(at('key'), keys.key, { mode: 0o600 });
  const postgres = await startPostgres();
  closing.push(postgres.close);

  const artifactsFolder = at('artifacts');
  await mkdir(artifactsFolder);
  const names = ['127.0.0.1:*', 'mlflow.hokusai.local:*', 'registry.hokus.ai', 'mlflow.hokus.ai'];
  const options = { staticPrefix: '/mlflow', backendStoreUri: postgres.uri, allowedHosts: names };
  const asked = mlflowCommand(mlflowPython, options, { folder, artifactsFolder, databaseFile: '' });
  const mlflow = add({
    folder,
    ready: `http://${place(ports.mlflow)}${asked.readyPath}`,
    command: { command: [...asked.command, ...asked.args(ports.mlflow, folder)], env: asked.env },
  });

  const redis = add({
    folder,
    ready: { host: '127.0.0.1', port: ports.redis },
    command: {
      command: [programs['redis-server'], '--port', String(ports.redis), '--bind', '127.0.0.1', '--save', ''],
    },
  });
  const uvicorn = (app: string, port: number): readonly string[] => [
    ...[python, '-m', 'uvicorn', '--app-dir', appsFolder, '--host', '127.0.0.1', '--port', String(port)],
    ...['--log-level', 'warning', `${app}:app`],
  ];
  const auth = add({
    folder,
    ready: `http://${place(ports.auth)}/health`,
    command: { command: uvicorn('auth', ports.auth), env: { KEYS_FILE: at('keys.json') } },
  });
  await mkdir(at('pages'));
  await writeFile(
    at('pages/index.html'),
    '<!doctype html><html><head><title>Hokusai</title></head><body></body></html>',
  );
  const pages = add({
    folder,
    ready: `http://${place(ports.pages)}/`,
    command: {
      command: [python, '-m', 'http.server', '--bind', '127.0.0.1', '--directory', at('pages'), String(ports.pages)],
    },
  });
  const usualApi = {
    AUTH_URL: `http://${place(ports.auth)}`,
    REDIS_URL: `redis://${place(ports.redis)}/0`,
    MLFLOW_TRACKING_URI: `http://mlflow.hokusai.local:${ports.mlflow}`,
    NAME_SERVER_PORT: String(ports.names),
    AUTH_TIMEOUT: String(seconds.apiToAuth),
    REDIS_TIMEOUT: String(seconds.apiToRedis),
    MLFLOW_TIMEOUT: String(seconds.apiToMlflow),
    CORS_ORIGIN: 'https://platform.hokus.ai',
  };
  const task = (port: number): Service =>
    add({
      folder,
      ready: `http://${place(port)}/health/alb`,
      command: { command: uvicorn('api', port), env: usualApi },
    });
  const api = [task(ports.api1), task(ports.api2)] as const;
  const deployed = task(ports.deployed);

  const authority = await makeAuthority(programs.openssl, folder);
  const registryHosts = ['registry.hokus.ai'];
  const mainHosts = ['api.hokus.ai', 'platform.hokus.ai', 'auth.hokus.ai'];
  const mlflowHosts = ['mlflow.hokus.ai'];
  const apiTasks = [place(ports.api1), place(ports.api2)];
  const rule = (host: string, to: readonly string[], path: Rule['path'] = '/'): Rule => ({ host, path, to });
  const balancer = async (name: BalancerName, hosts: readonly string[], rules: readonly Rule[]): Promise<Balancer> => {
    const plan: Plan = {
      rules,
      certificate: await authority.issue(name, hosts),
      ...{ https: true, http: true, redirect: 'https://$host:443$request_uri', extra: '' },
    };
    const where = { address: addresses[name], ports: { https: ports.https, http: ports.http } };
    const started = await startBalancer(programs.nginx, at(name), where, plan);
    closing.push(started.close);
    return started;
  };

  const resolver = await startNames(programs.unbound, at('names'), ports.names, {
    'mlflow.hokusai.local': 'A 127.0.0.1',
    ...Object.fromEntries(
      (['registry', 'main', 'mlflow'] as const).map((name) => [balancerName(name), `A ${addresses[name]}`]),
    ),
    ...Object.fromEntries(registryHosts.map((host) => [host, `CNAME ${balancerName('registry')}.`])),
    ...Object.fromEntries(mainHosts.map((host) => [host, `CNAME ${balancerName('main')}.`])),
    ...Object.fromEntries(mlflowHosts.map((host) => [host, `CNAME ${balancerName('mlflow')}.`])),
  });
  closing.push(resolver.close);

  const [registry, main, mlflowBalancer] = await Promise.all([
    balancer('registry', registryHosts, [
      rule('registry.hokus.ai', [place(ports.mlflow)], '/mlflow/'),
      rule('registry.hokus.ai', apiTasks),
    ]),
    balancer('main', mainHosts, [
      rule('api.hokus.ai', apiTasks),
      rule('platform.hokus.ai', [place(ports.pages)]),
      rule('auth.hokus.ai', [place(ports.auth)]),
    ]),
    balancer('mlflow', mlflowHosts, [rule('mlflow.hokus.ai', [place(ports.mlflow)])]),
    ...[mlflow, redis, auth, pages, ...api].map((each) => each.start()),
  ]);
  await prepareDatabases(postgres, `http://${place(ports.mlflow)}`);

  const redisCli = async (...args: readonly string[]): Promise<void> => {
    await run('redis-cli', ['-p', String(ports.redis), ...args], { limitMs: 120_000 });
  };
  const configurationFile = at('synthetics.yaml');
  const configure = (baseline: string | null): Promise<void> =>
    writeFile(
      configurationFile,
      configurationOf(
        {
          ...{ nameServerPort: ports.names, https: ports.https, http: ports.http, knownModel },
          ...{ caFile: authority.file, keyFile: at('key') },
        },
        baseline,
      ),
    );
  await configure(null);
  return {
    folder,
    configurationFile,
    balancers: { registry, main, mlflow: mlflowBalancer },
    authority,
    names: resolver,
    redis,
    auth,
    pages,
    api,
    mlflow,
    postgres,
    keys,
    artifactsFolder,
    places: {
      ...{ auth: place(ports.auth), pages: place(ports.pages), mlflow: place(ports.mlflow) },
      ...{ api1: place(ports.api1), api2: place(ports.api2), deployed: place(ports.deployed) },
    },
    mlflowPort: ports.mlflow,
    deployApi: async (environment, beside = []) => {
      await deployed.start({ command: uvicorn('api', ports.deployed), env: { ...usualApi, ...environment } });
      const to = [...beside, place(ports.deployed)];
      const isApi = ({ host, path }: Rule): boolean => path === '/' && /^(registry|api)\./.test(host);
      const switched = await Promise.all(
        [registry, main].map((each) =>
          each.change({ rules: each.plan.rules.map((one) => (isApi(one) ? { ...one, to } : one)) }),
        ),
      );
      return undoAll([deployed.stop, ...switched]);
    },
    redisCli,
    forgetKeys: () => redisCli('flushall'),
    useBaseline: (file) => configure(file),
    close: closeAll,
  };
};
