/** Every limit of incident tracking that is not configurable. Milliseconds unless the name says otherwise. */
export const incidentLimits = {
  /** A cycle that started this long before the last one ended was not late: the clock was set back. */
  clockSetBackMs: 10 * 60_000,
  /** A failure that returns this soon is the same incident, flapping. */
  returnsWithinMs: 30 * 60_000,
  /** Each return doubles the number of healthy cycles that resolve the incident, up to this factor. */
  mostPatience: 32,
  /** First pause between two messages about a changed cause. It doubles each time … */
  moveAgainMs: 5 * 60_000,
  /** … up to this. */
  moveAgainMostMs: 60 * 60_000,
  /** The interval between reminders doubles each time, up to this. */
  remindMostMs: 24 * 3_600_000,
  /** Resolved incidents kept. */
  past: 20,
} as const;

/** Bytes for each part of a state. DynamoDB accepts 400 KB per item; everything else takes about 70 KB at most. */
export const roomBytes = {
  /** About 50 events in their short form. */
  outbox: 110_000,
  /** Pending, open and just resolved incidents. */
  tracked: 110_000,
  past: 40_000,
  /** About five messages for each incident. */
  stories: 20_000,
  /** About 60 judgements. */
  judgements: 12_000,
} as const;
