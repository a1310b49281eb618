import { StoreError } from '../store.ts';
import { messageOf } from './wording.ts';

const missing =
  'there is no such table in this account and region: make it with the partition key "environment" (a string), or correct its name or the region';
const forbidden =
  'this role or user may not use it: allow dynamodb:GetItem and dynamodb:PutItem on the table, and look at the key that encrypts it';
const throttled = 'AWS throttles its requests: give the table on-demand capacity, or check who else uses it';
const silent = 'DynamoDB does not answer in time: look at the network from here, and at the AWS Health Dashboard';
const credentials =
  'AWS does not accept the credentials: look at the role, the keys and their expiry, and the clock here';

/** By error name, as AWS and its SDK give it, or by Node's code for network errors. */
const reasons: Readonly<Record<string, string>> = {
  ResourceNotFoundException: missing,
  AccessDeniedException: forbidden,
  ProvisionedThroughputExceededException: throttled,
  ThrottlingException: throttled,
  RequestLimitExceeded: throttled,
  TimeUp: silent,
  TimeoutError: silent,
  AbortError: silent,
  ECONNREFUSED: silent,
  ECONNRESET: silent,
  ENOTFOUND: silent,
  EAI_AGAIN: silent,
  InternalServerError: 'DynamoDB itself fails: look at the AWS Health Dashboard',
  UnrecognizedClientException: credentials,
  ExpiredTokenException: credentials,
  InvalidSignatureException: credentials,
  MissingAuthenticationTokenException: credentials,
  CredentialsProviderError: 'there are no AWS credentials here: set a profile, a role or keys',
  ValidationException:
    'it refuses the request: check that its partition key is "environment" (a string), without a sort key',
};

const namesOf = (error: unknown): readonly string[] =>
  error instanceof Error ? ['code' in error ? String(error.code) : '', error.name] : [];

export const dynamoTrouble = (table: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const name = namesOf(error).find((one) => Object.hasOwn(reasons, one));
  const said = name === undefined ? messageOf(error) : `${reasons[name]} (${name}: ${messageOf(error)})`;
  return new StoreError('unavailable', `The incidents cannot be kept in the DynamoDB table ${table}: ${said}`, {
    cause: error,
  });
};
