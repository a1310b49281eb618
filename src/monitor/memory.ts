import { allIds } from '../incidents/all-ids.ts';
import type { Tracking } from '../model/tracking.ts';
import type { Memory } from './monitor.ts';
import type { Prepared } from './prepare.ts';
import { type RecallOptions, recall } from './recall.ts';
import { type Tracker, type TrackOptions, trackCycle } from './track.ts';

export interface MemoryOptions {
  /** Whether cycles of selected targets count, because each one of this monitor has the same selection. */
  readonly tracksSelection?: boolean;
  /** The longest that the cycle waits for what earlier cycles stored. */
  readonly recallMs?: RecallOptions['limitMs'];
  /** Called when tracking begins. */
  readonly limits: () => Pick<TrackOptions, 'signal' | 'storeMs' | 'receiptMs'>;
  /** Called with a sentence for each thing left out of the stored state. */
  readonly onNote: (sentence: string) => void;
  /** Called with a sentence for each thing that could not be stored or sent. */
  readonly onTrouble: (sentence: string) => void;
}

/** Starts to read what earlier cycles stored. The returned memory tracks the cycle at its end. */
export const createMemory = (
  { settings, only }: Pick<Prepared, 'settings' | 'only'>,
  tracker: Tracker,
  { tracksSelection = false, recallMs, limits, onNote, onTrouble }: MemoryOptions,
): Memory => {
  const { history, expecting, known } = recall(settings, tracker, recallMs === undefined ? {} : { limitMs: recallMs });
  return {
    history,
    expecting,
    track: async (report) => {
      const counts = only === null || tracksSelection;
      const leftOut = only === null ? [] : allIds(settings.targets, settings.registration.enabled);
      const options = { ...tracker, ...limits(), settings, counts, leftOut, known, onNote };
      const tracking = await trackCycle(report, options).catch(untracked);
      for (const trouble of tracking.troubles) onTrouble(trouble);
      return tracking;
    },
  };
};

/** A defect in tracking must not cost the metrics, so it is reported like any other trouble. */
const untracked = (error: unknown): Tracking => ({
  ...{ open: null, news: [], sent: 0, waiting: null },
  troubles: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
});
