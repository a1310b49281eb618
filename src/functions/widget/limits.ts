/** Every limit of what the widget shows. Characters unless the name says otherwise; a stored text can be anything. */
export const widgetLimits = {
  /** Ids, names, environments: longer ones are no names. */
  name: 100,
  /** What a server said, and who acknowledged. */
  text: 200,
  /** Why nothing can be read, and the way out. */
  trouble: 600,
  /** Milliseconds until the table must have answered, all attempts together: the function's time-out is 10 s. */
  readMs: 8_000,
  /** Incidents in full, then in a line each, then by their number. */
  shownIncidents: 4,
  shownFurther: 12,
  shownOver: 5,
  shownCauses: 4,
  shownCommands: 2,
  /** In an incident's details. */
  shownAffected: 20,
  shownEverAffected: 60,
  shownHistory: 20,
  /** No way of a request has as many. */
  shownHops: 24,
  /** In the time line; more are not remembered. */
  shownBars: 60,
  /** Without a newer cycle for so long, or for three cycles where they are further apart, nothing is known. Milliseconds. */
  staleMs: 5 * 60_000,
  /** Of the time line where CloudWatch gives no range, and its bounds. Milliseconds. */
  rangeMs: 24 * 3_600_000,
  rangeLeastMs: 15 * 60_000,
  rangeMostMs: 31 * 24 * 3_600_000,
  /** Pixels: what is left of the widget's width is for its own edges. Beyond the most the path only grows gaps. */
  edges: 32,
  widthLeast: 280,
  widthMost: 1_100,
  widthDefault: 600,
} as const;
