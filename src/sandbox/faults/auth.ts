import { startBlackhole } from '../network/blackhole.ts';
import { holdPorts } from '../network/held-port.ts';
import { reply } from '../services/reply.ts';
import { Task } from '../services/services.ts';
import type { InjectedFault } from './fault.ts';

export const authFaults = {
  'auth-service-stopped': {
    title: 'the auth service is down, for users and for the API',
    causes: ['auth-service-unavailable'],
    shows: ['auth-unavailable', 'lb-bad-gateway'],
    apply: async ({ auth, extras }) => {
      await auth.stop();
      extras.push(await holdPorts([auth]));
    },
  },
  'key-revoked': {
    title: 'the key is revoked',
    causes: ['api-key-rejected'],
    shows: ['auth-rejected'],
    apply: ({ keys, key }) => {
      const record = keys.get(key);
      if (record !== undefined) record.revoked = true;
    },
  },
  'key-without-scopes': {
    title: 'the key has lost every scope',
    causes: ['write-scope-missing'],
    shows: ['forbidden'],
    apply: ({ keys, key }) => {
      const record = keys.get(key);
      if (record !== undefined) record.scopes = [];
    },
  },
  'key-read-only': {
    title: 'the key has lost the scope to write',
    causes: ['write-scope-missing'],
    shows: ['forbidden'],
    apply: ({ keys, key }) => {
      const record = keys.get(key);
      if (record !== undefined) record.scopes = record.scopes.filter((scope) => !scope.endsWith(':write'));
    },
  },
  'bearer-no-longer-read': {
    title: 'the API has read only X-API-Key since the last deployment',
    causes: ['auth-flow-regression'],
    shows: ['auth-missing'],
    apply: ({ api: { env } }) => {
      env.keyForms = ['x-api-key'];
      env.version = `${env.version}+1`;
    },
  },
  'key-check-removed': {
    title: 'the API accepts requests without checking keys',
    causes: [],
    shows: ['auth-bypassed'],
    apply: ({ api: { env } }) => {
      env.keyCheck = 'off';
    },
  },
  'redis-unreachable': {
    title: 'the security group of Redis drops traffic from the API',
    causes: ['redis-unreachable'],
    shows: ['response-timeout'],
    apply: async (topology) => {
      await topology.redis.close();
      topology.redis = await startBlackhole('127.0.0.1', topology.redis.port);
    },
  },
  'redis-stopped': {
    title: 'Redis is down',
    causes: ['redis-unreachable'],
    shows: ['dependency-unhealthy'],
    verdicts: ['degraded'],
    apply: async ({ redis, extras }) => {
      await redis.close();
      extras.push(await holdPorts([redis]));
    },
  },
  'authorizer-misconfigured': {
    title: 'a gateway in front of the API and the auth service rejects every key',
    causes: ['api-gateway-auth'],
    shows: ['auth-rejected'],
    apply: async ({ groups, extras }) => {
      for (const group of [groups.registryApi, groups.api, groups.auth]) {
        const behind = group.targets;
        const gateway = new Task((request, response) => {
          const { authorization, 'x-api-key': apiKey } = request.headers;
          if (authorization !== undefined || apiKey !== undefined)
            return reply(response, 401, { message: 'Unauthorized' }, { 'x-amz-apigw-id': 'sandbox=' });
          const target = behind[0];
          if (target === undefined) return reply(response, 500, { message: 'Internal server error' });
          // Requests without a key pass unchanged.
          fetch(`http://${target.host}:${target.port}${request.url}`, {
            method: request.method ?? 'GET',
            redirect: 'manual',
          })
            .then(async (answer) => {
              response.writeHead(answer.status, Object.fromEntries(answer.headers));
              response.end(Buffer.from(await answer.arrayBuffer()));
            })
            .catch(() => reply(response, 504, { message: 'Endpoint request timed out' }));
        });
        await gateway.start();
        extras.push({ close: () => gateway.stop() });
        group.targets = [gateway.address];
      }
    },
  },
} as const satisfies Record<string, InjectedFault>;
