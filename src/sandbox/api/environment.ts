import type { Resolver } from 'node:dns';
import type { Generation } from '../generations.ts';
import type { SandboxTimes } from '../times.ts';

/** The API's environment, from its task definition and its surroundings. A fault changes it, as a deployment would. */
export interface ApiEnvironment {
  readonly generation: Generation;
  times: SandboxTimes;
  /** The names inside the VPC. */
  readonly resolver: Resolver;
  version: string;
  redisPort: number;
  auth: { readonly host: string; readonly port: number };
  keyCheck: 'on' | 'off';
  keyForms: readonly ('bearer' | 'x-api-key')[];
  /** MLFLOW_TRACKING_URI; null: not set. */
  mlflowUri: string | null;
  proxyRoutes: boolean;
  forwardsCredentials: boolean;
  /** The proxy decodes bodies as UTF-8 and so corrupts any that are not. */
  readsBodiesAsText: boolean;
  breaker: boolean;
  corsOrigin: string | null;
  requestsPerMinute: number;
  healthMethod: 'GET' | 'POST';
  /** Added to each response. */
  delayMs: number;
}
