import type { HypothesisId } from '../platform/hypotheses.ts';
import type { IncidentEvent, Severity } from './incident.ts';

/** What became of the incidents in a cycle. */
export interface Tracking {
  /** Incidents that are open now; null: the store could not be used, so nobody knows. */
  readonly open:
    | readonly {
        readonly id: string;
        readonly severity: Severity;
        readonly startedAt: string;
        readonly causes: readonly HypothesisId[];
      }[]
    | null;
  /** What this cycle brought; not stored when there is trouble with the store. */
  readonly news: readonly IncidentEvent[];
  /** Messages that were taken, events times channels. */
  readonly sent: number;
  /** Events that still have to reach somebody; null: nobody knows. */
  readonly waiting: number | null;
  /** The monitor's own failures, a sentence each: the run that has one fails loudly. */
  readonly troubles: readonly string[];
}
