import { OutOfReach, type StoredSecretReference } from '../config/secrets.ts';
import { TimeUp, within } from '../model/within.ts';
import type { Ask, AwsConfig } from './aws-config.ts';
import { awsLimits } from './limits.ts';

/** Both throw an error with the reason only; the caller adds what was requested. */
export interface SecretStores {
  /** The stored text. For Secrets Manager always the whole secret, whichever field is meant. */
  readonly fetchSecret: (reference: StoredSecretReference, signal?: AbortSignal) => Promise<string>;
  /** The same past the cache, for a key that the platform rejects. */
  readonly fetchRotated: (reference: StoredSecretReference, signal?: AbortSignal) => Promise<string>;
  readonly fetchParameter: (name: string, signal?: AbortSignal) => Promise<string>;
}

interface Kept {
  readonly text: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

export interface SecretStoreOptions {
  /** One secret or parameter, including all attempts. */
  readonly limitMs?: number;
  /** Called when an old value is used, with the reason. */
  readonly onStale?: (sentence: string) => void;
}

/**
 * Fetches from Secrets Manager and the parameter store. Caches each value for five minutes, and for an hour while the
 * store does not respond, which it reports. Loads the clients when they are first needed. We have our own cache because
 * those of middy and Powertools accept no signal to end a call and have no fallback when the store does not respond.
 */
export const createSecretStores = (config: AwsConfig, options: SecretStoreOptions = {}): SecretStores => {
  const secretsManager = remembering('Secrets Manager', options, async () =>
    (await import('./secrets-manager.ts')).createSecretsManager(config),
  );
  const parameterStore = remembering('The parameter store (SSM)', options, async () =>
    (await import('./parameter-store.ts')).createParameterStore(config),
  );
  const fetchUpTo =
    (maxAgeMs: number) =>
    (reference: StoredSecretReference, signal?: AbortSignal): Promise<string> =>
      reference.from === 'ssm'
        ? parameterStore(reference.name, signal, maxAgeMs)
        : secretsManager(reference.id, signal, maxAgeMs);
  return {
    fetchParameter: parameterStore,
    fetchSecret: fetchUpTo(awsLimits.secretMaxAgeMs),
    fetchRotated: fetchUpTo(0),
  };
};

const remembering = (
  store: string,
  { limitMs = awsLimits.secretMs, onStale }: SecretStoreOptions,
  open: () => Promise<Ask>,
): ((name: string, signal?: AbortSignal, maxAgeMs?: number) => Promise<string>) => {
  let opened: Promise<Ask> | null = null;
  const all = new Map<string, Kept>();
  const ask = async (name: string, signal: AbortSignal): Promise<string> => {
    opened ??= open();
    const text = await (await opened)(name, signal);
    if (text === undefined || text === '') throw new Error('it is empty or not text');
    return text;
  };
  return async (name, signal, maxAgeMs = awsLimits.secretMaxAgeMs) => {
    const kept = all.get(name);
    const ageMs = kept === undefined ? Number.POSITIVE_INFINITY : Date.now() - kept.at;
    if (kept !== undefined && ageMs < maxAgeMs) return kept.text;
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
      onStale?.(`${store} is out of reach, so the earlier value of ${name} is used: ${reasonOf(error)}`);
      return kept.text;
    }
  };
};

/** The name of an SDK error says what went wrong. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Error names of the SDK and Node for network failures, and of services for temporary ones. */
const passing =
  /^(?:AbortError|TimeoutError|ECONN\w+|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|Thrott\w+|RequestLimitExceeded|InternalService\w*|InternalServerError)$|TooManyRequests|ServiceUnavailable/;

/**
 * Whether an AWS service does not respond, or only temporarily refuses: the value is then unknown. A permanent refusal
 * is a response.
 */
const isOutOfReach = (error: unknown): boolean =>
  error instanceof TimeUp ||
  (error instanceof Error &&
    (passing.test(error.name) || ('code' in error && passing.test(String(error.code))) || isServerFault(error)));

const isServerFault = (error: Error): boolean => '$fault' in error && error.$fault === 'server';
