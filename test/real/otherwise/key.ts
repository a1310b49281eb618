import { deployed, frozen, type OperatorFaults, stopped } from './fault.ts';

/** Keys, the service that validates them, and the cache of its answers. */
export const keyFaults: OperatorFaults = {
  'auth-stopped-keys-cached': {
    title: 'the auth service is stopped, and Redis still caches the key',
    expects: [['auth-service-unavailable']],
    make: stopped('auth'),
  },
  'auth-stopped': {
    title: 'the auth service is stopped for longer than Redis caches a key',
    expects: [['auth-service-unavailable']],
    make: async (platform) => {
      const undo = await stopped('auth')(platform);
      await platform.forgetKeys();
      return undo;
    },
  },
  'auth-frozen': {
    title: 'the auth service is frozen for longer than Redis caches a key',
    expects: [['auth-service-unavailable']],
    make: async (platform) => {
      const undo = await frozen('auth')(platform);
      await platform.forgetKeys();
      return undo;
    },
  },
  'auth-frozen-keys-cached': {
    title: 'the auth service is frozen, and Redis still caches the key',
    expects: [['auth-service-unavailable']],
    make: frozen('auth'),
  },
  'redis-wants-password': {
    title: 'Redis requires a password that the API does not have',
    expects: [['redis-unreachable']],
    make: async ({ redisCli }) => {
      await redisCli('config', 'set', 'requirepass', 'hk_test_password');
      return async () => {
        await redisCli('--no-auth-warning', '-a', 'hk_test_password', 'config', 'set', 'requirepass', '');
      };
    },
  },
  'redis-stopped': { title: 'Redis is stopped', expects: [['redis-unreachable']], make: stopped('redis') },
  'redis-frozen': {
    title: 'Redis is frozen',
    expects: [['redis-unreachable']],
    aboutSlowness: true,
    make: frozen('redis'),
  },
  'key-revoked': {
    title: 'the key is revoked',
    expects: [['api-key-rejected', 'api-gateway-auth']],
    make: async ({ keys, forgetKeys }) => {
      const undo = await keys.change({ revoked: true });
      await forgetKeys();
      return undo;
    },
  },
  'key-revoked-still-cached': {
    title: 'the key was revoked a minute ago, and Redis still caches it',
    expects: [['api-key-rejected', 'api-gateway-auth']],
    make: ({ keys }) => keys.change({ revoked: true }),
  },
  'key-without-write-scope': {
    title: 'the key has lost the scope to write',
    expects: [['write-scope-missing']],
    make: async ({ keys, forgetKeys }) => {
      const undo = await keys.change({ scopes: ['model:read', 'mlflow:read'] });
      await forgetKeys();
      return async () => {
        await undo();
        await forgetKeys();
      };
    },
  },
  'rate-limit-low': {
    title: 'the API allows three requests a minute',
    expects: [['rate-limited']],
    make: deployed({ REQUESTS_PER_MINUTE: '3' }),
  },
  'bearer-refused': {
    title: 'the API has read only X-API-Key since the last deployment',
    expects: [['auth-flow-regression']],
    make: deployed({ KEY_FORMS: 'x-api-key' }),
  },
  'x-api-key-refused': {
    title: 'the API has read only Bearer since the last deployment',
    expects: [['auth-flow-regression']],
    make: deployed({ KEY_FORMS: 'bearer' }),
  },
};
