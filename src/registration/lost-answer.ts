import type { MadeThing } from '../platform/flow-steps.ts';
import { StepFailure } from './failure.ts';
import type { MlflowClient } from './mlflow-client.ts';
import type { FlowState } from './state.ts';

interface Creation<T> {
  readonly thing: MadeThing;
  readonly make: () => Promise<T>;
  readonly find: () => Promise<T | null>;
}

/**
 * Creates something once. If the response is lost, looks for the result: if found, uses it and marks the step degraded.
 * If not found, does not repeat the request, because the server may still be working and would create a second one.
 */
export const makeOnce = async <T>(
  flow: FlowState,
  client: MlflowClient,
  { thing, make, find }: Creation<T>,
): Promise<T> => {
  // A refused second version does not undo the first.
  const before = flow.creations.get(thing);
  flow.creations.set(thing, 'possible');
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (error.madeNothing) flow.creations.set(thing, before ?? 'refused');
    if (!error.mayBeDone) throw error;
    flow.lostAnswer = true;
    // A failing search is not news: the first failure is reported.
    const found = await find().catch((later: unknown) => {
      if (later instanceof StepFailure) return null;
      throw later;
    });
    if (found === null) throw error;
    client.note(error.outcome);
    return found;
  }
};
