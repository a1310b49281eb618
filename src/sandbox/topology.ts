import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns';
import { apiTask } from './api/api.ts';
import type { ApiEnvironment } from './api/environment.ts';
import type { Balancer } from './balancer/balancer.ts';
import { targetGroup } from './balancer/forward.ts';
import { type BalancerName, openBalancers, publishNames, type TargetGroups } from './balancers.ts';
import { type Generation, type GenerationName, generations } from './generations.ts';
import { type StandIn, startBackend } from './mlflow-backend.ts';
import { Authority, type Certificate } from './network/certificates.ts';
import { DnsServer } from './network/dns-server.ts';
import { allScopes, type KeyRecord } from './services/keys.ts';
import { MlflowGate } from './services/mlflow-gate.ts';
import { Redis } from './services/redis.ts';
import { authService, platformUi, type Task } from './services/services.ts';
import { type SandboxTimes, timesAt } from './times.ts';

export interface SandboxOptions {
  readonly generation: GenerationName;
  /** A real MLflow server instead of the stand-in. */
  readonly mlflowUrl: string | null;
  /** How long the parts wait for each other: see times.ts. */
  readonly pace: number;
}

const discoveryName = 'mlflow.hokusai.local';

/** Everything that a fault can change. */
export interface Topology {
  readonly generation: Generation;
  readonly times: SandboxTimes;
  readonly dns: DnsServer;
  readonly authority: Authority;
  readonly balancers: Readonly<Record<BalancerName, Balancer>>;
  readonly outside: Balancer;
  /** The certificate that each balancer presents, for servers that replace it. */
  readonly certificates: Readonly<Record<BalancerName, Certificate>>;
  readonly groups: TargetGroups;
  readonly api: { readonly env: ApiEnvironment; readonly tasks: readonly Task[] };
  readonly auth: Task;
  readonly platformUi: Task;
  readonly keys: Map<string, KeyRecord>;
  readonly key: string;
  readonly discoveryName: string;
  redis: { close(): Promise<void>; readonly port: number };
  /** The layer in front of MLflow within its task: for the balancer, and for the API. */
  readonly gates: Readonly<Record<'public' | 'inside', MlflowGate>>;
  /** Null with a real server. */
  readonly mlflow: StandIn | null;
  /** Resources that a fault started, to close at the end. */
  readonly extras: { close(): Promise<void> }[];
}

export const buildTopology = async (options: SandboxOptions): Promise<Topology> => {
  const generation = generations[options.generation];
  const times = timesAt(options.pace);
  const [dns, authority, redis, backend] = await Promise.all([
    DnsServer.start(),
    Authority.create(),
    Redis.start(),
    startBackend(options.mlflowUrl),
  ]);
  const key = `hk_test_${randomBytes(12).toString('hex')}`;
  const keys = new Map<string, KeyRecord>([[key, { id: 'synthetics', scopes: allScopes, revoked: false }]]);
  const gate = (needsKey: boolean): MlflowGate =>
    new MlflowGate({
      ...backend.location,
      needsKey,
      answersAtRoot: generation.mlflowHostHasHealth,
      lateMs: times.lateAnswerMs,
    });
  const [auth, ui, publicGate, insideGate] = await Promise.all([
    authService(keys).start(),
    platformUi().start(),
    gate(generation.mlflowRouteNeedsKey).start(),
    gate(true).start(),
  ]);
  const inside = new Resolver({ timeout: times.apiLookUpMs, tries: 2 });
  inside.setServers([`127.0.0.1:${dns.port}`]);
  const env: ApiEnvironment = {
    generation,
    times,
    resolver: inside,
    version: generation.version,
    redisPort: redis.port,
    auth: auth.address,
    keyCheck: 'on',
    keyForms: ['bearer', 'x-api-key'],
    mlflowUri: `http://${discoveryName}:${insideGate.port}`,
    proxyRoutes: true,
    forwardsCredentials: true,
    readsBodiesAsText: false,
    breaker: false,
    corsOrigin: 'https://platform.hokus.ai',
    requestsPerMinute: 600,
    healthMethod: 'GET',
    delayMs: 0,
  };
  const tasks = await Promise.all([apiTask(env).start(), apiTask(env).start()]);
  const apiAddresses = tasks.map(({ address }) => address);
  const groups = {
    registryApi: targetGroup('hokusai-reg-api-development', apiAddresses),
    api: targetGroup('hokusai-api-tg-development', apiAddresses),
    auth: targetGroup('hokusai-auth-development', [auth.address]),
    platform: targetGroup('hokusai-platform-development', [ui.address]),
    mlflow: targetGroup('hokusai-mlflow-development', [publicGate.address]),
  };
  const { balancers, outside, certificates } = await openBalancers(authority, groups, times);
  publishNames(dns, { ...balancers, outside });
  dns.set(discoveryName, { kind: 'addresses', addresses: ['127.0.0.1'] });
  return {
    generation,
    times,
    dns,
    authority,
    balancers,
    outside,
    certificates,
    groups,
    api: { env, tasks },
    auth,
    platformUi: ui,
    keys,
    key,
    discoveryName,
    redis,
    gates: { public: publicGate, inside: insideGate },
    mlflow: backend.standIn,
    extras: [],
  };
};

export const closeTopology = async (topology: Topology): Promise<void> => {
  topology.api.env.resolver.cancel();
  await Promise.all([
    ...topology.extras.map((extra) => extra.close()),
    ...Object.values(topology.balancers).map((balancer) => balancer.close()),
    topology.outside.close(),
    topology.dns.close(),
    topology.redis.close(),
    topology.auth.stop(),
    topology.platformUi.stop(),
    ...topology.api.tasks.map((task) => task.stop()),
    ...Object.values(topology.gates).map((task) => task.stop()),
    topology.mlflow?.close(),
  ]);
};
