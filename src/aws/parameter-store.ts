import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Ask, AwsConfig } from './aws-config.ts';

/** Fetches a parameter's decrypted value. */
export const createParameterStore = (config: AwsConfig): Ask => {
  const client = new SSMClient(config);
  return async (name, abortSignal) =>
    (await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }), { abortSignal })).Parameter
      ?.Value;
};
