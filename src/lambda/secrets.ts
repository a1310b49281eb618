import type { StoredSecretReference } from '../config/secrets.ts';
import type { AwsConfig } from './aws-config.ts';
import { lambdaLimits } from './limits.ts';

/** Both throw an error that says why, and leaves it to the caller to say what was asked for. */
export interface SecretStores {
  /** The text that is stored: for Secrets Manager as a whole, whichever field is meant. */
  readonly fetchSecret: (reference: StoredSecretReference) => Promise<string>;
  readonly fetchParameter: (name: string) => Promise<string>;
}

/** Asks Secrets Manager and the parameter store, and keeps each answer for five minutes. The clients are loaded when first needed. */
export const createSecretStores = (config: AwsConfig): SecretStores => {
  const secretsManager = lazily(async () => {
    const { createSecretsProvider } = await import('./secrets-manager.ts');
    return createSecretsProvider(config);
  });
  const parameterStore = lazily(async () => {
    const { createParameterProvider } = await import('./parameter-store.ts');
    return createParameterProvider(config);
  });
  const maxAge = lambdaLimits.secretMaxAgeSeconds;

  const fetchParameter = (name: string): Promise<string> =>
    textOf(async () => (await parameterStore()).get(name, { maxAge, decrypt: true }));

  return {
    fetchParameter,
    fetchSecret: (reference) =>
      reference.from === 'ssm'
        ? fetchParameter(reference.name)
        : textOf(async () => (await secretsManager()).get(reference.id, { maxAge })),
  };
};

const lazily = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
};

const textOf = async (ask: () => Promise<string | Uint8Array | undefined>): Promise<string> => {
  let value: string | Uint8Array | undefined;
  try {
    value = await ask();
  } catch (thrown) {
    throw new Error(reasonOf(thrown), { cause: thrown });
  }
  if (typeof value !== 'string' || value === '') throw new Error('it is empty, or no text');
  return value;
};

/** Powertools wraps the SDK's error, whose name says more than its message. */
const reasonOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
};
