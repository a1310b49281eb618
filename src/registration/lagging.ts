import { setTimeout as pause } from 'node:timers/promises';
import type { FailureMode } from '../model/failure-modes.ts';
import { limited } from '../model/text-limits.ts';
import { StepFailure } from './failure.ts';
import type { MlflowClient } from './mlflow-client.ts';

/**
 * Milliseconds before reading again. Replicas of a database usually lag by less than 100 ms; a client that reads later
 * than this prober notices nothing.
 */
const pausesMs = [250, 1_000];

const notYet: readonly (FailureMode | null)[] = ['resource-missing', 'value-mismatch'];

/** MLflow answers 400 about an alias that it does not find. */
const mayLag = ({ outcome: { failureMode, httpStatus } }: StepFailure): boolean =>
  notYet.includes(failureMode) || (failureMode === 'unexpected-status' && httpStatus === 400);

/**
 * Reads what was just written. If it is not there yet, reads again: found then, it marks the step degraded, because a
 * script that reads at once would fail.
 */
export const readWritten = async <T>(client: MlflowClient, read: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  let first: StepFailure | null = null;
  for (let count = 0; ; count++) {
    try {
      const found = await read();
      if (first !== null) client.note(late(first, performance.now() - began));
      return found;
    } catch (error) {
      const pauseMs = pausesMs[count];
      if (!(error instanceof StepFailure) || !mayLag(error)) throw error;
      first ??= error;
      if (pauseMs === undefined || !client.hasTimeFor(pauseMs)) throw error;
      await pause(pauseMs);
    }
  }
};

const late = ({ outcome }: StepFailure, afterMs: number): StepFailure['outcome'] => ({
  ...outcome,
  evidence: {
    ...outcome.evidence,
    summary: limited(
      `reads lag behind writes: right only after ${Math.round(afterMs)} ms; first ${outcome.evidence.summary}`,
      'summary',
    ),
  },
});
