import { isIP } from 'node:net';
import * as v from 'valibot';
import type { Format } from '../format.ts';
import { isHostName } from '../network-address.ts';
import { fileName, key, matching } from './value.ts';

const fromEnvironment = v.strictObject({
  // Upper case only: a key pasted here by mistake is refused, and no error repeats it as a variable's name.
  env: v.pipe(
    matching(/^[A-Z_][A-Z0-9_]{0,127}$/, 'variable-name'),
    v.description('Name of the environment variable that holds the key.'),
  ),
});

const fromFile = v.strictObject({
  file: v.pipe(
    fileName,
    v.description('Path of a file that holds only the key, relative to the folder of the configuration.'),
  ),
});

const fromSecretsManager = v.strictObject({
  secretsManager: v.pipe(
    matching(/^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,519}$/, 'secret-id'),
    v.description('ARN or name of the secret in AWS Secrets Manager.'),
  ),
  field: key(
    matching(/^[A-Za-z0-9_.-]{1,128}$/, 'field-name'),
    "The key's name in the secret's JSON. Leave it out if the secret is only the key.",
  ),
});

const fromParameterStore = v.strictObject({
  ssm: v.pipe(
    matching(/^(arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter)?[A-Za-z0-9/_.-]{1,1011}$/, 'parameter-name'),
    v.description('Name or ARN of the SSM parameter (a SecureString).'),
  ),
});

export const secretReference = v.union(
  [fromEnvironment, fromFile, fromSecretsManager, fromParameterStore],
  ({ input }) => referenceError(input),
);

const apiKey = v.union(
  [fromEnvironment, fromFile, fromSecretsManager, fromParameterStore, v.literal('none')],
  ({ input }) => referenceError(input),
);

/** The form that comes closest decides the message. */
const referenceError = (input: unknown): Format => {
  if (typeof input !== 'object' || input === null) return 'secret-reference';
  const [name, ...others] = Object.keys(input);
  if (name === 'env' && others.length === 0) return 'variable-name';
  if (name === 'file' && others.length === 0) return 'file-name';
  if (name === 'ssm' && others.length === 0) return 'parameter-name';
  if (name === 'secretsManager' && others.length === 0) return 'secret-id';
  return 'secret-reference';
};

const keyHost = v.pipe(
  v.string(),
  v.check((host) => isHostName(host) || isIP(host) !== 0, 'host-name' satisfies Format),
);

export const credentials = v.strictObject({
  apiKey: key(
    apiKey,
    'Where the API key is kept: { env: NAME }, { file: PATH }, { secretsManager: ARN, field: NAME } or { ssm: NAME }; none: run without a key. Never the key itself.',
  ),
  allowedHosts: key(
    v.pipe(v.array(keyHost), v.maxLength(100)),
    "Hosts that may receive the key, besides the platform's own.",
  ),
});
