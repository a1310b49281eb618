import type { Logger } from '@aws-lambda-powertools/logger';
import type { SecretStores } from '../../aws/secrets.ts';
import type { RenewKey } from '../../monitor/cycle-with-key.ts';
import { type Prepared, prepare } from '../../monitor/prepare.ts';

interface Renewing {
  readonly stores: SecretStores;
  readonly limitMs: () => number;
  readonly logger: Logger;
}

/** Reads the rejected key from its store again; an environment keeps it for minutes. */
export const keyRenewal =
  (prepared: Prepared, { stores, limitMs, logger }: Renewing): RenewKey =>
  async () => {
    const sources = { env: process.env, fetchSecret: stores.fetchRotated, limitMs: limitMs() };
    // A key that cannot be read is as rejected as before.
    const { apiKey } = await prepare(prepared, sources).catch(() => prepared);
    if (apiKey === null || apiKey === prepared.apiKey) return null;
    logger.warn('The platform rejects the key, and its store has a new one: the cycle starts again with it');
    return apiKey;
  };
