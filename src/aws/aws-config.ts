import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';

/** What both AWS clients understand; without credentials the SDK's own chain is asked (profiles, SSO, the environment). */
export type AwsConfig = Pick<
  SecretsManagerClientConfig & SSMClientConfig,
  'credentials' | 'maxAttempts' | 'requestHandler' | 'region' | 'endpoint'
>;

/** Asks a store of AWS for a text by its name. */
export type Ask = (name: string, signal: AbortSignal) => Promise<string | undefined>;
