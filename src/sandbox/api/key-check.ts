import { request as httpRequest, type IncomingMessage } from 'node:http';
import { askRedis } from '../services/redis.ts';
import { keyOf } from '../services/reply.ts';
import type { ApiEnvironment } from './environment.ts';

export type KeyVerdict =
  | { readonly ok: true; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly status: number; readonly detail: string; readonly retryAfter?: string };

/** The API's key check: first its cache, then the auth service. The generation decides how auth failures are reported. */
export const checkKey = async (request: IncomingMessage, env: ApiEnvironment): Promise<KeyVerdict> => {
  if (env.keyCheck === 'off') return { ok: true, scopes: ['registry:admin', 'mlflow:read', 'mlflow:write'] };
  const key = keyOf(request, env.keyForms);
  if (key === null) return { ok: false, status: 401, detail: 'API key required' };
  const cached = await askRedis(env.redisPort, ['GET', `key:${key}`], env.times.apiToRedisMs).catch(() => null);
  if (cached !== null) return { ok: true, scopes: cached.split(' ') };
  const trouble = (detail: string): KeyVerdict => ({
    ok: false,
    status: env.generation.authTroubleStatus,
    detail,
    ...(env.generation.authTroubleStatus === 503 ? { retryAfter: '5' } : {}),
  });
  const answer = await askAuth(key, env).catch((error: NodeJS.ErrnoException) => error);
  if (answer instanceof Error)
    return trouble(
      answer.message === 'timeout' ? 'Authentication service timed out' : 'Authentication service not available',
    );
  if (answer.status === 401) return { ok: false, status: 401, detail: 'Invalid or expired API key' };
  if (answer.status !== 200) return trouble('Authentication service not available');
  const { scopes } = JSON.parse(answer.body) as { readonly scopes: readonly string[] };
  await askRedis(env.redisPort, ['SET', `key:${key}`, scopes.join(' ')], env.times.apiToRedisMs).catch(() => null);
  return { ok: true, scopes };
};

const askAuth = (key: string, env: ApiEnvironment): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        ...env.auth,
        path: '/api/validate',
        headers: { 'x-api-key': key },
        agent: false,
        timeout: env.times.apiToAuthMs,
      },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 500, body }));
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', reject);
    asked.end();
  });
