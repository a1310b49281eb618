import type { IncomingMessage, ServerResponse } from 'node:http';
import { reply } from '../services/reply.ts';
import { Task } from '../services/services.ts';
import type { ApiEnvironment } from './environment.ts';
import { deepHealth, shallowHealth } from './health.ts';
import { checkKey } from './key-check.ts';
import { Breaker, proxyToMlflow } from './proxy.ts';

/**
 * One task of the API, behaving like FastAPI under uvicorn: a single event loop, so a blocking handler delays every
 * other request.
 */
export const apiTask = (env: ApiEnvironment): Task => {
  const breaker = new Breaker();
  let loop: Promise<unknown> = Promise.resolve();
  const counted = { minute: 0, requests: 0 };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const [area, deep] = routeOf(path, request.url ?? '', env);
    if (env.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, env.delayMs));
    if (request.method === 'OPTIONS') return preflight(response, env);
    if (request.method === 'HEAD') return reply(response, 405, { detail: 'Method Not Allowed' }, { allow: 'GET' });
    switch (area) {
      case 'root':
        return reply(response, 200, { message: 'Hokusai API', version: env.version });
      case 'alive':
        return reply(response, 200, { status: 'healthy' });
      case 'health': {
        if (request.method !== env.healthMethod)
          return reply(response, 405, { detail: 'Method Not Allowed' }, { allow: env.healthMethod });
        if (!deep) return reply(response, 200, await shallowHealth(env));
        // Synchronous calls in the only event loop, so all other requests wait.
        const held = loop.then(() => deepHealth(env));
        loop = held.catch(() => undefined);
        const health = await held;
        return reply(response, 200, health);
      }
      case 'mlflow': {
        const minute = Math.floor(Date.now() / 60_000);
        counted.requests = counted.minute === minute ? counted.requests + 1 : 1;
        counted.minute = minute;
        const key = await checkKey(request, env);
        if (!key.ok)
          return reply(
            response,
            key.status,
            { detail: key.detail },
            key.retryAfter ? { 'retry-after': key.retryAfter } : {},
          );
        if (counted.requests > env.requestsPerMinute)
          return reply(response, 429, { detail: 'Rate limit exceeded' }, { 'retry-after': '30' });
        return proxyToMlflow(path, key.scopes, { request, response, env, breaker });
      }
      case 'none':
        return reply(response, 404, { detail: 'Not Found' });
    }
  };

  return new Task((request, response) => {
    response.on('error', () => undefined);
    loop
      .then(() => handle(request, response))
      .catch(() => {
        if (response.headersSent) response.destroy();
        else reply(response, 500, { detail: 'Internal Server Error' });
      });
  });
};

type Area = 'root' | 'alive' | 'health' | 'mlflow' | 'none';

const routeOf = (path: string, url: string, env: ApiEnvironment): readonly [Area, boolean] => {
  if (path === '/') return ['root', false];
  if (path === '/health/alb') return ['alive', false];
  if (path === '/health/mlflow' || path === '/models/' || url.includes('detailed=true')) return ['health', true];
  if (path === '/health') return ['health', env.generation.healthIsDeep];
  if (path === '/api/health' || path === '/api/v1/health') return ['health', false];
  if (
    env.proxyRoutes &&
    (path === '/api/mlflow' || path.startsWith('/api/mlflow/') || path.startsWith('/api/2.0/mlflow/'))
  )
    return ['mlflow', false];
  return ['none', false];
};

/** FastAPI's CORSMiddleware. */
const preflight = (response: ServerResponse, { corsOrigin }: ApiEnvironment): void => {
  if (corsOrigin === null) return reply(response, 405, { detail: 'Method Not Allowed' }, { allow: 'GET, POST' });
  reply(response, 200, 'OK', {
    'access-control-allow-origin': corsOrigin,
    'access-control-allow-methods': 'DELETE, GET, OPTIONS, PATCH, POST, PUT',
    'access-control-allow-headers': 'authorization, content-type, x-api-key',
    'access-control-max-age': '600',
  });
};
