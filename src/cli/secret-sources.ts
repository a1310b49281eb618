import type { SecretSources } from '../config/secrets.ts';

/** A user's credentials may come from a slow program, such as a login helper. */
const limitMs = 30_000;

/** Secrets of the command line; AWS is called with the credentials of the environment. */
export const secretSources = (env: SecretSources['env']): SecretSources => ({
  env,
  fetchSecret: async (reference, signal) => {
    const { createSecretStores } = await import('../aws/secrets.ts');
    return createSecretStores({}, { limitMs }).fetchSecret(reference, signal);
  },
});
