import type { SecretSources } from '../config/secrets.ts';

/** A person's credentials may come from a program that takes its time. */
const limitMs = 30_000;

/** Secrets as a command line finds them; AWS is asked with the credentials of the environment. */
export const secretSources = (env: SecretSources['env']): SecretSources => ({
  env,
  fetchSecret: async (reference, signal) => {
    const { createSecretStores } = await import('../aws/secrets.ts');
    return createSecretStores({}, { limitMs }).fetchSecret(reference, signal);
  },
});
