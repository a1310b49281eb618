/** Every bound of the incidents that is no matter of configuration. Milliseconds unless the name says otherwise. */
export const incidentLimits = {
  /** A cycle that began so long before the last one ended was not late: the clock was set back. */
  clockSetBackMs: 10 * 60_000,
  /** What comes back so soon is the same incident, and flaps. */
  returnsWithinMs: 30 * 60_000,
  /** Each return doubles the healthy cycles that resolve it, up to this factor. */
  mostPatience: 32,
  /** First pause between two messages of a cause that has moved; then twice as long each time … */
  moveAgainMs: 5 * 60_000,
  /** … and no longer than this. */
  moveAgainMostMs: 60 * 60_000,
  /** Reminders come twice as late each time, and no later than this. */
  remindMostMs: 24 * 3_600_000,
  /** Causes that are remembered of one incident. */
  history: 20,
  /** Resolved incidents that are remembered. */
  past: 20,
  /** Failing requests that an incident shows, with a summary of this many characters each. */
  affected: 20,
  summaryCharacters: 200,
  /** Requests that an incident remembers to have taken down: more are not looked for again. */
  everAffected: 200,
} as const;
