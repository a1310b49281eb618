import type { Tracking } from '../model/tracking.ts';
import type { Memory } from './monitor.ts';
import type { Prepared } from './prepare.ts';
import { type RecallOptions, recall } from './recall.ts';
import { type Tracker, type TrackOptions, trackCycle } from './track.ts';

export interface MemoryOptions {
  /** The cycle does not wait longer for what earlier cycles left. */
  readonly recallMs?: RecallOptions['limitMs'];
  /** Asked when tracking begins. */
  readonly limits: () => Pick<TrackOptions, 'signal' | 'storeMs' | 'receiptMs'>;
  /** Told what was left out of the stored state: a sentence each. */
  readonly onNote: (sentence: string) => void;
  /** Told what could not be stored or sent: a sentence each. */
  readonly onTrouble: (sentence: string) => void;
}

/** Begins to read what earlier cycles left, for a cycle that begins now and that is tracked at its end. */
export const createMemory = (
  { settings, only }: Pick<Prepared, 'settings' | 'only'>,
  tracker: Tracker,
  { recallMs, limits, onNote, onTrouble }: MemoryOptions,
): Memory => {
  const { history, known } = recall(settings, tracker, recallMs === undefined ? {} : { limitMs: recallMs });
  return {
    history,
    track: async (report) => {
      // What is a part of a cycle neither opens nor resolves anything.
      const options = { ...tracker, ...limits(), settings, whole: only === null, known, onNote };
      const tracking = await trackCycle(report, options).catch(untracked);
      for (const trouble of tracking.troubles) onTrouble(trouble);
      return tracking;
    },
  };
};

/** A defect in tracking must not cost the metrics; it is trouble like any other. */
const untracked = (error: unknown): Tracking => ({
  ...{ open: null, news: [], sent: 0, waiting: null },
  troubles: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
});
