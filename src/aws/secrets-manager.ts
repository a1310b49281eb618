import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Ask, AwsConfig } from './aws-config.ts';

/** Fetches the whole text of a secret. */
export const createSecretsManager = (config: AwsConfig): Ask => {
  const client = new SecretsManagerClient(config);
  return async (id, abortSignal) =>
    (await client.send(new GetSecretValueCommand({ SecretId: id }), { abortSignal })).SecretString;
};
