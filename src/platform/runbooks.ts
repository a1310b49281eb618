import type { Runbook } from '../model/runbook.ts';
import type { HypothesisId } from './hypotheses.ts';
import { edgeRunbooks } from './runbooks/edge.ts';
import { keyRunbooks } from './runbooks/key.ts';
import { mlflowRunbooks } from './runbooks/mlflow.ts';
import { serviceRunbooks } from './runbooks/services.ts';

/** The title, checks and fix for each hypothesis. */
export const runbooks: Readonly<Record<HypothesisId, Runbook>> = {
  ...edgeRunbooks,
  ...serviceRunbooks,
  ...keyRunbooks,
  ...mlflowRunbooks,
};
