import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Confirmer } from './judge.ts';
import { edgeConfirmers } from './judgements/edge.ts';
import { gatewayConfirmers } from './judgements/gateway.ts';
import { keyConfirmers } from './judgements/key.ts';
import { mlflowConfirmers } from './judgements/mlflow.ts';
import { networkConfirmers } from './judgements/network.ts';
import { redisConfirmers } from './judgements/redis.ts';
import { serviceConfirmers } from './judgements/services.ts';

/** Why AWS cannot decide. */
interface Silent {
  readonly silent: string;
}

/** How AWS decides about each hypothesis, or why it cannot. */
export const confirmers: Readonly<Record<HypothesisId, Confirmer | Silent>> = {
  ...edgeConfirmers,
  ...networkConfirmers,
  ...serviceConfirmers,
  ...keyConfirmers,
  ...gatewayConfirmers,
  ...mlflowConfirmers,
  ...redisConfirmers,
  'write-scope-missing': { silent: 'scopes of keys are in the auth service' },
  'rate-limited': { silent: 'limits of keys are in the API' },
  'mlflow-wrong-database': { silent: 'values of variables are never read' },
};

export const isSilent = (one: Confirmer | Silent): one is Silent => 'silent' in one;
