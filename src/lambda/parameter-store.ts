import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { AwsConfig } from './aws-config.ts';

export const createParameterProvider = (config: AwsConfig): SSMProvider =>
  new SSMProvider({ awsSdkV3Client: new SSMClient(config) });
