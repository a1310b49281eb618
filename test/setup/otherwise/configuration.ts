import { stringify } from 'yaml';
import type { Limits } from '../../../src/model/limits.ts';

/**
 * How long the parts wait: the platform's own times (balancer 10 and 60 s, API on MLflow 30 s) at about a tenth, in
 * proportion to the prober's limits. The prober then sees or misses the same responses as on the platform.
 */
export const seconds = { apiToMlflow: 3.6, apiToAuth: 1, apiToRedis: 1 } as const;

const limits: Partial<Limits> = {
  resolveMs: 1_500,
  connectMs: 1_500,
  tlsMs: 1_500,
  transferMs: 1_500,
  totalMs: 3_000,
  decisiveMs: 5_500,
  slowMs: 1_500,
  deadlineMs: 30_000,
  cleanupReserveMs: 5_000,
  pendingMs: 500,
};

export interface ConfigurationFacts {
  readonly nameServerPort: number;
  readonly https: number;
  readonly http: number;
  readonly caFile: string;
  readonly keyFile: string;
  readonly knownModel: string;
}

/** The configuration that an operator of this platform would write. */
export const configurationOf = (facts: ConfigurationFacts, baseline: string | null): string =>
  stringify({
    environment: 'otherwise',
    credentials: { apiKey: { file: facts.keyFile } },
    network: {
      dnsServers: [`127.0.0.1:${facts.nameServerPort}`],
      connectTo: [`:443::${facts.https}`, `:80::${facts.http}`],
      caFile: facts.caFile,
    },
    limits,
    ...(baseline === null ? {} : { baseline }),
    targets: {
      'registry.known-model': {
        url: `https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/registered-models/get?name=${facts.knownModel}`,
        auth: 'bearer',
        expect: { status: 200, json: true },
      },
    },
  });
