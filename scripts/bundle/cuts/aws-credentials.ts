import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/**
 * The SDK's default chain (profiles, SSO, STS, container and instance metadata; 70 KB with its clients) is for
 * developers' machines. In Lambda the role's credentials are in the environment: src/aws/lambda-config.ts.
 */
export const awsCredentials: Plugin = cutting('credential chain', [
  {
    files: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    replace: () =>
      `export const defaultProvider = () => async () => { throw new Error('The default credential chain is not in this bundle: give each client its credentials') }`,
  },
]);
