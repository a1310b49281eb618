import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsConfig } from './aws-config.ts';

export const createSecretsProvider = (config: AwsConfig): SecretsProvider =>
  new SecretsProvider({ awsSdkV3Client: new SecretsManagerClient(config) });
