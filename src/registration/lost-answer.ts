import { StepFailure } from './failure.ts';
import type { MlflowClient } from './mlflow-client.ts';
import type { FlowState } from './state.ts';

/**
 * Makes something once. When the answer is lost, it is looked for: what was made is used, and the step is degraded; what is not there
 * is not asked for again, for the server may still be at it, and a second one would appear.
 */
export const makeOnce = async <T>(
  flow: FlowState,
  client: MlflowClient,
  make: () => Promise<T>,
  find: () => Promise<T | null>,
): Promise<T> => {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof StepFailure) || !error.mayBeDone) throw error;
    flow.lostAnswer = true;
    // That it cannot be looked for is no news: the first failing answer is.
    const found = await find().catch((later: unknown) => {
      if (later instanceof StepFailure) return null;
      throw later;
    });
    if (found === null) throw error;
    client.note(error.outcome);
    return found;
  }
};
