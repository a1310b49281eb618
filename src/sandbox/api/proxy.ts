import type { Resolver } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { withoutHopByHop } from '../balancer/forward.ts';
import { reply } from '../services/reply.ts';
import type { ApiEnvironment } from './environment.ts';

/**
 * Consecutive failures that open the circuit breaker. It stays open, because its recovery is one of the things that
 * fail (document E, 6).
 */
const breakerThreshold = 3;

export class Breaker {
  #failures = 0;

  get isOpen(): boolean {
    return this.#failures >= breakerThreshold;
  }

  note(ok: boolean): void {
    this.#failures = ok ? 0 : this.#failures + 1;
  }
}

/** The MLflow paths that the proxy forwards. Others get the API's own 404, in MLflow's format but with a code of its own. */
const passedOn = /^\/api\/mlflow(\/health|\/api\/2\.0\/mlflow(-artifacts)?\/.*)$/;

const isRead = (method: string, path: string): boolean =>
  method === 'GET' ? !path.includes('mlflow-artifacts') : /\/(search|get-history-bulk)$/.test(path);

/** A request that the API forwards. */
interface Proxied {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly env: ApiEnvironment;
  readonly breaker: Breaker;
}

export const proxyToMlflow = (path: string, scopes: readonly string[], proxied: Proxied): void => {
  const { request, response, env, breaker } = proxied;
  const method = request.method ?? 'GET';
  if (path === '/api/mlflow')
    return reply(response, 307, '', { location: `https://${request.headers.host}/api/mlflow/` });
  if (path === '/api/mlflow/') return reply(response, 200, { service: 'mlflow-proxy', version: env.version });
  const rest = passedOn.exec(path)?.[1];
  if (rest === undefined)
    return reply(response, 404, { error_code: 'RESOURCE_NOT_FOUND', message: `No route for ${path}` });
  if (env.generation.registryNeedsAdmin && !scopes.includes('registry:admin'))
    return reply(response, 403, {
      error_code: 'REGISTRY_ADMIN_REQUIRED',
      message: 'An administrator’s key is required',
    });
  const scope = isRead(method, path) ? 'mlflow:read' : 'mlflow:write';
  if (!scopes.includes(scope))
    return reply(response, 403, { detail: `Insufficient permissions: scope ${scope} required` });
  if (env.breaker && breaker.isOpen)
    return reply(response, 503, { detail: 'MLflow service is temporarily unavailable: circuit breaker is open' });
  pass(rest === '/health' ? '/mlflow/health' : rest, proxied);
};

const pass = (path: string, { request, response, env, breaker }: Proxied): void => {
  const uri = env.mlflowUri;
  // A missing variable is noticed only by the code that needs it.
  if (uri === null) return reply(response, 500, { detail: 'Internal Server Error' });
  const url = new URL(uri);
  const query = (request.url ?? '').split('?')[1];
  const { authorization, 'x-api-key': apiKey, ...others } = withoutHopByHop(request.headers);
  const credentials = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
  };
  const { 'content-length': _length, ...withoutLength } = others;
  // As deployed: the proxy drops the body of a DELETE.
  const dropsBody = request.method === 'DELETE';
  const readsText = env.readsBodiesAsText && request.method === 'PUT';
  const timer = setTimeout(() => fail(504, 'MLflow server timed out'), env.times.apiToMlflowMs);
  const upstream = httpRequest({
    host: url.hostname,
    port: url.port,
    method: request.method,
    path: `${path}${query === undefined ? '' : `?${query}`}`,
    headers: {
      ...(dropsBody || readsText ? withoutLength : others),
      host: url.host,
      ...(env.forwardsCredentials ? credentials : {}),
    },
    lookup: lookupBy(env.resolver),
    agent: false,
  });
  const fail = (status: number, detail: string): void => {
    clearTimeout(timer);
    breaker.note(false);
    upstream.destroy();
    if (!response.headersSent) reply(response, status, { detail });
  };
  upstream.on('error', () => fail(502, `Failed to connect to MLflow server at ${uri}`));
  upstream.on('response', (answer) => {
    clearTimeout(timer);
    breaker.note(true);
    response.writeHead(answer.statusCode ?? 502, { ...withoutHopByHop(answer.headers), server: 'uvicorn' });
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  response.on('close', () => {
    clearTimeout(timer);
    upstream.destroy();
  });
  if (dropsBody) {
    request.resume();
    upstream.end();
  } else if (readsText)
    void text(request).then(
      (body) => upstream.end(body),
      () => upstream.destroy(),
    );
  else request.pipe(upstream);
};

/** Only the VPC's own name server knows the names inside the VPC. */
const lookupBy =
  (resolver: Resolver): LookupFunction =>
  (name, options, done) => {
    resolver.resolve4(name, (error, addresses) => {
      const found = error ? [] : addresses.map((address) => ({ address, family: 4 }));
      if (options.all === true) done(error, found);
      else done(error, found[0]?.address ?? '', 4);
    });
  };

/** A request of the API itself to MLflow. Rejects unless it succeeds within the proxy's time-out. */
export const askMlflow = (path: string, env: ApiEnvironment): Promise<void> =>
  new Promise((resolve, reject) => {
    if (env.mlflowUri === null) return reject(new Error('MLFLOW_TRACKING_URI is not set'));
    const url = new URL(env.mlflowUri);
    const asked = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        path,
        headers: { host: url.host, 'x-api-key': 'internal' },
        lookup: lookupBy(env.resolver),
        agent: false,
      },
      (answer) => {
        clearTimeout(timer);
        answer.resume();
        if ((answer.statusCode ?? 500) < 400) resolve();
        else reject(new Error(`MLflow answered ${answer.statusCode}`));
      },
    );
    const timer = setTimeout(() => asked.destroy(new Error('timeout')), env.times.apiToMlflowMs);
    asked.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    asked.end();
  });
