import { askRedis } from '../services/redis.ts';
import type { ApiEnvironment } from './environment.ts';
import { askMlflow } from './proxy.ts';

interface HealthAnswer {
  readonly status: 'healthy' | 'degraded';
  readonly version: string;
  readonly services: Readonly<Record<string, { readonly status: string }>>;
}

/** Attempts of the deep route, each as long as the proxy's time-out. */
const deepTries = 2;

export const shallowHealth = async (env: ApiEnvironment): Promise<HealthAnswer> =>
  answer(env, { redis: await isUp(() => askRedis(env.redisPort, ['GET', 'ping'], env.times.apiGlanceMs)) });

/** Checks everything that the API depends on, with retries. This takes minutes while a dependency is down. */
export const deepHealth = async (env: ApiEnvironment): Promise<HealthAnswer> => {
  const mlflow = async (): Promise<void> => {
    let last: unknown;
    for (let i = 0; i < deepTries; i += 1) {
      try {
        await askMlflow('/mlflow/health', env);
        return;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  };
  return answer(env, {
    mlflow: await isUp(mlflow),
    redis: await isUp(() => askRedis(env.redisPort, ['GET', 'ping'], env.times.apiToRedisMs)),
  });
};

const isUp = async (ask: () => Promise<unknown>): Promise<boolean> =>
  ask().then(
    () => true,
    () => false,
  );

const answer = (env: ApiEnvironment, up: Readonly<Record<string, boolean>>): HealthAnswer => ({
  status: Object.values(up).every(Boolean) ? 'healthy' : 'degraded',
  version: env.version,
  services: Object.fromEntries(
    Object.entries(up).map(([name, isHealthy]) => [name, { status: isHealthy ? 'healthy' : 'unhealthy' }]),
  ),
});
