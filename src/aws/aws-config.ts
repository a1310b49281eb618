import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';

/**
 * Settings that both AWS clients accept. Without credentials, the SDK's own chain applies (profiles, SSO, the
 * environment).
 */
export type AwsConfig = Pick<
  SecretsManagerClientConfig & SSMClientConfig,
  'credentials' | 'maxAttempts' | 'requestHandler' | 'region' | 'endpoint'
>;

/** Fetches a text by its name from an AWS store. */
export type Ask = (name: string, signal: AbortSignal) => Promise<string | undefined>;
