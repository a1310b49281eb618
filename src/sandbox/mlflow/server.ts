import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Application, createApplication } from './application.ts';
import { type ArtifactClient, createArtifactClient } from './artifact-client.ts';
import { body } from './body.ts';
import { defaultPool, type PoolLimits } from './database-pool.ts';
import type { DatabaseAddress } from './database-session.ts';
import type { Backend } from './endpoint.ts';
import { createGate } from './gate.ts';
import { type Request, type StandInResponse, unquote } from './http.ts';
import { type Listener, startListener } from './listener.ts';
import { type Release, releases } from './release.ts';
import { blockOrigin, corsHeaders, preflight, rejectAnonymous, rejectHost } from './security.ts';
import { createStore, type Store } from './store.ts';
import type { VersionStatus } from './tables.ts';

export interface MlflowOptions {
  readonly database: DatabaseAddress;
  /** Endpoint and bucket; null: `--no-serve-artifacts`. */
  readonly artifactStore: { readonly url: string } | null;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** `--static-prefix`, such as `/mlflow`. */
  readonly staticPrefix?: string;
  /** `--allowed-hosts`; `*` in a pattern stands for anything. */
  readonly allowedHosts?: readonly string[];
  /** `--app-name basic-auth`, with accounts that no client here has. */
  readonly basicAuth?: boolean;
  /** For each of the two connection pools. */
  readonly pool?: PoolLimits;
}

export interface MlflowServer {
  readonly url: string;
  readonly port: number;
  /** As after a restart with or without `--app-name basic-auth`. */
  setBasicAuth(required: boolean): void;
  /** As after a restart with `--no-serve-artifacts`. */
  stopServingArtifacts(): void;
  /** As after a restart with other `--allowed-hosts`. */
  setAllowedHosts(hosts: readonly string[]): void;
  /** As after a restart with another release, on the same database. */
  setRelease(release: Release): void;
  /** As after a restart with a registry that checks new versions first. */
  setNewVersionStatus(status: VersionStatus): void;
  /** Accepts connections but never answers. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** Settings that a restart may change. */
interface Configured {
  readonly release: Release;
  readonly basicAuth: boolean;
  readonly allowedHosts: readonly string[] | undefined;
  readonly artifacts: ArtifactClient | null;
  readonly newVersionStatus: VersionStatus;
}

/** MLflow's changes to its database at start. */
const initialise = async (tracking: Store, artifactRoot: string, now: number): Promise<void> => {
  await tracking.initialise();
  const known = await tracking.read((transaction) => transaction.scan('experiments'));
  if (known.length > 0) return;
  await tracking.write((transaction) =>
    transaction.insert('experiments', '0', {
      experiment_id: '0',
      name: 'Default',
      artifact_location: `${artifactRoot}/0`,
      lifecycle_stage: 'active',
      creation_time: now,
      last_update_time: now,
      tags: [],
    }),
  );
};

/**
 * A stand-in for `mlflow server` 3.9.0 on PostgreSQL and S3: the REST API for registering a model, over real sockets,
 * with its data in the given database and artifact store. Faults are injected there, not here.
 *
 * @throws when the database rejects it: the real server also gives up, after some 100 s.
 */
export const startMlflow = async (options: MlflowOptions): Promise<MlflowServer> => {
  const { artifactStore, staticPrefix = '', pool = defaultPool } = options;
  const { host, port, user, password } = options.database;
  // The current settings. Later changes in the database are unknown here.
  const database: DatabaseAddress = { host, port, user, password };
  let configured: Configured = {
    release: releases['3.9.0'],
    basicAuth: options.basicAuth ?? false,
    allowedHosts: options.allowedHosts,
    artifacts: artifactStore === null ? null : createArtifactClient(artifactStore.url),
    newVersionStatus: 'READY',
  };
  const stores = { tracking: createStore(database, pool), registry: createStore(database, pool) };
  const backend: Backend = {
    ...stores,
    get artifacts() {
      return configured.artifacts;
    },
    get artifactRoot() {
      return configured.artifacts === null ? '/mlflow/mlruns' : 'mlflow-artifacts:';
    },
    get newVersionStatus() {
      return configured.newVersionStatus;
    },
    now: Date.now,
  };
  const closeStores = (): void => {
    stores.tracking.close();
    stores.registry.close();
  };
  await initialise(backend.tracking, backend.artifactRoot, backend.now()).catch((error: unknown) => {
    closeStores();
    throw error;
  });

  const gate = createGate();
  const applicationOf = (release: Release): Application => createApplication(backend, staticPrefix, release);
  let application = applicationOf(configured.release);
  const listener: Listener = await startListener(
    createServer(async (incoming, outgoing) => {
      await gate.opened();
      const request = await received(incoming);
      send(outgoing, request, await answer(application, request, configured), configured.release);
    }),
    options.port,
  );
  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    setBasicAuth: (basicAuth) => {
      configured = { ...configured, basicAuth };
    },
    stopServingArtifacts: () => {
      configured = { ...configured, artifacts: null };
    },
    setAllowedHosts: (allowedHosts) => {
      configured = { ...configured, allowedHosts };
    },
    setRelease: (release) => {
      configured = { ...configured, release };
      application = applicationOf(release);
    },
    setNewVersionStatus: (newVersionStatus) => {
      configured = { ...configured, newVersionStatus };
    },
    freeze: gate.close,
    thaw: gate.open,
    close: async () => {
      gate.open();
      await listener.close();
      closeStores();
    },
  };
};

const received = async (incoming: IncomingMessage): Promise<Request> => {
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]);
  return {
    method: incoming.method ?? 'GET',
    path: unquote(path),
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: await body(incoming),
  };
};

/** The layers of the server, outermost first. Only responses of the innermost carry the security headers. */
const answer = async (
  application: Application,
  request: Request,
  { allowedHosts, basicAuth, release }: Configured,
): Promise<StandInResponse> => {
  const outer = release.securityMiddleware
    ? (rejectHost(request, allowedHosts) ?? preflight(request) ?? blockOrigin(request))
    : null;
  if (outer !== null) return outer;
  const reply = (basicAuth ? rejectAnonymous(request) : null) ?? (await application(request));
  if (!release.securityMiddleware) return { ...reply, headers: [...reply.headers, ...length(reply)] };
  return {
    ...reply,
    headers: [
      ...reply.headers,
      ...length(reply),
      ['x-content-type-options', 'nosniff'],
      ['x-frame-options', 'SAMEORIGIN'],
      ['vary', 'Origin'],
      ...corsHeaders(request),
    ],
  };
};

/** Flask sends a length with every response except a stream and a 204. */
const length = ({ status, content, chunked = false }: StandInResponse): StandInResponse['headers'] =>
  chunked || status === 204 ? [] : [['content-length', String(Buffer.byteLength(content))]];

/** uvicorn's head: lower-case names, no keep-alive header. */
const send = (
  outgoing: ServerResponse,
  { method }: Request,
  { status, headers, content }: StandInResponse,
  { server }: Release,
): void => {
  outgoing.sendDate = false;
  outgoing.removeHeader('connection');
  outgoing.writeHead(status, ['date', new Date().toUTCString(), 'server', server, ...headers.flat()]);
  outgoing.end(method === 'HEAD' ? undefined : content);
};
