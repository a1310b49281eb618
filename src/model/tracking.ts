import type { HypothesisId } from '../platform/hypotheses.ts';
import type { IncidentEvent, Severity } from './incident.ts';

/** What happened to the incidents in a cycle. */
export interface Tracking {
  /** Incidents that are open now; null if the store could not be used. */
  readonly open:
    | readonly {
        readonly id: string;
        readonly severity: Severity;
        readonly startedAt: string;
        readonly causes: readonly HypothesisId[];
      }[]
    | null;
  /** What this cycle raised; not stored if the store fails. */
  readonly news: readonly IncidentEvent[];
  /** Messages accepted for delivery: events times channels. */
  readonly sent: number;
  /** Events not yet delivered; null if unknown. */
  readonly waiting: number | null;
  /** The monitor's own failures, one sentence each. Any of them makes the run fail loudly. */
  readonly troubles: readonly string[];
}
