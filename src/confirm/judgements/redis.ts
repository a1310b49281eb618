import { type Confirmer, confirmed, undecided, type View } from '../judge.ts';
import { cacheOf } from '../lookups/cache.ts';
import type { HostNamed } from '../resources.ts';
import { closedLine, hopToCache } from './network.ts';
import { noSuchService, serviceIn } from './services.ts';

const source = 'caches';

/** Where a URL of Redis names no port. */
const redisPort = 6_379;

/** States in which a cache answers. */
const upStates = /^(?:available|modifying|snapshotting)$/;

/** The region at the end of an endpoint: `use1`. */
const regionIn = (endpoint: string): string | undefined =>
  /\.([a-z0-9]{2,8})\.cache\.amazonaws\.com$/.exec(endpoint)?.[1];

/** Whether the endpoint would be in the list: caches of other accounts and regions are not, nor serverless ones. */
const isGone = (view: View, { host }: HostNamed): boolean => {
  const region = regionIn(host);
  return (
    region !== undefined &&
    !host.includes('.serverless.') &&
    view.value('caches').some(({ endpoints }) => endpoints.some((one) => regionIn(one) === region))
  );
};

const redis: Confirmer = {
  needs: () => ['services', 'definition.api', 'caches', 'cacheGroups', 'cacheSecurityGroups'],
  further: { facts: () => ['running.api', 'log.api', 'balancer', 'networkAcls', 'cachePlace'] },
  judge: (view, subject) => {
    if (serviceIn(view, subject, 'api') === null) return noSuchService(subject, 'api');
    const lines = view.maybe('log.api')?.counts['redis-unreachable'] ?? 0;
    const inLog = `the API logged ${lines} failed connections to Redis in the last 15 minutes`;
    const definition = view.value('definition.api');
    if (definition.redis === null)
      return lines > 0
        ? confirmed('log.api', inLog)
        : undecided('definition.api', 'REDIS_URL of the API is not a URL, not set, or a secret');
    const cache = cacheOf(definition, { caches: view.value('caches'), cacheGroups: view.value('cacheGroups') });
    if (cache !== null && !upStates.test(cache.status)) return confirmed(source, `${cache.id} is ${cache.status}`);
    if (cache !== null && view.maybe('cacheSecurityGroups') !== null) {
      const hop = hopToCache(view, subject, {
        id: cache.id,
        port: definition.redis.port ?? redisPort,
        securityGroups: cache.nodes.flatMap(({ securityGroups }) => securityGroups),
        place: view.maybe('cachePlace'),
      });
      const closed = hop === null ? null : closedLine(hop);
      if (closed !== null) return closed;
    }
    if (lines > 0) return confirmed('log.api', inLog);
    if (cache !== null) return undecided(source, `${cache.id} is ${cache.status}`);
    return (isGone(view, definition.redis) ? confirmed : undecided)(
      source,
      `REDIS_URL of the API leads to ${definition.redis.host}, and no cache of this account has that endpoint`,
    );
  },
};

export const redisConfirmers = { 'redis-unreachable': redis } as const;
