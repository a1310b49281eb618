import { OutOfReach, type StoredSecretReference } from '../config/secrets.ts';
import { TimeUp, within } from '../model/within.ts';
import type { Ask, AwsConfig } from './aws-config.ts';
import { awsLimits } from './limits.ts';

/** Both throw an error that says why, and leaves it to the caller to say what was asked for. */
export interface SecretStores {
  /** The text that is stored: for Secrets Manager as a whole, whichever field is meant. */
  readonly fetchSecret: (reference: StoredSecretReference, signal?: AbortSignal) => Promise<string>;
  readonly fetchParameter: (name: string, signal?: AbortSignal) => Promise<string>;
}

interface Kept {
  readonly text: string;
  /** Unix time, ms. */
  readonly at: number;
}

export interface SecretStoreOptions {
  /** One secret or parameter, all attempts together. */
  readonly limitMs?: number;
  /** Told when an old answer is used, and why. */
  readonly onStale?: (sentence: string) => void;
}

/**
 * Asks Secrets Manager and the parameter store, and keeps each answer for five minutes; when the store does not answer then, for
 * an hour, and says so. The clients are loaded when first needed. Our own, because the caches of middy and Powertools take no
 * signal that ends a call, and have nothing to offer when the store does not answer.
 */
export const createSecretStores = (config: AwsConfig, options: SecretStoreOptions = {}): SecretStores => {
  const secretsManager = remembering('Secrets Manager', options, async () =>
    (await import('./secrets-manager.ts')).createSecretsManager(config),
  );
  const parameterStore = remembering('The parameter store (SSM)', options, async () =>
    (await import('./parameter-store.ts')).createParameterStore(config),
  );
  return {
    fetchParameter: parameterStore,
    fetchSecret: (reference, signal) =>
      reference.from === 'ssm' ? parameterStore(reference.name, signal) : secretsManager(reference.id, signal),
  };
};

const remembering = (
  store: string,
  { limitMs = awsLimits.secretMs, onStale }: SecretStoreOptions,
  open: () => Promise<Ask>,
): ((name: string, signal?: AbortSignal) => Promise<string>) => {
  let opened: Promise<Ask> | null = null;
  const all = new Map<string, Kept>();
  const ask = async (name: string, signal: AbortSignal): Promise<string> => {
    opened ??= open();
    const text = await (await opened)(name, signal);
    if (text === undefined || text === '') throw new Error('it is empty, or no text');
    return text;
  };
  return async (name, signal) => {
    const kept = all.get(name);
    const ageMs = kept === undefined ? Number.POSITIVE_INFINITY : Date.now() - kept.at;
    if (kept !== undefined && ageMs < awsLimits.secretMaxAgeMs) return kept.text;
    try {
      const text = await within({ failing: `${store} did not answer`, ms: limitMs, signal }, (ending) =>
        ask(name, ending),
      );
      all.set(name, { text, at: Date.now() });
      return text;
    } catch (error) {
      if (!isOutOfReach(error)) throw new Error(reasonOf(error), { cause: error });
      if (kept === undefined || ageMs >= awsLimits.secretStaleMs)
        throw new OutOfReach(`${store} is out of reach: ${reasonOf(error)}`, { cause: error });
      onStale?.(`${store} is out of reach, so what it said of ${name} earlier is used: ${reasonOf(error)}`);
      return kept.text;
    }
  };
};

/** An error of the SDK is called by what went wrong. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** By the names that the SDK and Node give to errors on the way to a service, and services to those that pass. */
const passing =
  /^(?:AbortError|TimeoutError|ECONN\w+|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|Thrott\w+|RequestLimitExceeded|InternalService\w*|InternalServerError)$|TooManyRequests|ServiceUnavailable/;

/** Whether a service of AWS does not answer, or puts it off: what it would have said is not known. A refusal is an answer. */
const isOutOfReach = (error: unknown): boolean =>
  error instanceof TimeUp ||
  (error instanceof Error &&
    (passing.test(error.name) || ('code' in error && passing.test(String(error.code))) || isServerFault(error)));

const isServerFault = (error: Error): boolean => '$fault' in error && error.$fault === 'server';
