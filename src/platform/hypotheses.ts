import type { HypothesisInfo } from '../model/hypothesis.ts';
import { apiHypotheses } from './hypotheses/api.ts';
import { authHypotheses } from './hypotheses/auth.ts';
import { edgeHypotheses } from './hypotheses/edge.ts';
import { keyHypotheses } from './hypotheses/key.ts';
import { mlflowHypotheses } from './hypotheses/mlflow.ts';
import { mlflowItselfHypotheses } from './hypotheses/mlflow-itself.ts';
import { rateLimitHypotheses } from './hypotheses/rate-limits.ts';
import { routingHypotheses } from './hypotheses/routing.ts';
import { serviceHypotheses } from './hypotheses/services.ts';
import { storageHypotheses } from './hypotheses/storage.ts';

/**
 * The causes that the platform's incident documents consider possible, extended by what its parts can do. Ids are
 * stable.
 */
export const hypotheses = {
  ...edgeHypotheses,
  ...routingHypotheses,
  ...serviceHypotheses,
  ...apiHypotheses,
  ...keyHypotheses,
  ...rateLimitHypotheses,
  ...authHypotheses,
  ...mlflowHypotheses,
  ...mlflowItselfHypotheses,
  ...storageHypotheses,
} as const satisfies Record<string, HypothesisInfo>;

export type HypothesisId = keyof typeof hypotheses;
export const hypothesisIds = Object.keys(hypotheses) as readonly HypothesisId[];
